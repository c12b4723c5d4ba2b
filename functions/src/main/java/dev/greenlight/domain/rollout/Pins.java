package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.fleet.ScalingProcess;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * How both fleets are to be set in each phase: the one place that says who sets sizes and suspensions when. Everything
 * follows from the stored rollout, nothing from what is seen, so every call may apply it again.
 *
 * <p>Source for the processes: Amazon EC2 Auto Scaling user guide, "Suspend and resume Amazon EC2 Auto Scaling
 * processes".
 */
public final class Pins {

    /** What could remove an instance, or wake a fleet, behind a rollout's back. */
    static final Set<ScalingProcess> STEADY = EnumSet.of(ScalingProcess.AZ_REBALANCE, ScalingProcess.SCHEDULED_ACTIONS);

    /**
     * With health checks of the load balancer, a group would replace instances in mid-install; and a fleet that was warm for long is one
     * whose idle load a scaling policy would answer, once its minimum falls, by ending what is installed on.
     */
    static final Set<ScalingProcess> UNVALIDATED = EnumSet.allOf(ScalingProcess.class);

    private Pins() {}

    /** The settings of {@code fleet} that belong to the rollout as it is stored; empty where it has none to enforce. */
    public static Optional<ScalingPlan> plan(Rollout rollout, FleetName fleet) {
        Course course = rollout.course();
        return fleet == rollout.green() ? Optional.of(course.green()) : course.blue();
    }

    /** The settings of {@code fleet} once nothing of the rollout is pinned any more: what a later rollout finds. */
    public static Scaling left(Rollout rollout, FleetName fleet) {
        return rollout.course().leaves(fleet);
    }
}
