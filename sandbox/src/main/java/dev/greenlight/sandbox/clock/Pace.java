package dev.greenlight.sandbox.clock;

import java.time.Duration;
import java.time.Instant;

/** How sandbox time follows wall time: from a fixed pair of moments, at a factor. */
record Pace(long wallNanos, Instant sandbox, double factor) {

    Pace {
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("factor must be positive and finite, was " + factor);
        }
    }

    Instant at(long nowNanos) {
        return sandbox.plusNanos((long) ((nowNanos - wallNanos) * factor));
    }

    /** Wall nanoseconds from {@code nowNanos} until sandbox time reaches {@code when}; 0 when it is past. */
    long nanosUntil(Instant when, long nowNanos) {
        Duration missing = Duration.between(at(nowNanos), when);
        if (missing.isNegative() || missing.isZero()) {
            return 0;
        }
        double nanos = missing.toSeconds() * 1e9 / factor + missing.toNanosPart() / factor;
        return (long) Math.min(nanos + 1, Long.MAX_VALUE / 4.0);
    }

    Pace changed(double newFactor, long nowNanos) {
        return new Pace(nowNanos, at(nowNanos), newFactor);
    }
}
