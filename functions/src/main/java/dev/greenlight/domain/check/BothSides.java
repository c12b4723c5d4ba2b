package dev.greenlight.domain.check;

import dev.greenlight.domain.strategy.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an A/B test came to: both sides in the same time.
 *
 * @param metricBlue nothing where no metric was named
 */
public record BothSides(Traffic blue, Traffic green, Measured metricBlue, Measured metricGreen) {

    /** One verdict for each thing compared, with both sides' figures; too little on either side is no evidence. */
    public List<Verdict> verdicts(Trial trial) {
        List<Verdict> verdicts = new ArrayList<>(List.of(errors(trial.bar()), latency(trial.bar())));
        trial.metric().ifPresent(metric -> verdicts.add(metric(metric, trial.bar())));
        return verdicts;
    }

    private Verdict errors(Trial.Bar bar) {
        String figures = words(
                "%.2f%% of %d requests failed, blue's %.2f%% of %d, %.2f%% more is let pass",
                100 * green.errorShare(),
                green.requests(),
                100 * blue.errorShare(),
                blue.requests(),
                100 * bar.errorShare());
        return verdict(
                "green's errors",
                enough(bar),
                green.errorShare() <= blue.errorShare() + bar.errorShare(),
                enough(bar) ? figures : figures + tooFew(bar.minimumRequests()));
    }

    private Verdict latency(Trial.Bar bar) {
        boolean measured = green.p99Millis().isPresent() && blue.p99Millis().isPresent();
        double of = green.p99Millis().orElse(0);
        double to = blue.p99Millis().orElse(0);
        return verdict(
                "green's latency",
                measured && enough(bar),
                of <= bar.latencyRatio() * to,
                measured
                        ? words(
                                "p99 %.0f ms, blue's %.0f ms, %.2f times as much is let pass",
                                of, to, bar.latencyRatio())
                        : "not measured on both sides");
    }

    private Verdict metric(Trial.Metric metric, Trial.Bar bar) {
        boolean enough = metricBlue.samples() >= metric.minimumSamples()
                && metricGreen.samples() >= metric.minimumSamples()
                && (metric.counted() == Trial.Counted.AVERAGE || enough(bar));
        double of = value(metric, metricGreen, green);
        double to = value(metric, metricBlue, blue);
        double room = Math.abs(to) * metric.tolerance();
        String figures = words(
                "%.4g, blue's %.4g (%d and %d samples), %.1f%% %s is let pass",
                of,
                to,
                metricGreen.samples(),
                metricBlue.samples(),
                100 * metric.tolerance(),
                metric.higherIsBetter() ? "less" : "more");
        return verdict(
                "green's " + metric.name(),
                enough,
                metric.higherIsBetter() ? of >= to - room : of <= to + room,
                enough ? figures : figures + tooFew(metric.minimumSamples()));
    }

    private static double value(Trial.Metric metric, Measured side, Traffic traffic) {
        long by = switch (metric.counted()) {
            case PER_REQUEST -> traffic.requests();
            case AVERAGE -> side.samples();
        };
        return by == 0 ? 0 : side.sum() / by;
    }

    private boolean enough(Trial.Bar bar) {
        return green.requests() >= bar.minimumRequests() && blue.requests() >= bar.minimumRequests();
    }

    private static String tooFew(long needed) {
        return "; each side needs %d to say anything".formatted(needed);
    }

    private static Verdict verdict(String check, boolean enough, boolean holds, String figures) {
        if (!enough) {
            return Verdict.inconclusive(check, figures);
        }
        return holds ? Verdict.pass(check, figures) : Verdict.fail(check, figures);
    }

    private static String words(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
