package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.traffic.Routing;
import java.time.Duration;
import java.util.Optional;

/** Green is installed apart from users, and they come to it by the rule; blue is the way back. So it is on a first release, without one. */
record CourseOnTwo(Rollout rollout) implements Course {

    @Override
    public Routing expected() {
        int steps = rollout.progress().steps();
        return steps == 0 ? rollout.blue().map(Routing::full).orElseGet(Routing.Closed::new) : rollout.routingOf(steps);
    }

    @Override
    public boolean mayShow(Routing live) {
        return rollout.phase() == Phase.SHIFTING && (rollout.shows(live).isPresent() || rollout.halfWritten(live));
    }

    @Override
    public boolean trafficMoved() {
        return rollout.progress().steps() > 0;
    }

    @Override
    public boolean mayHaveUsers(Routing live) {
        return trafficMoved() || live.routesTo(rollout.green());
    }

    @Override
    public boolean strays(Route seen) {
        Routing live = seen.routing();
        return rollout.phase() == Phase.VERIFYING
                ? rollout.blue()
                        .filter(live::routesTo)
                        .filter(blue -> !live.isFull(blue))
                        .isPresent()
                : rollout.progress().usersSince().isEmpty()
                        && (live.routesTo(rollout.green())
                                || seen.tags().takenBack(rollout.id()).isPresent());
    }

    @Override
    public boolean awaitsApproval() {
        return rollout.phase() == Phase.SHIFTING
                && rollout.progress().stepSince().isEmpty();
    }

    @Override
    public Optional<FleetName> left() {
        return rollout.phase() == Phase.ROLLED_BACK ? Optional.of(rollout.green()) : rollout.blue();
    }

    @Override
    public Optional<LaunchSource.Template> keeps(FleetName fleet) {
        boolean isGreen = fleet == rollout.green();
        Launches launches = rollout.launches();
        return switch (rollout.phase()) {
            case PREPARING, INSTALLING, ROLLED_BACK -> isGreen ? Optional.empty() : keptBlue();
            case VALIDATING, SHIFTING, VERIFYING, PROMOTED -> isGreen ? launches.green() : keptBlue();
            case RETIRED -> isGreen ? launches.green() : Optional.empty();
        };
    }

    private Optional<LaunchSource.Template> keptBlue() {
        return rollout.blue().flatMap(fleet -> rollout.launches().blue());
    }

    @Override
    public ScalingPlan green() {
        Scaling found = rollout.sizing().found(rollout.green());
        int full = rollout.sizing().green();
        return switch (rollout.phase()) {
            case PREPARING -> ScalingPlan.pinned(1, found, Pins.UNVALIDATED);
            case INSTALLING -> ScalingPlan.pinned(rollout.progress().installed() ? full : 1, found, Pins.UNVALIDATED);
            case VALIDATING -> ScalingPlan.pinned(full, found, Pins.UNVALIDATED);
            case SHIFTING, VERIFYING -> ScalingPlan.pinned(full, found, Pins.STEADY);
            case PROMOTED, RETIRED, ROLLED_BACK -> ScalingPlan.unpinned(leaves(rollout.green()));
        };
    }

    @Override
    public Optional<ScalingPlan> blue() {
        return rollout.blue().map(this::blue);
    }

    private ScalingPlan blue(FleetName blue) {
        ScalingPlan pinned =
                ScalingPlan.pinned(rollout.sizing().blue(), rollout.sizing().found(blue), Pins.STEADY);
        return switch (rollout.phase()) {
            case PREPARING, INSTALLING, VALIDATING, SHIFTING, VERIFYING -> pinned;
            case PROMOTED -> pinned.sized(rollout.sizing().blue());
            case RETIRED, ROLLED_BACK -> ScalingPlan.unpinned(leaves(blue));
        };
    }

    @Override
    public Scaling leaves(FleetName fleet) {
        Scaling found = rollout.sizing().found(fleet);
        boolean serves =
                fleet == rollout.green() ? rollout.phase() != Phase.ROLLED_BACK : rollout.phase() == Phase.ROLLED_BACK;
        if (!serves) {
            return found.asleep();
        }
        // Green inherits the limits of the service from blue; on a first release there are none but its own.
        Scaling limits = rollout.blue().map(rollout.sizing()::found).orElse(found);
        int minimum = rollout.blue().isPresent() ? limits.minimum() : Math.max(1, limits.minimum());
        int maximum = Math.max(minimum, limits.maximum());
        int desired = Math.clamp(rollout.sizing().green(), minimum, maximum);
        return new Scaling(minimum, desired, maximum, found.suspended());
    }

    @Override
    public Duration bake(Duration asked) {
        return asked;
    }

    /** A rollout that had not moved any traffic leaves the rule alone, whatever somebody else made of it. */
    @Override
    public Decision retreat(Observation seen, Cause cause, String reason) {
        Routing live = seen.route().routing();
        if (!mayHaveUsers(live)) {
            return new Decision.TakeBack(cause, reason, Optional.empty());
        }
        Targets green = seen.fleet(rollout.green()).targets();
        Targets blue = rollout.blue().map(seen::fleet).map(FleetState::targets).orElse(Targets.NONE);
        return switch (WayBack.decide(rollout.blue(), live, blue, green)) {
            case WayBack.Write write -> new Decision.TakeBack(cause, reason, Optional.of(write.to()));
            case WayBack.AlreadyThere there -> new Decision.TakeBack(cause, reason, Optional.empty());
            case WayBack.Refused refused ->
                trafficMoved()
                        ? new Decision.Keep(cause, "%s; not taken back, because %s".formatted(reason, refused.reason()))
                        : new Decision.TakeBack(
                                cause,
                                "%s; the rule stays as it is, because %s".formatted(reason, refused.reason()),
                                Optional.empty());
        };
    }

    @Override
    public Optional<Restoration> due() {
        return Optional.empty();
    }

    @Override
    public Optional<String> closedWayBack() {
        boolean open = switch (rollout.phase()) {
            case RETIRED -> false;
            case PROMOTED -> rollout.blue().isPresent();
            case PREPARING, INSTALLING, VALIDATING, SHIFTING, VERIFYING, ROLLED_BACK -> true;
        };
        return open
                ? Optional.empty()
                : Optional.of(rollout.blue()
                        .map(blue ->
                                "blue of rollout %s is retired: release the old revision anew".formatted(rollout.id()))
                        .orElse("rollout %s was a first release: there is no way back".formatted(rollout.id())));
    }
}
