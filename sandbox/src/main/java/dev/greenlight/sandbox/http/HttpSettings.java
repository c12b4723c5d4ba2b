package dev.greenlight.sandbox.http;

import java.time.Duration;

/**
 * The wall-time limits of the real HTTP plane.
 *
 * @param targetTimeout after this long without a whole answer of the target the load balancer answers 504; 20 s at most
 * @param checkTimeout at most this long for one health check, whatever the target group says: the sandbox clock waits for it
 * @param checkFreshFor a health check of the same target within this time gets the answer of the one before; a fast clock
 *     would otherwise keep the machine busy with checks
 */
public record HttpSettings(Duration targetTimeout, Duration checkTimeout, Duration checkFreshFor) {

    /**
     * For how long the load balancer keeps an idle connection to a target. An instance's server drops one after 30 s: a request
     * that races with that would look like a failure of the cutover.
     */
    static final Duration IDLE_CONNECTION = Duration.ofSeconds(20);

    public HttpSettings {
        if (targetTimeout.compareTo(IDLE_CONNECTION) > 0) {
            throw new IllegalArgumentException(targetTimeout + " is longer than " + IDLE_CONNECTION);
        }
        if (!targetTimeout.isPositive() || !checkTimeout.isPositive() || checkFreshFor.isNegative()) {
            throw new IllegalArgumentException(
                    "not positive: " + targetTimeout + ", " + checkTimeout + " or negative: " + checkFreshFor);
        }
    }

    /** Every check is a request; 10 s for a target, 1 s for a check. */
    public static HttpSettings exact() {
        return new HttpSettings(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ZERO);
    }

    /** The same, for a clock that lets hours pass in seconds: a target is really asked 10 times a second at most. */
    public static HttpSettings fastClock() {
        return new HttpSettings(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofMillis(100));
    }

    /** The same with another limit for targets. */
    public HttpSettings targetTimeout(Duration other) {
        return new HttpSettings(other, checkTimeout, checkFreshFor);
    }

    /** The same with another limit for health checks. */
    public HttpSettings checkTimeout(Duration other) {
        return new HttpSettings(targetTimeout, other, checkFreshFor);
    }
}
