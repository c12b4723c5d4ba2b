package dev.greenlight.sandbox.receipt;

import java.time.Instant;
import java.util.Objects;

/**
 * The moment of a call that sends traffic away from a version.
 *
 * @param kind what the call was for
 * @param at when it was made, by the wall clock of the samples
 * @param leaving the version that is to get no more requests
 */
public record Mark(Kind kind, Instant at, String leaving) {

    /** What the call was for. */
    public enum Kind {
        /** Traffic goes to the new version. */
        SHIFT,
        /** Traffic goes back to the version before. */
        ROLL_BACK
    }

    public Mark {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(leaving, "leaving");
    }
}
