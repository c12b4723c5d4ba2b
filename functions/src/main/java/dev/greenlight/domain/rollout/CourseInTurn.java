package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.traffic.Routing;
import java.time.Duration;
import java.util.Optional;

/**
 * Of both fleets only one may run at a time: users are shut out while blue goes and green comes, and while they change places again on the
 * way back. All else is as on two fleets.
 */
record CourseInTurn(Rollout rollout, Recreation places) implements Course {

    private CourseOnTwo onTwo() {
        return new CourseOnTwo(rollout);
    }

    @Override
    public Routing expected() {
        return places.isClosed() && !trafficMoved() ? new Routing.Closed() : onTwo().expected();
    }

    @Override
    public boolean mayShow(Routing live) {
        boolean justClosed = places.isNoticed() && !places.isClosed() && live instanceof Routing.Closed;
        return justClosed || onTwo().mayShow(live);
    }

    @Override
    public boolean trafficMoved() {
        return onTwo().trafficMoved();
    }

    @Override
    public boolean felt() {
        return places.isNoticed();
    }

    /** Once the rule was seen closed, whoever opens it to blue takes the rollout back. */
    @Override
    public boolean leftBlue() {
        return places.isClosed();
    }

    @Override
    public boolean mayHaveUsers(Routing live) {
        return onTwo().mayHaveUsers(live);
    }

    @Override
    public boolean strays(Route seen) {
        return onTwo().strays(seen);
    }

    /** Users wait: nobody is asked before they come. */
    @Override
    public boolean awaitsApproval() {
        return false;
    }

    @Override
    public Optional<FleetName> left() {
        return onTwo().left();
    }

    @Override
    public Optional<LaunchSource.Template> keeps(FleetName fleet) {
        return onTwo().keeps(fleet);
    }

    /** It has no instance before blue has none, nor once blue is to come back. */
    @Override
    public ScalingPlan green() {
        boolean gone = rollout.phase() == Phase.PREPARING && !places.isEmptied() || isGivingWay();
        return gone ? none(rollout.green()) : onTwo().green();
    }

    /** It is pinned while it serves, and to nothing while green may run: whatever would wake it is suspended. */
    @Override
    public Optional<ScalingPlan> blue() {
        FleetName blue = rollout.blue().orElseThrow();
        if (isGivingWay()) {
            return Optional.of(
                    ScalingPlan.pinned(rollout.sizing().blue(), rollout.sizing().found(blue), Pins.STEADY));
        }
        if (!rollout.isOpen()) {
            return Optional.of(ScalingPlan.unpinned(leaves(blue)));
        }
        return places.isClosed() ? Optional.of(none(blue)) : onTwo().blue();
    }

    private ScalingPlan none(FleetName fleet) {
        return ScalingPlan.pinned(0, rollout.sizing().found(fleet), Pins.UNVALIDATED);
    }

    private boolean isGivingWay() {
        return rollout.restoration().isPresent();
    }

    @Override
    public Scaling leaves(FleetName fleet) {
        return onTwo().leaves(fleet);
    }

    /** The echo of the downtime must be over before anything that is counted says something of green. */
    @Override
    public Duration bake(Duration asked) {
        return asked.compareTo(OneFleet.ECHO) < 0 ? OneFleet.ECHO : asked;
    }

    /** Whom green has is shut out by what follows: the record says so first, for users feel it. */
    @Override
    public Decision retreat(Observation seen, Cause cause, String reason) {
        return new Decision.TakeBack(cause, reason, Optional.empty());
    }

    /** What comes back has the limits of what serves now: it sleeps, and has none of its own. */
    @Override
    public Sizing foundAnew(int size, Scaling a, Scaling b) {
        Scaling serves = rollout.green() == FleetName.A ? a : b;
        Scaling sleeps = rollout.green() == FleetName.A ? b : a;
        Scaling back = new Scaling(serves.minimum(), serves.desired(), serves.maximum(), sleeps.suspended());
        return rollout.green() == FleetName.A ? new Sizing(size, size, a, back) : new Sizing(size, size, back, b);
    }

    @Override
    public Optional<Restoration> due() {
        return felt() ? Optional.of(Restoration.DUE) : Optional.empty();
    }

    @Override
    public Optional<String> closedWayBack() {
        return Optional.empty();
    }
}
