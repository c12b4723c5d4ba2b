package dev.greenlight.sandbox.receipt;

import dev.greenlight.sandbox.load.Sample;
import java.time.Instant;

/**
 * The wall time that a receipt covers: requests that were due in it.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record Window(Instant from, Instant to) {

    public Window {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("an empty window: " + from + " to " + to);
        }
    }

    boolean covers(Sample sample) {
        return covers(sample.intendedAt());
    }

    boolean covers(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }
}
