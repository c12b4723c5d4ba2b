package dev.greenlight.sandbox.receipt;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.greenlight.sandbox.load.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What a cutover cost, counted from real answers.
 *
 * @param requests requests that were due in the window and have ended
 * @param failed those without a whole answer of status 2xx or 3xx
 * @param requestsByVersion requests by the version that answered, {@value #NO_VERSION} if none did
 * @param failedByVersion the failed ones, likewise; only versions that failed any
 * @param p50Millis median latency from the intended time of sending; empty without requests
 * @param p99Millis the same at 99 %
 * @param switchSeconds wall seconds from the last call that shifted to the last answer of the side that left; empty
 *     without such a call, or if that side was still answering when the next call, or the window's end, came
 * @param rollbackSeconds the same from the last call that rolled back
 * @param buckets the window in slices of equal width, in order
 */
public record Receipt(
        long requests,
        long failed,
        Map<String, Long> requestsByVersion,
        Map<String, Long> failedByVersion,
        OptionalDouble p50Millis,
        OptionalDouble p99Millis,
        OptionalDouble switchSeconds,
        OptionalDouble rollbackSeconds,
        List<Bucket> buckets) {

    /** Stands for the version where no release answered: a load balancer's own error, or a lost connection. */
    public static final String NO_VERSION = "none";

    /** A side counts as gone when this many answers in a row, the last of the segment, are not its. */
    private static final int GONE_AFTER = 10;

    private static final int MOST_BUCKETS = 10_000;

    public Receipt {
        requestsByVersion = sorted(requestsByVersion);
        failedByVersion = sorted(failedByVersion);
        buckets = List.copyOf(buckets);
    }

    /**
     * Counts the samples of a window.
     *
     * @param samples all that is known, in any order; what is outside of the window is left out
     * @param marks the calls that moved traffic; those outside of the window are left out
     * @param bucketWidth wall time of one slice; the last one may be shorter
     */
    public static Receipt of(List<Sample> samples, Window window, List<Mark> marks, Duration bucketWidth) {
        List<Sample> counted = samples.stream()
                .filter(window::covers)
                .sorted(Comparator.comparing(Sample::answeredAt))
                .toList();
        List<Sample> failures = counted.stream().filter(Sample::failed).toList();
        List<Mark> calls = marks.stream()
                .filter(mark -> window.covers(mark.at()))
                .sorted(Comparator.comparing(Mark::at))
                .toList();
        Histogram latencies = latencies(counted);
        return new Receipt(
                counted.size(),
                failures.size(),
                byVersion(counted),
                byVersion(failures),
                percentile(latencies, 50),
                percentile(latencies, 99),
                secondsToLeave(Mark.Kind.SHIFT, calls, counted),
                secondsToLeave(Mark.Kind.ROLL_BACK, calls, counted),
                buckets(counted, window, bucketWidth));
    }

    static Map<String, Long> sorted(Map<String, Long> counts) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    private static Map<String, Long> byVersion(List<Sample> samples) {
        return samples.stream().collect(groupingBy(sample -> sample.version().orElse(NO_VERSION), counting()));
    }

    private static Histogram latencies(List<Sample> samples) {
        Histogram micros = new Histogram(3);
        for (Sample sample : samples) {
            micros.recordValue(sample.latency().toNanos() / 1000);
        }
        return micros;
    }

    private static OptionalDouble percentile(Histogram micros, double percent) {
        return micros.getTotalCount() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(micros.getValueAtPercentile(percent) / 1000.0);
    }

    /** The samples are in the order of their answers, the calls in the order in which they were made. */
    private static OptionalDouble secondsToLeave(Mark.Kind kind, List<Mark> calls, List<Sample> samples) {
        for (int i = calls.size() - 1; i >= 0; i--) {
            if (calls.get(i).kind() == kind) {
                Instant until = i + 1 < calls.size() ? calls.get(i + 1).at() : Instant.MAX;
                return secondsToLeave(calls.get(i), until, samples);
            }
        }
        return OptionalDouble.empty();
    }

    private static OptionalDouble secondsToLeave(Mark call, Instant until, List<Sample> samples) {
        List<Sample> after = samples.stream()
                .filter(sample -> !sample.answeredAt().isBefore(call.at())
                        && sample.answeredAt().isBefore(until))
                .toList();
        Instant last = call.at();
        int othersSince = 0;
        for (Sample sample : after) {
            if (sample.version().filter(call.leaving()::equals).isPresent()) {
                last = sample.answeredAt();
                othersSince = 0;
            } else {
                othersSince++;
            }
        }
        return othersSince < GONE_AFTER
                ? OptionalDouble.empty()
                : OptionalDouble.of(Duration.between(call.at(), last).toNanos() / 1e9);
    }

    private static List<Bucket> buckets(List<Sample> samples, Window window, Duration width) {
        long count = Math.ceilDiv(Duration.between(window.from(), window.to()).toNanos(), width.toNanos());
        if (count > MOST_BUCKETS) {
            throw new IllegalArgumentException(count + " buckets, " + MOST_BUCKETS + " at most");
        }
        Map<Long, List<Sample>> slices = samples.stream()
                .collect(groupingBy(sample ->
                        Duration.between(window.from(), sample.intendedAt()).toNanos() / width.toNanos()));
        List<Bucket> buckets = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            List<Sample> slice = slices.getOrDefault(i, List.of());
            List<Sample> failures = slice.stream().filter(Sample::failed).toList();
            buckets.add(new Bucket(window.from().plus(width.multipliedBy(i)), byVersion(slice), byVersion(failures)));
        }
        return buckets;
    }
}
