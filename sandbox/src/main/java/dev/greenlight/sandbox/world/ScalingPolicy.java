package dev.greenlight.sandbox.world;

import java.time.Duration;

/**
 * A group's reaction to its load, in the manner of target tracking on a metric that idle instances report too, such as CPU: a
 * fleet that gets no requests is a fleet that shrinks. Changes nothing by itself; it says what the group would want.
 */
final class ScalingPolicy {

    private static final double SCALE_IN_BELOW = 0.9;

    private final double requestsPerInstance;
    private final int minutesToGrow;
    private final int minutesToShrink;
    private int above;
    private int below;

    /** @param requestsPerInstance requests per minute that one instance should have */
    ScalingPolicy(double requestsPerInstance, Duration scaleOut, Duration scaleIn) {
        if (!(requestsPerInstance > 0)) {
            throw new IllegalArgumentException("requests per instance must be positive, was " + requestsPerInstance);
        }
        this.requestsPerInstance = requestsPerInstance;
        this.minutesToGrow = (int) scaleOut.toMinutes();
        this.minutesToShrink = (int) scaleIn.toMinutes();
    }

    /** Takes in one minute's requests and returns the capacity that is wanted now, which is mostly the one there is. */
    int wanted(double requests, int capacity) {
        double full = requestsPerInstance * capacity;
        above = requests > full ? above + 1 : 0;
        below = requests < full * SCALE_IN_BELOW ? below + 1 : 0;
        if (above >= minutesToGrow || below >= minutesToShrink) {
            return (int) Math.ceil(requests / requestsPerInstance);
        }
        return capacity;
    }
}
