package dev.greenlight.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An Auto Scaling group as it was when it was asked for; its instances are live. It is asked for all the time, so what is the same as the
 * time before is not copied again: who makes one gives it what does not change.
 *
 * @param suspended why each suspended process is suspended
 * @param instances all that are not terminated, oldest first
 */
public record AutoScalingGroup(
        String name,
        String arn,
        Instant createdAt,
        Capacity capacity,
        HealthCheckType healthCheckType,
        Duration healthCheckGracePeriod,
        List<String> targetGroupArns,
        Map<ScalingProcess, String> suspended,
        Map<String, String> tags,
        List<Instance> instances) {

    /** A group without instances, whose health checks are EC2's. */
    static AutoScalingGroup begin(
            String name,
            String arn,
            Instant at,
            Capacity capacity,
            List<String> targetGroupArns,
            Map<String, String> tags) {
        return new AutoScalingGroup(
                name,
                arn,
                at,
                capacity,
                HealthCheckType.EC2,
                Duration.ofMinutes(5),
                List.copyOf(targetGroupArns),
                Map.of(),
                Map.copyOf(tags),
                List.of());
    }

    /** Whether Auto Scaling counts the instance as healthy. */
    public static boolean healthy(Instance instance) {
        return !instance.markedUnhealthy();
    }
}
