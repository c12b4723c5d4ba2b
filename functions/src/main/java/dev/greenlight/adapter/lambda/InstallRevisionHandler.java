package dev.greenlight.adapter.lambda;

import dev.greenlight.Wiring;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.usecase.InstallRevision;
import java.util.function.Supplier;

/** The function that installs the pipeline's artifact on green: see {@link InstallRevision}. */
public final class InstallRevisionHandler extends ForwardHandler {

    public InstallRevisionHandler() {
        this(Wiring.ofThisFunction());
    }

    public InstallRevisionHandler(Supplier<Hooks> hooks) {
        super(hooks);
    }

    @Override
    Answer forward(Call call, Hooks hooks) {
        return new InstallRevision(hooks.ports(), hooks.terms(), hooks.clock())
                .install(call.rollout(), call.location(), call.token());
    }
}
