package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.traffic.Routing;
import java.time.Duration;
import java.util.Optional;

/** What follows from a rollout's record in one way where it has two fleets, and in another where green serves already. */
sealed interface Course permits CourseOnTwo, CourseOnOne, CourseInTurn {

    /** The routing that the rollout last saw on the rule, and that must still be there. */
    Routing expected();

    /** Whether the rule may show {@code live} by a write of the rollout that it has not seen yet. */
    boolean mayShow(Routing live);

    /** Whether users are on green by its own doing. */
    boolean trafficMoved();

    /** Whether they can be, where the rule shows {@code live}. */
    boolean mayHaveUsers(Routing live);

    /** Whether users may have felt anything of it: were on green, or were shut out. */
    default boolean felt() {
        return trafficMoved();
    }

    /** Whether the rule was seen without all traffic on blue: to find it there again is a rollback, whoever wrote it. */
    default boolean leftBlue() {
        return trafficMoved();
    }

    /** Whether the rule, or a word on it, gives users to a fleet that is to have none. */
    boolean strays(Route seen);

    /** Whether green is fresh, and nobody has asked yet to give it users. */
    boolean awaitsApproval();

    /** The fleet that traffic leaves, or has left; empty where there is none. */
    Optional<FleetName> left();

    /** What a fleet is to launch from for as long as the rollout is the latest. */
    Optional<LaunchSource.Template> keeps(FleetName fleet);

    /** How green is to be set now. */
    ScalingPlan green();

    /** How blue is to be set now; empty where there is none. */
    Optional<ScalingPlan> blue();

    /** How {@code fleet} is to be set once nothing of the rollout is pinned any more. */
    Scaling leaves(FleetName fleet);

    /** How long green is to be watched under traffic, where the settings say {@code asked}. */
    Duration bake(Duration asked);

    /** Takes the rollout back, or keeps green where that would make nothing better. */
    Decision retreat(Observation seen, Cause cause, String reason);

    /** The sizes of one that was settled and is taken back all the same: {@code size} instances serve, and both groups are set so. */
    default Sizing foundAnew(int size, Scaling a, Scaling b) {
        return new Sizing(size, 0, a, b);
    }

    /** What is to come back onto its fleet when it is taken back. */
    Optional<Restoration> due();

    /** Why the rollout, as it stands, can be taken back by nobody any more; empty where that is not for its record to say. */
    Optional<String> closedWayBack();
}
