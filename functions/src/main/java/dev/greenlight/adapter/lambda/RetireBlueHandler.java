package dev.greenlight.adapter.lambda;

import dev.greenlight.Wiring;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.usecase.RetireBlue;
import java.util.function.Supplier;

/** The function that the Scheduler calls when blue's time is up, and that people call to retire it sooner. */
public final class RetireBlueHandler extends HookHandler {

    public RetireBlueHandler() {
        this(Wiring.ofThisFunction());
    }

    public RetireBlueHandler(Supplier<Hooks> hooks) {
        super(hooks);
    }

    @Override
    Answer answer(Trigger trigger, Hooks hooks) {
        RetireBlue retireBlue = new RetireBlue(hooks.ports(), hooks.terms(), hooks.clock());
        if (trigger instanceof Trigger.DirectCall call) {
            return retireBlue.byHand(call.rollout(), reason(call).orElse("asked for by hand"));
        }
        return trigger instanceof Trigger.BlueTimeUp up ? retireBlue.timeUp(up.rollout()) : notForThisHook(trigger);
    }
}
