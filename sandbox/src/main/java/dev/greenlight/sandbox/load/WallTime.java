package dev.greenlight.sandbox.load;

import java.time.Instant;
import java.time.InstantSource;

/** Real time that never steps back: the wall clock at the start, plus what the monotonic clock has counted since. */
public final class WallTime implements InstantSource {

    private final Instant startInstant = Instant.now();
    private final long startNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return at(System.nanoTime());
    }

    /** The instant of a reading of {@link System#nanoTime()}. */
    Instant at(long nanos) {
        return startInstant.plusNanos(nanos - startNanos);
    }
}
