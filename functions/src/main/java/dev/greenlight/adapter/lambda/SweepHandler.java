package dev.greenlight.adapter.lambda;

import dev.greenlight.Wiring;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.usecase.Sweep;
import java.util.function.Supplier;

/** The function that the Scheduler calls every minute: see {@link Sweep}. */
public final class SweepHandler extends HookHandler {

    public SweepHandler() {
        this(Wiring.ofThisFunction());
    }

    public SweepHandler(Supplier<Hooks> hooks) {
        super(hooks);
    }

    @Override
    Answer answer(Trigger trigger, Hooks hooks) {
        boolean called = trigger instanceof Trigger.Tick || trigger instanceof Trigger.DirectCall;
        return called ? new Sweep(hooks.ports(), hooks.terms(), hooks.clock()).tick() : notForThisHook(trigger);
    }
}
