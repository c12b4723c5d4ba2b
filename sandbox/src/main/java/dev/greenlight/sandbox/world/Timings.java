package dev.greenlight.sandbox.world;

import java.time.Duration;

/**
 * How long the platform takes for what it does by itself, all in sandbox time.
 *
 * @param boot from launch until the instance runs
 * @param statusChecks from running until the EC2 status checks are {@code ok}
 * @param reaction how often an Auto Scaling group compares what it has with what it should have
 * @param deathNoticed from an instance's death until Auto Scaling's EC2 health check sees it
 * @param shutdown from the end of the draining until the instance is gone
 * @param hookTimeout how long a lifecycle hook may stay open before the instance is abandoned
 * @param registration from registering a target until its first health check
 * @param routingLag from a routing write until requests follow it
 * @param metricDelay from the end of a minute until CloudWatch shows it
 * @param scaleOut how long load must be above the target of a scaling policy before the group grows
 * @param scaleIn how long it must be below before the group shrinks
 */
public record Timings(
        Duration boot,
        Duration statusChecks,
        Duration reaction,
        Duration deathNoticed,
        Duration shutdown,
        Duration hookTimeout,
        Duration registration,
        Duration routingLag,
        Duration metricDelay,
        Duration scaleOut,
        Duration scaleIn) {

    /** What an account sees on an ordinary day; the scaling delays are those of target tracking (3 and 15 minutes). */
    public static Timings ordinary() {
        return new Timings(
                Duration.ofSeconds(40),
                Duration.ofSeconds(90),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                Duration.ofSeconds(20),
                Duration.ofHours(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofMinutes(2),
                Duration.ofMinutes(3),
                Duration.ofMinutes(15));
    }

    /** The same timings with another boot time. */
    public Timings withBoot(Duration other) {
        return new Timings(
                other,
                statusChecks,
                reaction,
                deathNoticed,
                shutdown,
                hookTimeout,
                registration,
                routingLag,
                metricDelay,
                scaleOut,
                scaleIn);
    }

    /** The same timings with another lag between a routing write and its effect. */
    public Timings withRoutingLag(Duration other) {
        return new Timings(
                boot,
                statusChecks,
                reaction,
                deathNoticed,
                shutdown,
                hookTimeout,
                registration,
                other,
                metricDelay,
                scaleOut,
                scaleIn);
    }

    /** The same timings with another delay of the metrics. */
    public Timings withMetricDelay(Duration other) {
        return new Timings(
                boot,
                statusChecks,
                reaction,
                deathNoticed,
                shutdown,
                hookTimeout,
                registration,
                routingLag,
                other,
                scaleOut,
                scaleIn);
    }
}
