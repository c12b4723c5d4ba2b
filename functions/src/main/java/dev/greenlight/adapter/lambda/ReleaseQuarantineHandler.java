package dev.greenlight.adapter.lambda;

import dev.greenlight.Wiring;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.usecase.ReleaseQuarantine;
import java.util.function.Supplier;

/** The function with which a person lets a quarantined revision be released again, or ends a cooldown, or both. */
public final class ReleaseQuarantineHandler extends HookHandler {

    public ReleaseQuarantineHandler() {
        this(Wiring.ofThisFunction());
    }

    public ReleaseQuarantineHandler(Supplier<Hooks> hooks) {
        super(hooks);
    }

    @Override
    boolean endsCooldowns() {
        return true;
    }

    @Override
    Answer answer(Trigger trigger, Hooks hooks) {
        boolean understood = trigger instanceof Trigger.DirectCall direct
                && (direct.revision().isPresent() || direct.cooldown());
        if (!understood) {
            return new Answer.Failed(
                    Answer.Failure.CONFIGURATION,
                    "give \"revision\" and \"digest\" of what shall be released, or \"cooldown\": true, or all three");
        }
        Trigger.DirectCall call = (Trigger.DirectCall) trigger;
        String reason = reason(call).orElse("released by hand");
        return new ReleaseQuarantine(hooks.ports(), hooks.terms(), hooks.clock())
                .release(call.revision(), call.cooldown(), reason);
    }
}
