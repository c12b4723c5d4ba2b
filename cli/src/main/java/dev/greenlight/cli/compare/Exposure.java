package dev.greenlight.cli.compare;

import dev.greenlight.cli.theatre.WeightsWritten;
import dev.greenlight.sandbox.load.Sample;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToIntFunction;

/**
 * Who met a bad version while it was out: between its first answer and its last one.
 *
 * @param requests those that were answered in between
 * @param bad how many of them by the bad version
 * @param weight the share that the rule gave it on average, 0 to 1; empty where no rule says so
 */
public record Exposure(long requests, long bad, OptionalDouble weight) {

    private static final int SIGMAS = 3;

    /** Nobody met it. */
    public static Exposure none() {
        return new Exposure(0, 0, OptionalDouble.empty());
    }

    /**
     * Counts the samples between the first and the last answer of {@code version}. The two that mark the time are not counted: it begins
     * and ends with them because they are its, which would look like a larger share than the rule gives.
     *
     * @param samples in the order of their answers
     * @param weights what was written to the rule since before the first sample, oldest first; empty where no rule says so
     * @param green percent for the bad version of what was written
     */
    static Exposure of(
            List<Sample> samples, String version, List<WeightsWritten> weights, ToIntFunction<WeightsWritten> green) {
        int first = -1;
        int last = -1;
        for (int i = 0; i < samples.size(); i++) {
            if (samples.get(i).version().filter(version::equals).isPresent()) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        if (first < 0) {
            return none();
        }
        boolean enough = last - first > 2;
        List<Sample> out = enough ? samples.subList(first + 1, last) : samples.subList(first, last + 1);
        long bad = out.stream()
                .filter(sample -> sample.version().filter(version::equals).isPresent())
                .count();
        return new Exposure(out.size(), bad, weight(out, weights, green));
    }

    private static OptionalDouble weight(
            List<Sample> samples, List<WeightsWritten> weights, ToIntFunction<WeightsWritten> green) {
        if (weights.isEmpty()) {
            return OptionalDouble.empty();
        }
        return samples.stream()
                .mapToInt(sample -> weights.stream()
                        .filter(written -> !written.at().isAfter(sample.intendedAt()))
                        .reduce((earlier, later) -> later)
                        .map(green::applyAsInt)
                        .orElse(0))
                .average()
                .stream()
                .map(percent -> percent / 100)
                .findFirst();
    }

    /** The share that met the bad version, 0 to 1. */
    public double share() {
        return requests == 0 ? 0 : (double) bad / requests;
    }

    /** How far by chance alone the share may lie from the weight: three standard deviations of so many draws. */
    public OptionalDouble error() {
        return weight.isEmpty() || requests == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(SIGMAS * Math.sqrt(weight.getAsDouble() * (1 - weight.getAsDouble()) / requests));
    }
}
