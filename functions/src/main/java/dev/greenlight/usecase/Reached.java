package dev.greenlight.usecase;

import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import java.util.Locale;
import java.util.Map;

/** What a forward hook's caller is told of a rollout that has reached the hook's aim, or its own end. */
final class Reached {

    private Reached() {}

    /** Done, with what later actions may want to know; failed with the reason where the rollout did not go well. */
    static Answer by(Rollout rollout) {
        if (rollout.ending().isPresent()) {
            return new Answer.Failed(Answer.Failure.ROLLOUT, failure(rollout));
        }
        return new Answer.Done("rollout %s is %s".formatted(rollout.id(), words(rollout.phase())), facts(rollout));
    }

    /** Done as far as its caller goes: the rollout goes on without it. */
    static Answer onTrial(Rollout rollout, String reason) {
        return new Answer.Done(
                "rollout %s goes on without this call, and Promote or RollBack ends it: %s"
                        .formatted(rollout.id(), reason),
                facts(rollout));
    }

    private static String failure(Rollout rollout) {
        String how = rollout.phase() != Phase.ROLLED_BACK
                ? "failed, and green was kept"
                : rollout.ending().orElseThrow().trafficMoved()
                        ? "was rolled back"
                        : "was rejected before any traffic moved";
        return "rollout %s %s: %s. Start a new execution to release again"
                .formatted(rollout.id(), how, rollout.ending().orElseThrow().reason());
    }

    private static Map<String, String> facts(Rollout rollout) {
        return Map.of(
                "rollout", rollout.id().value(),
                "phase", rollout.phase().name(),
                "green", rollout.green().name(),
                "wayBack", rollout.blue().map(Enum::name).orElse("none"));
    }

    static String words(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
