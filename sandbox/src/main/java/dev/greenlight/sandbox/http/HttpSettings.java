package dev.greenlight.sandbox.http;

import java.time.Duration;

/**
 * The wall-time limits of the real HTTP plane.
 *
 * @param targetTimeout after this long without a whole answer of the target the load balancer answers 504
 * @param checkTimeout at most this long for one health check, whatever the target group says: the sandbox clock waits for it
 * @param checkFreshFor a health check of the same target within this time gets the answer of the one before; a fast clock
 *     would otherwise keep the machine busy with checks
 */
public record HttpSettings(Duration targetTimeout, Duration checkTimeout, Duration checkFreshFor) {

    public HttpSettings {
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
