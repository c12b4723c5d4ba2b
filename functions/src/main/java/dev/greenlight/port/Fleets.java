package dev.greenlight.port;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Instance;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The two Auto Scaling groups. */
public interface Fleets {

    /** A group's settings and instances, and what it launches from. */
    record Group(Scaling scaling, LaunchSource source, List<Instance> instances) {}

    /** Reads both groups in one call; both keys are always present. */
    Map<FleetName, Group> groups();

    /**
     * Makes a group's settings those of the plan, writing only what differs from {@code now}. A minimum above the current
     * number of instances raises that number in the same write. Safe to repeat.
     */
    void apply(FleetName fleet, ScalingPlan plan, Scaling now);

    /**
     * What the stack wants the group to launch from by its next rollout, as its last update that succeeded says; empty where
     * nobody has told.
     */
    Optional<LaunchSource.Template> newest(FleetName fleet);

    /** Lets a group launch from that version from now on; its instances and sizes stay as they are. Safe to repeat. */
    void launchFrom(FleetName fleet, LaunchSource.Template version);

    /** Why launches of this group failed since then, newest first in one line; empty if none did. */
    Optional<String> launchTrouble(FleetName fleet, Instant since);

    /** EC2's status checks: for each id whether both pass; {@code empty} while they have not been answered. */
    Map<String, Optional<Boolean>> statusChecks(List<String> instanceIds);
}
