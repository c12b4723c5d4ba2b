package dev.greenlight.sandbox.cloudwatch;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    private final Duration delay;
    private final Map<Metric, TreeMap<Instant, Bucket>> minutes = new HashMap<>();

    /** @param delay from the end of a minute until {@link #published} shows it */
    public MetricStore(Duration delay) {
        this.delay = delay;
    }

    /** Adds a sample, seen {@code times} times. */
    public synchronized void record(Metric metric, Instant at, double value, long times) {
        TreeMap<Instant, Bucket> series = minutes.computeIfAbsent(metric, unseen -> new TreeMap<>());
        Instant minute = at.truncatedTo(ChronoUnit.MINUTES);
        Bucket bucket = series.get(minute);
        if (bucket == null) {
            bucket = new Bucket();
            series.put(minute, bucket);
            series.headMap(minute.minus(KEPT)).clear();
        }
        bucket.add(value, times);
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
        TreeMap<Instant, Bucket> series = minutes.get(metric);
        if (series == null || !from.isBefore(to)) {
            return OptionalDouble.empty();
        }
        Bucket all = null;
        for (Bucket minute : series.subMap(from, to).values()) {
            all = all == null ? minute : all.and(minute);
        }
        return all == null ? OptionalDouble.empty() : OptionalDouble.of(all.statistic(statistic));
    }
}
