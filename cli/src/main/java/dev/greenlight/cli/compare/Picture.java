package dev.greenlight.cli.compare;

import dev.greenlight.sandbox.receipt.Bucket;
import java.time.Instant;
import java.util.List;

/**
 * Who answered over time while one release was made.
 *
 * @param version what was released
 * @param previous what served before
 * @param from wall time of the merge
 * @param requests all that were counted
 * @param failed those that failed, whoever answered
 * @param minutesPerSecond minutes of the sandbox clock in a second of the wall
 * @param verdict how it ended, in the rollout's own words
 * @param buckets in wall time
 */
public record Picture(
        String version,
        String previous,
        Instant from,
        long requests,
        long failed,
        double minutesPerSecond,
        String verdict,
        List<Bucket> buckets) {

    public Picture {
        buckets = List.copyOf(buckets);
    }
}
