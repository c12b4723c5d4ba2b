package dev.greenlight.domain.rollout;

import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.check.Verdict.Outcome;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.traffic.Routing;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** What becomes of a rollout's steps: each is written when green can take it, watched for its time, and waits for a person if it says so. */
final class Shifting {

    private final RolloutPolicy policy;
    private final Trials trials;

    Shifting(RolloutPolicy policy) {
        this.policy = policy;
        this.trials = new Trials(policy);
    }

    /**
     * What is kept serves everybody. Where blue still has a share of the users, but could not serve them all, it may soon: most often
     * an instance is being replaced. If it is still the worse one when time is up, green gets the others too.
     */
    Decision kept(Decision.Keep keep, Rollout rollout, Observation seen, Instant now) {
        Route route = seen.route();
        // Weights of a hand's are its own to mend.
        boolean shared = rollout.phase() == Phase.SHIFTING
                && route.routing().equals(rollout.expected())
                && rollout.blue().filter(route.routing()::routesTo).isPresent();
        if (!shared) {
            return keep;
        }
        boolean mayTakeAll = route.tags().takenBack(rollout.id()).isEmpty()
                && seen.fleet(rollout.green())
                        .targets()
                        .canTake(rollout.sizing().green());
        int last = rollout.steps().size();
        return now.isBefore(policy.deadline(rollout)) || !mayTakeAll
                ? new Decision.Hold(keep.reason(), policy.deadline(rollout))
                : new Decision.Shift(last, rollout.routingOf(last), keep.reason());
    }

    /** The next thing to do while users come to green, step by step. */
    Decision next(Rollout rollout, Observation seen, Instant now) {
        Progress progress = rollout.progress();
        if (progress.stepSince().isEmpty()) {
            return now.isBefore(policy.deadline(rollout))
                    ? new Decision.BeginShifting()
                    : policy.hold(rollout, seen, "nobody asked to shift traffic while green was fresh", now);
        }
        Routing live = seen.route().routing();
        OptionalInt shown = rollout.shows(live);
        if (shown.isPresent()) {
            return new Decision.StepSeen(shown.getAsInt(), "the rule shows " + live);
        }
        Optional<Decision> wait = rollout.step().flatMap(step -> onStep(step, rollout, seen, now));
        if (wait.isPresent()) {
            return wait.get();
        }
        OptionalInt upcoming = rollout.upcoming();
        return upcoming.isPresent()
                ? shift(rollout, seen, upcoming.getAsInt(), now)
                : new Decision.Advance("%d of %d steps are on the rule"
                        .formatted(progress.steps(), rollout.steps().size()));
    }

    /** What keeps a rollout on the step on which it is; empty where it may go on. */
    private Optional<Decision> onStep(Step step, Rollout rollout, Observation seen, Instant now) {
        if (step.isLast()) {
            return Optional.empty();
        }
        Outcome outcome = Verdict.worst(seen.verdicts());
        if (outcome == Outcome.FAIL) {
            return Optional.of(
                    policy.retreat(rollout, seen, Cause.CHECK_FAILED, Verdict.summary(seen.verdicts(), Outcome.FAIL)));
        }
        if (rollout.progress().promoteNow()) {
            return Optional.empty();
        }
        if (step.trial().isPresent()) {
            return trials.next(step, rollout, seen, now);
        }
        Instant baked = rollout.progress().stepSince().orElseThrow().plus(step.bake());
        if (now.isBefore(baked)) {
            String reason = "baking at %d%% until %s".formatted(step.greenShare(), RolloutPolicy.seconds(baked));
            return Optional.of(policy.hold(rollout, seen, reason, now));
        }
        return outcome == Outcome.INCONCLUSIVE
                ? Optional.of(policy.hold(rollout, seen, RolloutPolicy.undecided(seen), now))
                : step.pause().flatMap(pause -> paused(pause, baked, step, rollout, seen, now));
    }

    private Optional<Decision> paused(
            Step.Pause pause, Instant baked, Step step, Rollout rollout, Observation seen, Instant now) {
        if (rollout.progress().resumed() >= rollout.progress().steps()) {
            return Optional.empty();
        }
        Instant end = baked.plus(pause.within());
        if (now.isBefore(end)) {
            String reason = "paused at %d%%: a person lets it go on, or at %s it %s"
                    .formatted(
                            step.greenShare(),
                            RolloutPolicy.seconds(end),
                            pause.otherwise().words());
            return Optional.of(policy.hold(rollout, seen, reason, now));
        }
        return switch (pause.otherwise()) {
            case GO_ON -> Optional.empty();
            case ROLL_BACK ->
                Optional.of(policy.retreat(
                        rollout,
                        seen,
                        Cause.DEADLINE,
                        "nobody let it go on from %d%% until %s"
                                .formatted(step.greenShare(), RolloutPolicy.seconds(end))));
        };
    }

    private Decision shift(Rollout rollout, Observation seen, int step, Instant now) {
        Routing to = rollout.routingOf(step);
        Targets green = seen.fleet(rollout.green()).targets();
        int serving = Math.toIntExact(
                rollout.blue().map(blue -> seen.fleet(blue).inService()).orElse(0L));
        if (serving > rollout.sizing().green()) {
            return now.isBefore(policy.deadline(rollout))
                    ? new Decision.GrowGreen(serving)
                    : policy.hold(rollout, seen, "blue has grown to %d instances".formatted(serving), now);
        }
        int needed = Math.ceilDiv(rollout.sizing().green() * to.share(rollout.green()), 100);
        if (!green.canTake(needed)) {
            String reason = "green needs %d healthy targets and none unhealthy for this step, it has %s"
                    .formatted(needed, green);
            return policy.hold(rollout, seen, reason, now);
        }
        String why = "green has %s, this step needs %d".formatted(green, needed);
        return policy.inTime(
                new Decision.Shift(step, to, seen.compared().isEmpty() ? why : why + "; " + Trials.figures(seen)),
                rollout,
                seen,
                now);
    }
}
