package dev.greenlight.adapter.cloudwatch;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The time that is asked about: whole minutes, or of a time that is long the whole hours in it. CloudWatch keeps minutes for 15 days and
 * hours for 455 ("GetMetricStatistics"), and a call answers 100,800 values at most ("GetMetricData").
 */
record Span(Instant start, Instant end, boolean isLong) {

    /** No check looks back further. */
    private static final Duration SHORT = Duration.ofHours(3);

    private static final Duration HOUR = Duration.ofHours(1);

    static Span of(Instant from, Instant to) {
        if (Duration.between(from, to).compareTo(SHORT) <= 0) {
            return new Span(from.truncatedTo(ChronoUnit.MINUTES), to.truncatedTo(ChronoUnit.MINUTES), false);
        }
        Instant hour = from.truncatedTo(ChronoUnit.HOURS);
        return new Span(hour.equals(from) ? hour : hour.plus(HOUR), to.truncatedTo(ChronoUnit.HOURS), true);
    }

    Duration period() {
        return isLong ? HOUR : Duration.ofMinutes(1);
    }
}
