package dev.greenlight.cli.compare;

import dev.greenlight.sandbox.load.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the answers of one release say, in the time of the sandbox's clock.
 *
 * @param samples in the order of their answers
 */
record Answers(List<Sample> samples) {

    /** One lost request is a loss; so many in a row, with no good answer in between, are a service that is down. */
    private static final int DOWN_AFTER = 5;

    Answers {
        samples = List.copyOf(samples);
    }

    long failed() {
        return samples.stream().filter(Sample::failed).count();
    }

    /** Time in which no request was answered well: from the last good answer to the next one, where enough were asked for in vain. */
    Duration downtime() {
        Duration downtime = Duration.ZERO;
        Optional<Instant> good = Optional.empty();
        int vain = 0;
        for (Sample sample : samples) {
            if (sample.failed()) {
                vain++;
                continue;
            }
            if (vain >= DOWN_AFTER) {
                downtime = downtime.plus(between(good.orElse(samples.getFirst().sandboxAt()), sample.sandboxAt()));
            }
            vain = 0;
            good = Optional.of(sample.sandboxAt());
        }
        if (vain >= DOWN_AFTER) {
            downtime = downtime.plus(between(
                    good.orElse(samples.getFirst().sandboxAt()),
                    samples.getLast().sandboxAt()));
        }
        return downtime;
    }

    /** From the first answer of the new version to the last one of the old; nothing where the old one was gone by then. */
    Duration mixed(String before, String released) {
        Optional<Instant> first = samples.stream()
                .filter(sample -> by(sample, released))
                .findFirst()
                .map(Sample::sandboxAt);
        Optional<Instant> last = samples.reversed().stream()
                .filter(sample -> by(sample, before))
                .findFirst()
                .map(Sample::sandboxAt);
        return first.isPresent() && last.isPresent() ? between(first.get(), last.get()) : Duration.ZERO;
    }

    /** The last answer that was not a good one of the version; empty where all were. */
    Optional<Instant> lastOther(String version) {
        return samples.reversed().stream()
                .filter(sample -> sample.failed() || !by(sample, version))
                .findFirst()
                .map(Sample::sandboxAt);
    }

    /** Whether the last answers, so many of them, were all good ones of the version. */
    boolean back(String version, int since) {
        return samples.size() >= since
                && samples.subList(samples.size() - since, samples.size()).stream()
                        .allMatch(sample -> !sample.failed() && by(sample, version));
    }

    boolean answeredBy(String version) {
        return samples.stream().anyMatch(sample -> by(sample, version));
    }

    private static boolean by(Sample sample, String version) {
        return sample.version().filter(version::equals).isPresent();
    }

    private static Duration between(Instant from, Instant to) {
        return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
    }
}
