package dev.greenlight.adapter.lambda;

import dev.greenlight.Wiring;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.usecase.Promote;
import java.util.function.Supplier;

/** The function with which people end a rollout's waits: one pause, or all of them. */
public final class PromoteHandler extends HookHandler {

    public PromoteHandler() {
        this(Wiring.ofThisFunction());
    }

    public PromoteHandler(Supplier<Hooks> hooks) {
        super(hooks);
    }

    @Override
    boolean endsPauses() {
        return true;
    }

    @Override
    Answer answer(Trigger trigger, Hooks hooks) {
        if (!(trigger instanceof Trigger.DirectCall call)) {
            return notForThisHook(trigger);
        }
        Promote promote = new Promote(hooks.ports(), hooks.terms(), hooks.clock());
        String reason = reason(call).orElse("asked for by hand");
        return call.resume() ? promote.resume(call.rollout(), reason) : promote.byHand(call.rollout(), reason);
    }
}
