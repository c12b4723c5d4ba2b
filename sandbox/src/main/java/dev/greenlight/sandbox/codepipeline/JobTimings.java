package dev.greenlight.sandbox.codepipeline;

import java.time.Duration;
import java.util.Objects;

/**
 * How CodePipeline deals with the jobs of Lambda actions; what its documentation leaves open is a setting.
 *
 * @param interval from a continuation token until the job is offered again; nowhere documented
 * @param silence how long a job may be without an answer: 20 minutes
 * @param longest how long an action may take in all: 24 hours
 * @param ids whether the job that is offered again has the id of the one before; nowhere documented
 */
public record JobTimings(Duration interval, Duration silence, Duration longest, ContinuationIds ids) {

    /** The id of a job that is offered again. */
    public enum ContinuationIds {
        SAME,
        FRESH
    }

    public JobTimings {
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(silence, "silence");
        Objects.requireNonNull(longest, "longest");
        Objects.requireNonNull(ids, "ids");
    }

    /** The documented limits, an interval of 30 seconds, and a job that keeps its id. */
    public static JobTimings ordinary() {
        return new JobTimings(
                Duration.ofSeconds(30), Duration.ofMinutes(20), Duration.ofHours(24), ContinuationIds.SAME);
    }

    /** The same with another interval. */
    public JobTimings withInterval(Duration other) {
        return new JobTimings(other, silence, longest, ids);
    }

    /** The same with other ids. */
    public JobTimings withIds(ContinuationIds other) {
        return new JobTimings(interval, silence, longest, other);
    }
}
