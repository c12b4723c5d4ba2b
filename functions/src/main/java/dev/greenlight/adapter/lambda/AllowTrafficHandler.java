package dev.greenlight.adapter.lambda;

import dev.greenlight.Wiring;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.usecase.AllowTraffic;
import java.util.function.Supplier;

/** The function that moves traffic to green: see {@link AllowTraffic}. */
public final class AllowTrafficHandler extends ForwardHandler {

    public AllowTrafficHandler() {
        this(Wiring.ofThisFunction());
    }

    public AllowTrafficHandler(Supplier<Hooks> hooks) {
        super(hooks);
    }

    @Override
    Answer forward(Call call, Hooks hooks) {
        return new AllowTraffic(hooks.ports(), hooks.terms(), hooks.clock()).shift(call.rollout(), call.token());
    }
}
