package dev.greenlight.sandbox.world;

import java.time.Duration;

/**
 * How instances of one revision behave in the modelled data plane.
 *
 * @param healthyAfter from the installation until health checks pass; the longest duration there is means never
 * @param errorShare the share of its requests that it answers with 500, 0 to 1
 * @param latency how long an answer takes
 */
public record Behaviour(Duration healthyAfter, double errorShare, Duration latency) {

    private static final Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);

    public Behaviour {
        if (errorShare < 0 || errorShare > 1) {
            throw new IllegalArgumentException("an error share is 0 to 1, was " + errorShare);
        }
    }

    /** Healthy within five seconds, no errors, 20 ms. */
    public static Behaviour good() {
        return new Behaviour(Duration.ofSeconds(5), 0, Duration.ofMillis(20));
    }

    /** Like a good one, except that this share of the requests fails. */
    public static Behaviour failing(double errorShare) {
        return new Behaviour(good().healthyAfter, errorShare, good().latency);
    }

    /** Like a good one, except that an answer takes so long. */
    public static Behaviour slow(Duration latency) {
        return new Behaviour(good().healthyAfter, 0, latency);
    }

    /** Never passes a health check, and answers 500 to everything. */
    public static Behaviour sick() {
        return new Behaviour(NEVER, 1, good().latency);
    }
}
