package dev.greenlight.adapter.lambda;

import dev.greenlight.Wiring;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.usecase.Promote;
import java.util.function.Supplier;

/** The function that promotes without the rest of the bake: called by people. */
public final class PromoteHandler extends HookHandler {

    public PromoteHandler() {
        this(Wiring.ofThisFunction());
    }

    public PromoteHandler(Supplier<Hooks> hooks) {
        super(hooks);
    }

    @Override
    Answer answer(Trigger trigger, Hooks hooks) {
        return trigger instanceof Trigger.DirectCall call
                ? new Promote(hooks.ports(), hooks.terms(), hooks.clock())
                        .byHand(call.rollout(), reason(call).orElse("asked for by hand"))
                : notForThisHook(trigger);
    }
}
