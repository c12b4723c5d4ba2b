package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.traffic.Routing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides how two fleets change places of which only one may run at a time: users are shut out, blue is emptied, and not before it is gone
 * may green have an instance. What a hand wakes meanwhile is put to sleep again, and waited for.
 */
final class Recreating {

    private final RolloutPolicy policy;

    Recreating(RolloutPolicy policy) {
        this.policy = policy;
    }

    /** What is to be done before green may have an instance; empty once it may, and where both fleets may run. */
    Optional<Decision> beforeGreen(Rollout rollout, Observation seen, Instant now) {
        return rollout.recreation()
                .filter(places -> !places.isEmptied())
                .map(places -> changing(places, rollout, seen, now));
    }

    private Decision changing(Recreation places, Rollout rollout, Observation seen, Instant now) {
        FleetState green = seen.fleet(rollout.green());
        FleetState blue = seen.fleet(rollout.blue().orElseThrow());
        if (!isGone(green)) {
            return emptying(green, rollout, seen, now);
        }
        if (!places.isClosed()) {
            return closing(places, rollout, seen, now);
        }
        return isGone(blue)
                ? new Decision.Recreated(places.emptied(now), "nothing of fleet %s is left".formatted(blue.name()))
                : emptying(blue, rollout, seen, now);
    }

    private Decision closing(Recreation places, Rollout rollout, Observation seen, Instant now) {
        if (places.isNoticed() && seen.route().routing() instanceof Routing.Closed) {
            Recreation closed = places.closed(now);
            return new Decision.Recreated(
                    closed,
                    "closed until green is validated, until %s at most"
                            .formatted(RolloutPolicy.seconds(closed.opensUntil().orElseThrow())));
        }
        return policy.inTime(new Decision.Close(), rollout, seen, now);
    }

    /** One slice less. The next one need not wait until this one has left: nobody is served here. */
    private Decision emptying(FleetState fleet, Rollout rollout, Observation seen, Instant now) {
        return slice(rollout, fleet)
                .map(leave -> policy.inTime(leave, rollout, seen, now))
                .orElseGet(() -> policy.hold(
                        rollout,
                        seen,
                        "%d instances of fleet %s are leaving"
                                .formatted(fleet.instances().size(), fleet.name()),
                        now));
    }

    private static Optional<Decision> slice(Rollout rollout, FleetState fleet) {
        int there = fleet.scaling().desired();
        if (there == 0) {
            return Optional.empty();
        }
        int size = Math.max(0, there - Aftercare.SLICE);
        ScalingPlan plan = Pins.plan(rollout, fleet.name()).orElseThrow().sized(size);
        return Optional.of(new Decision.Leave(
                fleet.name(),
                plan,
                "fleet %s to %d instances: only one fleet runs at a time".formatted(fleet.name(), size)));
    }

    /** A hand woke blue, which is to be gone: it leaves again, and no user comes to green before it has. */
    Optional<Decision> woken(Rollout rollout, Observation seen, Instant now) {
        if (rollout.recreation().filter(Recreation::isEmptied).isEmpty()) {
            return Optional.empty();
        }
        FleetState blue = seen.fleet(rollout.blue().orElseThrow());
        if (isGone(blue)) {
            return Optional.empty();
        }
        return rollout.phase() == Phase.VERIFYING
                ? slice(rollout, blue)
                : Optional.of(emptying(blue, rollout, seen, now));
    }

    /** Whether nothing of it runs, and nothing is to. */
    static boolean isGone(FleetState fleet) {
        return fleet.instances().isEmpty() && fleet.scaling().desired() == 0;
    }

    /** Until when users may be shut out, and each part of it may take; empty where both fleets may run, and once green is open. */
    static Optional<Instant> deadline(Rollout rollout, Pace pace) {
        return rollout.recreation()
                .filter(places -> rollout.progress().steps() == 0)
                .flatMap(places -> {
                    Instant due = part(places, rollout, pace);
                    return places.opensUntil().filter(due::isAfter).or(() -> Optional.of(due));
                });
    }

    private static Instant part(Recreation places, Rollout rollout, Pace pace) {
        Progress progress = rollout.progress();
        Instant since = progress.stepSince().orElse(progress.phaseSince());
        return switch (rollout.phase()) {
            case PREPARING -> preparing(places, progress.phaseSince(), pace);
            case INSTALLING -> since.plus(pace.installing());
            case VALIDATING -> since.plus(pace.validating());
            // Nobody is asked before users come: they wait.
            case SHIFTING, VERIFYING -> since.plus(pace.shifting());
            case PROMOTED, RETIRED, ROLLED_BACK ->
                throw new IllegalStateException(rollout.phase() + " has no deadline");
        };
    }

    private static Instant preparing(Recreation places, Instant since, Pace pace) {
        Duration emptying = places.emptying();
        return places.emptyAt()
                .map(empty -> empty.plus(pace.preparing()))
                .or(() -> places.closedAt().map(closed -> closed.plus(emptying)))
                .orElseGet(() -> since.plus(pace.preparing()));
    }
}
