package dev.greenlight.sandbox.world;

import java.time.Instant;

/** What the platform looks at once a minute: the host counts for CloudWatch, and the load for the scaling policies. */
final class Minute {

    private final World world;
    private final Traffic traffic;
    private final Fleets fleets;

    Minute(World world, Traffic traffic, Fleets fleets) {
        this.world = world;
        this.traffic = traffic;
        this.fleets = fleets;
    }

    void passes() {
        synchronized (world) {
            Instant now = world.clock().instant();
            world.balancer().sets().stream().filter(TargetSet::used).forEach(set -> traffic.hosts(set, now));
            fleets.all().forEach(fleet -> fleet.policy().ifPresent(policy -> follow(fleet, policy, now)));
        }
    }

    private void follow(FleetState fleet, ScalingPolicy policy, Instant now) {
        double requests = fleet.targetGroupArns().stream()
                .mapToDouble(arn -> traffic.requests(arn, now.minusSeconds(60), now))
                .sum();
        int wanted = policy.wanted(requests, fleet.capacity().desired());
        if (fleet.runs(ScalingProcess.ALARM_NOTIFICATION)) {
            fleet.capacity(fleet.capacity().withDesired(wanted));
        }
    }
}
