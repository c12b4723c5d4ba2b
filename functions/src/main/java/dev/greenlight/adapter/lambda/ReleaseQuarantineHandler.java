package dev.greenlight.adapter.lambda;

import dev.greenlight.Wiring;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.usecase.ReleaseQuarantine;
import java.util.function.Supplier;

/** The function with which a person lets a quarantined revision be released again. */
public final class ReleaseQuarantineHandler extends HookHandler {

    public ReleaseQuarantineHandler() {
        this(Wiring.ofThisFunction());
    }

    public ReleaseQuarantineHandler(Supplier<Hooks> hooks) {
        super(hooks);
    }

    @Override
    Answer answer(Trigger trigger, Hooks hooks) {
        if (!(trigger instanceof Trigger.DirectCall call) || call.revision().isEmpty()) {
            return new Answer.Failed(
                    Answer.Failure.CONFIGURATION, "give \"revision\" and \"digest\" of what shall be released");
        }
        return new ReleaseQuarantine(hooks.ports())
                .release(call.revision().get(), reason(call).orElse("released by hand"));
    }
}
