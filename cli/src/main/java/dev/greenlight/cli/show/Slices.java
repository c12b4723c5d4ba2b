package dev.greenlight.cli.show;

import dev.greenlight.cli.demo.Release;
import dev.greenlight.sandbox.receipt.Bucket;
import dev.greenlight.sandbox.receipt.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Traffic over time as a picture needs it: seconds since the merge, requests per second, versions by role. */
final class Slices {

    private final String version;
    private final Optional<String> previous;
    private final Instant from;
    private final List<Bucket> buckets;
    private final double width;

    /**
     * @param version what was released
     * @param previous what served before; empty before the first
     * @param from the moment of the merge
     */
    Slices(String version, Optional<String> previous, Instant from, List<Bucket> counted) {
        this.version = version;
        this.previous = previous;
        this.from = from;
        this.buckets = whole(counted);
        this.width = buckets.size() < 2
                ? 1
                : seconds(buckets.get(0).from(), buckets.get(1).from());
    }

    static Slices of(Release release) {
        return new Slices(
                release.version(),
                release.previous(),
                release.from(),
                release.receipt().buckets());
    }

    /** The last slice ends with the receipt, so it is shorter and would look like less traffic; a failure in it is shown all the same. */
    private static List<Bucket> whole(List<Bucket> buckets) {
        boolean cut = buckets.size() > 1 && buckets.getLast().failedByVersion().isEmpty();
        return cut ? buckets.subList(0, buckets.size() - 1) : buckets;
    }

    /** How a version stands to the release that the picture is about. */
    enum Role {
        /** It served before the release. */
        BEFORE,
        /** It is the release. */
        RELEASED,
        /** Neither; or no version answered at all. */
        OTHER
    }

    Role role(String answered) {
        if (answered.equals(version)) {
            return Role.RELEASED;
        }
        return previous.filter(answered::equals).isPresent() ? Role.BEFORE : Role.OTHER;
    }

    /** Who answered, in the order in which they are stacked: what served before at the bottom. */
    List<String> versions() {
        Set<String> answered = new TreeSet<>();
        buckets.forEach(bucket -> answered.addAll(bucket.requestsByVersion().keySet()));
        List<String> stacked = new ArrayList<>();
        for (Role role : Role.values()) {
            answered.stream().filter(by -> role(by) == role).forEach(stacked::add);
        }
        return stacked;
    }

    /** How the version is called in a picture. */
    static String name(String answered) {
        return answered.equals(Receipt.NO_VERSION) ? "nobody" : answered;
    }

    int size() {
        return buckets.size();
    }

    /** Seconds since the merge at which slice {@code i} begins; with {@code i} the number of slices, where the last one ends. */
    double from(int i) {
        return i < buckets.size()
                ? second(buckets.get(i).from())
                : buckets.isEmpty() ? width : second(buckets.getLast().from()) + width;
    }

    double second(Instant instant) {
        return seconds(from, instant);
    }

    /** Answers per second of the version in slice {@code i}. */
    double rate(int i, String answered) {
        return buckets.get(i).requestsByVersion().getOrDefault(answered, 0L) / width;
    }

    /** Failed requests per second in slice {@code i}, whoever answered. */
    double failedRate(int i) {
        return sum(buckets.get(i).failedByVersion()) / width;
    }

    long failed(int i) {
        return sum(buckets.get(i).failedByVersion());
    }

    double totalRate(int i) {
        return sum(buckets.get(i).requestsByVersion()) / width;
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(n -> n).sum();
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
