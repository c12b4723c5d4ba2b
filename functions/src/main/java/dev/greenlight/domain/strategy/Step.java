package dev.greenlight.domain.strategy;

import java.time.Duration;

/**
 * One planned change of routing, and how long to watch it before the next.
 *
 * @param greenShare percentage of requests that green is given, 1 to 100
 * @param bake time between this change and the next decision
 */
public record Step(int greenShare, Duration bake) {

    public Step {
        if (greenShare < 1 || greenShare > 100) {
            throw new IllegalArgumentException("a step gives green 1 to 100 percent, not " + greenShare);
        }
        if (bake.isNegative()) {
            throw new IllegalArgumentException("a bake cannot be negative: " + bake);
        }
    }
}
