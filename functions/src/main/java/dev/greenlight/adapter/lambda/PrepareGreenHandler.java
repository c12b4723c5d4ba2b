package dev.greenlight.adapter.lambda;

import dev.greenlight.Wiring;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.usecase.PrepareGreen;
import java.util.function.Supplier;

/** The function behind the pipeline's first Rollout action: see {@link PrepareGreen}. */
public final class PrepareGreenHandler extends ForwardHandler {

    public PrepareGreenHandler() {
        this(Wiring.ofThisFunction());
    }

    public PrepareGreenHandler(Supplier<Hooks> hooks) {
        super(hooks);
    }

    @Override
    Answer forward(Call call, Hooks hooks) {
        return call.revision()
                .map(revision -> new PrepareGreen(hooks.ports(), hooks.terms(), hooks.clock())
                        .prepare(call.rollout(), revision, call.token()))
                .orElseGet(() -> new Answer.Failed(
                        Answer.Failure.CONFIGURATION, "this call names no revision: give \"revision\" and \"digest\""));
    }
}
