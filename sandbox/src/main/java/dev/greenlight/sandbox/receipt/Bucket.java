package dev.greenlight.sandbox.receipt;

import java.time.Instant;
import java.util.Map;

/**
 * One slice of a receipt's window, for a chart.
 *
 * @param from the slice's start, in wall time
 * @param requestsByVersion requests that were due in it, by the version that answered
 * @param failedByVersion those of them that failed
 */
public record Bucket(Instant from, Map<String, Long> requestsByVersion, Map<String, Long> failedByVersion) {

    public Bucket {
        requestsByVersion = Receipt.sorted(requestsByVersion);
        failedByVersion = Receipt.sorted(failedByVersion);
    }
}
