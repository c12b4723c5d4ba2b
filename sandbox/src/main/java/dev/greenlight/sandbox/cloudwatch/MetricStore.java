package dev.greenlight.sandbox.cloudwatch;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Every metric's samples by the minute; a minute shows only some time after it ended, and a minute without samples is no data
 * point at all. Keeps two days. Safe for use by several threads. A statistic is Sum, SampleCount, Average, Minimum, Maximum or a
 * percentile such as p99 or p99.9; another one is an IllegalArgumentException.
 */
public final class MetricStore {

    private static final Duration KEPT = Duration.ofDays(2);
    private static final long MINUTE = 60;

    private final Duration delay;
    private final Map<Metric, Series> minutes = new HashMap<>();

    /** @param delay from the end of a minute until {@link #published} shows it */
    public MetricStore(Duration delay) {
        this.delay = delay;
    }

    /** The samples of one metric: who adds to it every second asks for it once. */
    public synchronized Series series(Metric metric) {
        return minutes.computeIfAbsent(metric, unseen -> new Series());
    }

    /** Adds a sample, seen {@code times} times. */
    public void record(Metric metric, Instant at, double value, long times) {
        series(metric).record(at, value, times);
    }

    /** One metric's samples by the minute. */
    public final class Series {
        private final TreeMap<Instant, Bucket> buckets = new TreeMap<>();
        private long newest = Long.MIN_VALUE;
        private Bucket newestBucket;

        private Series() {}

        /** Adds a sample, seen {@code times} times. */
        public void record(Instant at, double value, long times) {
            synchronized (MetricStore.this) {
                bucket(Math.floorDiv(at.getEpochSecond(), MINUTE)).add(value, times);
            }
        }

        private Bucket bucket(long minute) {
            if (minute != newest) {
                Instant begin = Instant.ofEpochSecond(minute * MINUTE);
                newestBucket = buckets.computeIfAbsent(begin, unseen -> new Bucket());
                newest = minute;
                buckets.headMap(begin.minus(KEPT)).clear();
            }
            return newestBucket;
        }

        private Collection<Bucket> between(Instant from, Instant to) {
            return buckets.subMap(from, to).values();
        }
    }

    /** The statistic over the minutes from {@code from} until before {@code to}, published or not; empty without samples. */
    public synchronized OptionalDouble recorded(Metric metric, String statistic, Instant from, Instant to) {
        return statistic(metric, statistic, from, to);
    }

    /** The statistic over the minutes that CloudWatch shows at {@code now}; empty without samples. */
    public synchronized OptionalDouble published(
            Metric metric, String statistic, Instant from, Instant to, Instant now) {
        Instant shown = now.minus(delay).truncatedTo(ChronoUnit.MINUTES);
        return statistic(metric, statistic, from, to.isBefore(shown) ? to : shown);
    }

    private OptionalDouble statistic(Metric metric, String statistic, Instant from, Instant to) {
        Bucket.check(statistic);
        Series series = minutes.get(metric);
        if (series == null || !from.isBefore(to)) {
            return OptionalDouble.empty();
        }
        Bucket all = null;
        for (Bucket minute : series.between(from, to)) {
            all = all == null ? minute : all.and(minute);
        }
        return all == null ? OptionalDouble.empty() : OptionalDouble.of(all.statistic(statistic));
    }
}
