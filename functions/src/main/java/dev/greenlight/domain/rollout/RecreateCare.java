package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.traffic.Routing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides how a rollout is taken back of whose fleets only one may run at a time: its mirror. Users are shut out, green is emptied, and not
 * before it is gone does blue come up; it launches with the former revision, which its deployment group installs. A pure function of the
 * record and of what is seen: whoever comes next goes on from there.
 */
final class RecreateCare {

    /** So long all of blue's instances are waited for before those that are there serve. */
    static final Duration WHOLE = Duration.ofMinutes(10);

    /** When the former revision has not come back by then, a person is asked to look; it goes on all the same. */
    static final Duration PATIENCE = Duration.ofMinutes(30);

    private RecreateCare() {}

    /** What is next for one that was taken back; empty once blue serves again, and where nobody had noticed anything. */
    static Optional<Care> next(Rollout rollout, Observation seen, Instant now) {
        return rollout.recreation()
                .flatMap(places -> rollout.restoration())
                .map(back -> comingBack(back, rollout, seen, now));
    }

    /** Whether a person was asked to look, and another release may be what helps. */
    static boolean isGivenUp(Rollout rollout, Restoration back) {
        return rollout.recreation().isPresent() && back.attempt() > 1;
    }

    private static Care comingBack(Restoration back, Rollout rollout, Observation seen, Instant now) {
        FleetName to = rollout.blue().orElseThrow();
        FleetState blue = seen.fleet(to);
        FleetState green = seen.fleet(rollout.green());
        Routing live = seen.route().routing();
        if (!live.isFull(to) && !(live instanceof Routing.Closed)) {
            return new Care.Close("users are shut out until %s is back: %s".formatted(rollout.former(), live));
        }
        if (!Recreating.isGone(green)) {
            return emptying(rollout, green, now);
        }
        return Aftercare.misset(rollout, blue).orElseGet(() -> starting(back, rollout, seen, now));
    }

    /** Blue is to be as large as what it replaces; then one slice less of that, whose requests its group lets end. */
    private static Care emptying(Rollout rollout, FleetState green, Instant now) {
        int there = green.scaling().desired();
        Optional<Instant> shown = rollout.progress().usersSince().map(since -> since.plus(Progress.ATTEMPT));
        if (there > 0 && shown.filter(now::isBefore).isPresent()) {
            return new Care.Rest(
                    "users may have been let onto fleet %s a moment ago, and the rule not show it before %s"
                            .formatted(green.name(), RolloutPolicy.seconds(shown.get())));
        }
        if (there > rollout.sizing().blue()) {
            return new Care.FollowLoad(there);
        }
        if (there == 0) {
            return new Care.Rest("%d instances of fleet %s are leaving"
                    .formatted(green.instances().size(), green.name()));
        }
        int size = Math.max(0, there - Aftercare.SLICE);
        ScalingPlan plan = Pins.plan(rollout, green.name()).orElseThrow().sized(size);
        return new Care.Scale(
                green.name(), plan, "to %d instances: %s is to come back".formatted(size, rollout.former()));
    }

    private static Care starting(Restoration back, Rollout rollout, Observation seen, Instant now) {
        FleetState blue = seen.fleet(rollout.blue().orElseThrow());
        Instant since = rollout.progress().phaseSince();
        boolean late = !now.isBefore(since.plus(WHOLE));
        boolean whole = blue.targets().canTake(rollout.sizing().blue()) && isProven(rollout, blue, seen);
        boolean open = seen.route().routing().isFull(blue.name());
        if (!open && (whole || late && blue.targets().canTake(1))) {
            return new Care.Open(
                    Routing.full(blue.name()), "fleet %s has %s again".formatted(blue.name(), blue.targets()));
        }
        if (open && whole) {
            return back(rollout, blue, since.plus(Aftercare.AT_WORK), now);
        }
        String missing = "%s comes back on fleet %s: %d of %d instances in service, %s"
                .formatted(
                        rollout.former(),
                        blue.name(),
                        blue.inService(),
                        rollout.sizing().blue(),
                        blue.targets());
        boolean overdue = !now.isBefore(since.plus(PATIENCE));
        if (overdue && open) {
            return new Care.EndRestoration(false, "a person has to see why: " + missing);
        }
        return overdue && back.attempt() == 1
                ? new Care.RestoreAgain(back.again(), "a person has to see why, the next release may begin: " + missing)
                : new Care.Rest(missing);
    }

    /** A call that read the record before it was closed may yet wake green: only after it is anything over. */
    private static Care back(Rollout rollout, FleetState blue, Instant alone, Instant now) {
        return now.isBefore(alone)
                ? new Care.Rest("%s serves again; a call from before may be at work until %s"
                        .formatted(rollout.former(), RolloutPolicy.seconds(alone)))
                : new Care.EndRestoration(
                        true, "%s is on all %d instances again".formatted(rollout.former(), blue.inService()));
    }

    /** Whoever has never left is what it was. */
    private static boolean isProven(Rollout rollout, FleetState blue, Observation seen) {
        boolean stayed = rollout.recreation().filter(Recreation::isEmptied).isEmpty();
        return stayed
                || blue.inService() > 0
                        && seen.installation()
                                .filter(Installation.Succeeded.class::isInstance)
                                .map(Installation.Succeeded.class::cast)
                                .filter(done -> done.instances().containsAll(blue.inServiceIds()))
                                .isPresent();
    }
}
