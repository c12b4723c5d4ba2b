package dev.greenlight.sandbox.cloudwatch;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The samples of one metric in one period: each value, and how often it was seen. */
final class Bucket {

    private static final Set<String> PLAIN = Set.of("Sum", "SampleCount", "Average", "Minimum", "Maximum");
    private static final Pattern PERCENTILE = Pattern.compile("p\\d{1,2}(\\.\\d+)?|p100");

    private final TreeMap<Double, Times> samples = new TreeMap<>();
    private double sum;
    private long count;

    private double lastValue = Double.NaN;
    private Times lastTimes;

    /** How often one value was seen. */
    private static final class Times {
        private long seen;
    }

    void add(double value, long times) {
        // Most samples are the same as the one before.
        if (value != lastValue) {
            lastTimes = samples.computeIfAbsent(value, unseen -> new Times());
            lastValue = value;
        }
        lastTimes.seen += times;
        sum += value * times;
        count += times;
    }

    /** The samples of both. */
    Bucket and(Bucket other) {
        Bucket both = new Bucket();
        samples.forEach((value, times) -> both.add(value, times.seen));
        other.samples.forEach((value, times) -> both.add(value, times.seen));
        return both;
    }

    /**
     * The statistic of the samples, of which there must be some.
     *
     * @param name a {@linkplain #check checked} name: Sum, SampleCount, Average, Minimum, Maximum, or a percentile such as p99 or p99.9
     */
    double statistic(String name) {
        return switch (name) {
            case "Sum" -> sum;
            case "SampleCount" -> count;
            case "Average" -> sum / count;
            case "Minimum" -> samples.firstKey();
            case "Maximum" -> samples.lastKey();
            default -> percentile(Double.parseDouble(name.substring(1)) / 100);
        };
    }

    /** Refuses a name that is no statistic, also where there is nothing to count. */
    static void check(String name) {
        if (!PLAIN.contains(name) && !PERCENTILE.matcher(name).matches()) {
            throw new IllegalArgumentException("The value " + name + " for parameter Stat is not supported.");
        }
    }

    private double percentile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (Map.Entry<Double, Times> sample : samples.entrySet()) {
            seen += sample.getValue().seen;
            if (seen >= rank) {
                return sample.getKey();
            }
        }
        return samples.lastKey();
    }
}
