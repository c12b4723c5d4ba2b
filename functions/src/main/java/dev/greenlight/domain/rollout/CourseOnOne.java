package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.traffic.Routing;
import java.time.Duration;
import java.util.Optional;

/**
 * Green is installed under its users, who are on it from the beginning of that: no weight moves, nobody is asked before they come, and
 * the way back is another installation.
 */
record CourseOnOne(Rollout rollout, OneFleet fleet) implements Course {

    @Override
    public Routing expected() {
        return Routing.full(rollout.green());
    }

    @Override
    public boolean mayShow(Routing live) {
        return false;
    }

    @Override
    public boolean trafficMoved() {
        return rollout.progress().usersSince().isPresent();
    }

    @Override
    public boolean mayHaveUsers(Routing live) {
        return trafficMoved();
    }

    @Override
    public boolean strays(Route seen) {
        return false;
    }

    @Override
    public boolean awaitsApproval() {
        return false;
    }

    @Override
    public Optional<FleetName> left() {
        return Optional.empty();
    }

    @Override
    public Optional<LaunchSource.Template> keeps(FleetName name) {
        return name == rollout.green() ? rollout.launches().green() : Optional.empty();
    }

    /** It serves while it is installed on, and while it gets back what it ran before; the second try may not find all alive. */
    @Override
    public ScalingPlan green() {
        Scaling found = rollout.sizing().found(rollout.green());
        int full = rollout.sizing().green();
        return switch (rollout.phase()) {
            case PREPARING, INSTALLING, VALIDATING ->
                ScalingPlan.pinned(full, found, isHeld() ? Pins.STEADY : Pins.UNVALIDATED);
            case SHIFTING, VERIFYING -> ScalingPlan.pinned(full, found, Pins.STEADY);
            case PROMOTED, RETIRED -> ScalingPlan.unpinned(found);
            case ROLLED_BACK ->
                rollout.restoration()
                        .map(back ->
                                ScalingPlan.pinned(full, found, back.attempt() == 1 ? Pins.UNVALIDATED : Pins.STEADY))
                        .orElseGet(() -> ScalingPlan.unpinned(found));
        };
    }

    /** Between two zones nothing is installed, perhaps for hours: what dies is replaced. */
    private boolean isHeld() {
        return rollout.rolling().filter(Rolling::isHeld).isPresent();
    }

    @Override
    public Optional<ScalingPlan> blue() {
        return Optional.empty();
    }

    @Override
    public Scaling leaves(FleetName name) {
        return rollout.sizing().found(name);
    }

    /** The echo of a downtime must be over before anything that is counted says something of green. */
    @Override
    public Duration bake(Duration asked) {
        return rollout.rolling().isPresent() || asked.compareTo(OneFleet.ECHO) >= 0 ? asked : OneFleet.ECHO;
    }

    /** Before its installation was begun there is nothing to take back; where nobody knows what was there before, there is no way. */
    @Override
    public Decision retreat(Observation seen, Cause cause, String reason) {
        return fleet.former().isPresent() || !trafficMoved()
                ? new Decision.TakeBack(cause, reason, Optional.empty())
                : new Decision.Keep(cause, reason + "; not taken back, because nobody knows what was there before it");
    }

    @Override
    public Optional<Restoration> due() {
        return trafficMoved() ? Optional.of(Restoration.DUE) : Optional.empty();
    }

    @Override
    public Optional<String> closedWayBack() {
        return Optional.empty();
    }
}
