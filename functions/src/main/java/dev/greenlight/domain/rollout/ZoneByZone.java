package dev.greenlight.domain.rollout;

import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.check.Verdict.Outcome;
import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.strategy.Step;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides while a release goes from zone to zone. CodeDeploy begins on the next one by itself when its monitor time is over; where that is not to
 * be, because the checks have no verdict or a person is to say so, the deployment is stopped in that time, in which no instance is
 * worked on, and another one follows it.
 */
final class ZoneByZone {

    private final RolloutPolicy policy;

    ZoneByZone(RolloutPolicy policy) {
        this.policy = policy;
    }

    /** What is next while its deployment runs. */
    Decision running(Installation.Running running, Rollout rollout, Observation seen, Instant now) {
        Optional<Decision> failed = failed(rollout, seen);
        if (failed.isPresent()) {
            return failed.get();
        }
        boolean late = !now.isBefore(policy.deadline(rollout));
        if (late || running.batch().isEmpty()) {
            return policy.hold(rollout, seen, running.detail(), now);
        }
        Rolling rolling = rollout.rolling().orElseThrow();
        Rolling.Batch batch = running.batch().get();
        FleetState fleet = seen.fleet(rollout.green());
        int done = Rolling.zonesOn(batch, fleet);
        int zones = Rolling.zonesOf(batch, fleet);
        if (done > rolling.done()) {
            return new Decision.Rolled(
                    rolling.seen(done, now),
                    "the revision is on every instance of %d of %d zones".formatted(done, zones));
        }
        if (rolling.isHeld()) {
            return new Decision.StopInstalling("no zone is to follow yet; " + running.detail());
        }
        boolean between = batch.atWork().isEmpty() && done == rolling.done() && done < zones;
        Optional<Decision> gate =
                between && done > rolling.passed() && !rollout.progress().promoteNow()
                        ? atTheGate(rolling, seen, now)
                        : Optional.empty();
        return gate.orElseGet(() -> policy.hold(
                rollout,
                seen,
                between ? "%s until CodeDeploy begins on the next".formatted(watched(rolling)) : running.detail(),
                now));
    }

    /** What passes once its bake is over has passed: a question that fails after that must not stop it at the last moment. */
    private static Optional<Decision> atTheGate(Rolling rolling, Observation seen, Instant now) {
        Optional<String> closed = closed(rolling, seen, now);
        if (closed.isPresent()) {
            return closed.map(why -> new Decision.Rolled(rolling.held(now), why));
        }
        return isBaking(rolling, now)
                ? Optional.empty()
                : Optional.of(new Decision.Rolled(
                        rolling.passes(), "another zone follows: " + Verdict.summary(seen.verdicts(), Outcome.PASS)));
    }

    private static boolean isBaking(Rolling rolling, Instant now) {
        return now.isBefore(rolling.baked().orElse(now));
    }

    /** Why CodeDeploy must not begin on the next zone by itself. */
    private static Optional<String> closed(Rolling rolling, Observation seen, Instant now) {
        if (rolling.done() == 1 && rolling.pause().isPresent()) {
            return Optional.of("a person is to let it go on after its first zone");
        }
        return !isBaking(rolling, now) && Verdict.worst(seen.verdicts()) != Outcome.PASS
                ? Optional.of("its bake is over without a verdict: " + RolloutPolicy.undecided(seen))
                : Optional.empty();
    }

    /** Why what was installed everywhere goes back all the same: a person was to be waited for, and the stop came too late. */
    static Optional<String> overran(Rollout rollout) {
        return rollout.rolling()
                .filter(rolling -> rolling.isHeld() && rolling.pause().isPresent())
                .filter(rolling ->
                        !rollout.progress().promoteNow() && !rollout.progress().installed())
                .map(rolling -> "it was to wait for a person after its first zone, and could not be stopped in time");
    }

    /** What is next while no deployment runs, because it was stopped between two zones. */
    Decision stopped(Installation.Stopped stopped, Rollout rollout, Observation seen, Instant now) {
        Rolling rolling = rollout.rolling().orElseThrow();
        if (!rolling.isHeld()) {
            return policy.retreat(rollout, seen, Cause.PLATFORM, stopped.detail() + ", by somebody else");
        }
        if (!stopped.batch().atWork().isEmpty()) {
            return policy.retreat(
                    rollout,
                    seen,
                    Cause.PLATFORM,
                    "%s too late: %s was worked on"
                            .formatted(stopped.detail(), stopped.batch().atWork()));
        }
        Optional<Decision> failed = failed(rollout, seen);
        if (failed.isPresent()) {
            return failed.get();
        }
        if (!now.isBefore(policy.deadline(rollout))) {
            return policy.hold(rollout, seen, stopped.detail(), now);
        }
        if (rollout.progress().promoteNow()) {
            return goOn(rolling, "asked to promote", now);
        }
        Instant baked = rolling.baked().orElse(now);
        if (now.isBefore(baked)) {
            return policy.hold(
                    rollout, seen, "%s until %s".formatted(watched(rolling), RolloutPolicy.seconds(baked)), now);
        }
        if (Verdict.worst(seen.verdicts()) == Outcome.INCONCLUSIVE) {
            return policy.hold(rollout, seen, RolloutPolicy.undecided(seen), now);
        }
        return rolling.done() == 1 && rolling.pause().isPresent()
                ? paused(rolling.pause().get(), baked, rollout, seen, now)
                : goOn(rolling, Verdict.summary(seen.verdicts(), Outcome.PASS), now);
    }

    private Decision paused(Step.Pause pause, Instant baked, Rollout rollout, Observation seen, Instant now) {
        Instant end = baked.plus(pause.within());
        if (now.isBefore(end)) {
            return policy.hold(
                    rollout,
                    seen,
                    "paused after the first zone: a person lets it go on, or at %s it %s"
                            .formatted(
                                    RolloutPolicy.seconds(end),
                                    pause.otherwise().words()),
                    now);
        }
        return switch (pause.otherwise()) {
            case GO_ON -> goOn(rollout.rolling().orElseThrow(), "nobody came until " + RolloutPolicy.seconds(end), now);
            case ROLL_BACK ->
                policy.retreat(
                        rollout,
                        seen,
                        Cause.DEADLINE,
                        "nobody let it go on from its first zone until " + RolloutPolicy.seconds(end));
        };
    }

    private Optional<Decision> failed(Rollout rollout, Observation seen) {
        return Verdict.worst(seen.verdicts()) == Outcome.FAIL
                ? Optional.of(policy.retreat(
                        rollout, seen, Cause.CHECK_FAILED, Verdict.summary(seen.verdicts(), Outcome.FAIL)))
                : Optional.empty();
    }

    private static Decision goOn(Rolling rolling, String why, Instant now) {
        return new Decision.Rolled(rolling.goesOn(now), "another zone follows: " + why);
    }

    private static String watched(Rolling rolling) {
        return "%d of %d zones done, watched".formatted(rolling.done(), rolling.zones());
    }
}
