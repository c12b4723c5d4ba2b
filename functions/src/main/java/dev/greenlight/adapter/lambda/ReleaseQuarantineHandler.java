package dev.greenlight.adapter.lambda;

import dev.greenlight.Wiring;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.usecase.ReleaseQuarantine;
import java.util.Optional;
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
    Answer answer(Trigger trigger, Hooks hooks) {
        boolean understood = trigger instanceof Trigger.DirectCall direct
                && (direct.revision().isPresent() || direct.cooldown());
        if (!understood) {
            return new Answer.Failed(
                    Answer.Failure.CONFIGURATION,
                    "give \"revision\" and \"digest\" of what shall be released, or \"cooldown\": true, or all three");
        }
        return released(
                (Trigger.DirectCall) trigger, new ReleaseQuarantine(hooks.ports(), hooks.terms(), hooks.clock()));
    }

    /** The quarantine first: a digest that was mistyped must not leave half of what was meant. */
    private static Answer released(Trigger.DirectCall call, ReleaseQuarantine release) {
        String reason = reason(call).orElse("released by hand");
        Optional<Answer> quarantine = call.revision().map(revision -> release.release(revision, reason));
        if (!call.cooldown()
                || quarantine.filter(Answer.Failed.class::isInstance).isPresent()) {
            return quarantine.orElseThrow();
        }
        Answer cooldown = release.releaseCooldown(reason);
        return quarantine
                .filter(done -> cooldown instanceof Answer.Done)
                .<Answer>map(done -> new Answer.Done("%s; %s".formatted(done.message(), cooldown.message())))
                .orElse(cooldown);
    }
}
