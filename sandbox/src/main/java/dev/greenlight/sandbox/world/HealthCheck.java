package dev.greenlight.sandbox.world;

import java.time.Duration;

/**
 * How a target group asks its targets whether they are well (Application Load Balancers guide, "Health checks for Application
 * Load Balancer target groups").
 *
 * @param path what is fetched from the target's own port
 * @param interval from one check of a target to its next
 * @param timeout after which a check without an answer has failed
 * @param healthyThreshold passed checks in a row that make an unhealthy target healthy; a new target needs only one
 * @param unhealthyThreshold failed checks in a row that make a target unhealthy
 * @param matcher the status that passes, such as 200
 */
public record HealthCheck(
        String path, Duration interval, Duration timeout, int healthyThreshold, int unhealthyThreshold, int matcher) {

    public HealthCheck {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a health check path starts with /, was " + path);
        }
        if (timeout.compareTo(interval) > 0) {
            throw new IllegalArgumentException("timeout " + timeout + " is longer than interval " + interval);
        }
        if (healthyThreshold < 2 || healthyThreshold > 10 || unhealthyThreshold < 2 || unhealthyThreshold > 10) {
            throw new IllegalArgumentException("thresholds are 2 to 10");
        }
    }

    /** The documented thresholds and timeout on {@code /health}, every 10 seconds instead of 30. */
    public static HealthCheck onHealth() {
        return new HealthCheck("/health", Duration.ofSeconds(10), Duration.ofSeconds(5), 5, 2, 200);
    }
}
