package dev.greenlight.cli.show;

import dev.greenlight.cli.compare.Claim;
import dev.greenlight.cli.compare.CommonTable;
import dev.greenlight.cli.compare.ComparisonReport;
import dev.greenlight.cli.compare.Exposure;
import dev.greenlight.cli.compare.Figure;
import dev.greenlight.cli.compare.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What of a comparison is said in words, whatever it is printed on. */
final class ComparisonCells {

    /** Above this share there is nothing to be said of chance. */
    private static final double ALL = 0.98;

    private ComparisonCells() {}

    /**
     * Where people say something else than what was measured.
     *
     * @param strategies one or more, which have the reason in common
     * @param measured of each of them
     * @param why how that comes
     */
    record Disagreement(List<String> strategies, Figure figure, List<String> measured, String said, String why) {

        String who() {
            return String.join(", ", strategies);
        }

        String numbers() {
            return String.join(", ", measured);
        }

        private boolean like(Figure other, Claim claim) {
            return figure == other && said.equals(claim.words()) && why.equals(reason(claim));
        }
    }

    /** The number with its unit. */
    static String value(Figure figure, Measured measured) {
        double value = figure.of(measured);
        return switch (figure.unit()) {
            case COUNT -> Figures.count(Math.round(value));
            case SECONDS -> seconds(value);
            case MINUTES -> Figures.minutes(value);
            case HOURS -> value < 0.05 ? "0 h" : String.format(Locale.ROOT, "%.1f h", value);
            case SHARE -> Figures.share(value);
        };
    }

    private static String seconds(double value) {
        if (value < 0.005) {
            return "0 s";
        }
        return value < 60 ? String.format(Locale.ROOT, value < 0.95 ? "%.2f s" : "%.1f s", value) : Figures.span(value);
    }

    static Claim claim(Figure figure, Measured measured) {
        return CommonTable.of(measured.name(), figure);
    }

    static boolean disagrees(Figure figure, Measured measured) {
        return !claim(figure, measured).holds(figure.of(measured));
    }

    /** Everything that people say and that was measured otherwise, column by column. */
    static List<Disagreement> disagreements(ComparisonReport report) {
        List<Disagreement> all = new ArrayList<>();
        for (Figure figure : Figure.values()) {
            for (Measured measured : report.strategies()) {
                if (disagrees(figure, measured)) {
                    add(figure, measured, all);
                }
            }
        }
        return all;
    }

    private static void add(Figure figure, Measured measured, List<Disagreement> all) {
        Claim claim = claim(figure, measured);
        List<String> strategies = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        all.stream().filter(each -> each.like(figure, claim)).findFirst().ifPresent(like -> {
            strategies.addAll(like.strategies());
            numbers.addAll(like.measured());
            all.remove(like);
        });
        strategies.add(measured.name());
        numbers.add(value(figure, measured));
        all.add(new Disagreement(strategies, figure, numbers, claim.words(), reason(claim)));
    }

    private static String reason(Claim claim) {
        return claim.why().orElse("Nobody expects this: look at its picture.");
    }

    /** Whether as many users met the bad version as the rule had it; empty where no rule gave it a share. */
    static Optional<String> exposure(Measured measured) {
        Exposure exposure = measured.exposure();
        double weight = exposure.weight().orElse(1);
        if (weight > ALL) {
            return Optional.empty();
        }
        double error = exposure.error().orElseThrow();
        boolean chance = Math.abs(exposure.share() - weight) <= error;
        return Optional.of(
                ("%s: while the bad version was out, it answered %s of %s requests. The rule gave it %s, give or take %s by"
                                + " chance (three standard deviations): %s")
                        .formatted(
                                measured.name(),
                                percent(exposure.share()),
                                Figures.count(exposure.requests()),
                                percent(weight),
                                percent(error),
                                chance ? "as it should be" : "more than chance explains"));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    /** Under what it was measured. */
    static String circumstances(ComparisonReport report) {
        int runs = report.strategies().stream().mapToInt(Measured::runs).max().orElse(1);
        return ("%s a second, on four instances; a minute of AWS in %s. An example's waits last a quarter of what it says, though"
                        + " a minute at least and ten at most; the old fleet stays for an hour%s.")
                .formatted(
                        Figures.count(report.perSecond(), "request"),
                        Figures.span(60 / report.factor()),
                        runs == 1
                                ? ""
                                : "; %d good releases each, their losses summed, their times and calls averaged"
                                        .formatted(runs));
    }
}
