package dev.greenlight.sandbox;

import dev.greenlight.sandbox.world.Capacity;
import java.util.Optional;

/**
 * How a fleet is found when the story begins.
 *
 * @param capacity the sizes of its Auto Scaling group
 * @param serving the revision that its desired instances have been serving for an hour; empty for instances yet to be launched
 */
public record FleetPlan(Capacity capacity, Optional<String> serving) {

    /** An empty fleet that may grow to ten instances. */
    public static FleetPlan empty() {
        return new FleetPlan(new Capacity(0, 0, 10), Optional.empty());
    }

    /** A fleet of so many healthy instances of a revision, which may grow to ten. */
    public static FleetPlan serving(String revision, int instances) {
        return new FleetPlan(new Capacity(Math.min(2, instances), instances, 10), Optional.of(revision));
    }
}
