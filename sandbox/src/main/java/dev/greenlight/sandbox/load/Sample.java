package dev.greenlight.sandbox.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One request and what became of it.
 *
 * @param intendedAt when it was due by the plan, in wall time; a late start counts as latency
 * @param sandboxAt the sandbox clock when the answer was complete
 * @param outcome status, or why there is none
 * @param version the release that answered, from the {@code X-App-Version} header; empty if no release did
 * @param latency wall time from {@code intendedAt} to the end of the answer
 */
public record Sample(
        Instant intendedAt, Instant sandboxAt, Outcome outcome, Optional<String> version, Duration latency) {

    public Sample {
        Objects.requireNonNull(intendedAt, "intendedAt");
        Objects.requireNonNull(sandboxAt, "sandboxAt");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(version, "version");
        if (latency.isNegative()) {
            throw new IllegalArgumentException("an answer before the request: " + latency);
        }
    }

    /** When the answer was complete, in wall time. */
    public Instant answeredAt() {
        return intendedAt.plus(latency);
    }

    /** Whether a user would call it failed. */
    public boolean failed() {
        return outcome.failed();
    }
}
