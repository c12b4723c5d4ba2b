package dev.greenlight.domain.rollout;

import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.check.Verdict.Outcome;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Trial;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;

/** What becomes of an A/B test: it runs for its time, both sides are compared, and what they say decides, or a person does. */
public final class Trials {

    /** CloudWatch publishes a minute up to three minutes after its end; one more for clocks that differ. */
    private static final Duration COUNTED = Duration.ofMinutes(4);

    private final RolloutPolicy policy;

    Trials(RolloutPolicy policy) {
        this.policy = policy;
    }

    /**
     * The time in which both sides are compared.
     *
     * @param from the first whole minute in which users were on both
     * @param to the end of the last one
     */
    public record Window(Instant from, Instant to) {}

    /** What is to be compared now; empty while the test runs or its last minute is not counted yet, and where no test is on. */
    public static Optional<Window> toBeCompared(Rollout rollout, Instant now) {
        if (!rollout.onTrial() || rollout.progress().promoteNow()) {
            return Optional.empty();
        }
        Instant over = over(rollout);
        Instant since = rollout.progress().stepSince().orElseThrow();
        Window whole = new Window(
                since.plus(Duration.ofMinutes(1)).truncatedTo(ChronoUnit.MINUTES),
                over.truncatedTo(ChronoUnit.MINUTES));
        return now.isBefore(over.plus(COUNTED)) ? Optional.empty() : Optional.of(whole);
    }

    /** When the test's time is over. */
    public static Instant over(Rollout rollout) {
        return rollout.progress()
                .stepSince()
                .orElseThrow()
                .plus(rollout.step().orElseThrow().bake());
    }

    /** What keeps a rollout on its test, or ends it; empty where green is to get everybody. */
    Optional<Decision> next(Step step, Rollout rollout, Observation seen, Instant now) {
        Instant over = over(rollout);
        if (now.isBefore(over)) {
            return hold(rollout, seen, "the test runs until " + RolloutPolicy.seconds(over), now);
        }
        if (seen.compared().isEmpty()) {
            return hold(rollout, seen, "the test is over, its last minutes are being counted", now);
        }
        return switch (Verdict.worst(seen.compared())) {
            case FAIL ->
                Optional.of(policy.retreat(
                        rollout, seen, Cause.CHECK_FAILED, "the test speaks against green: " + figures(seen)));
            case INCONCLUSIVE -> asked(step, "says too little", rollout, seen, now);
            case PASS -> ended(step, rollout, seen, now);
        };
    }

    private Optional<Decision> ended(Step step, Rollout rollout, Observation seen, Instant now) {
        return switch (step.trial().map(Trial::end).orElseThrow()) {
            case PROMOTE ->
                Verdict.worst(seen.verdicts()) == Outcome.PASS
                        ? Optional.empty()
                        : hold(rollout, seen, Verdict.summary(seen.verdicts(), Outcome.INCONCLUSIVE), now);
            case ROLL_BACK ->
                Optional.of(policy.retreat(rollout, seen, Cause.TEST_OVER, "the test is over: " + figures(seen)));
            case WAIT -> asked(step, "speaks for green", rollout, seen, now);
        };
    }

    /** What the comparison leaves to a person. */
    private Optional<Decision> asked(Step step, String says, Rollout rollout, Observation seen, Instant now) {
        if (rollout.progress().resumed() >= rollout.progress().steps()) {
            return Optional.empty();
        }
        Step.Pause pause = step.pause().orElseThrow();
        Instant end = over(rollout).plus(pause.within());
        if (now.isBefore(end)) {
            String reason = "the test %s, and a person decides until %s, or it %s: %s"
                    .formatted(
                            says, RolloutPolicy.seconds(end), pause.otherwise().words(), figures(seen));
            return hold(rollout, seen, reason, now);
        }
        return switch (pause.otherwise()) {
            case GO_ON -> Optional.empty();
            case ROLL_BACK ->
                Optional.of(policy.retreat(
                        rollout,
                        seen,
                        Cause.DEADLINE,
                        "the test %s, and nobody decided until %s: %s"
                                .formatted(says, RolloutPolicy.seconds(end), figures(seen))));
        };
    }

    private Optional<Decision> hold(Rollout rollout, Observation seen, String reason, Instant now) {
        return Optional.of(policy.hold(rollout, seen, reason, now));
    }

    /** Both sides' figures in one line; empty where none were asked for. */
    static String figures(Observation seen) {
        return seen.compared().stream()
                .map(verdict -> verdict.check() + " " + verdict.detail())
                .collect(Collectors.joining("; "));
    }
}
