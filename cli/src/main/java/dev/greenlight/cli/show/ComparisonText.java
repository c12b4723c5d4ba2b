package dev.greenlight.cli.show;

import dev.greenlight.cli.compare.ComparisonReport;
import dev.greenlight.cli.compare.Figure;
import dev.greenlight.cli.compare.Measured;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The measured table as text: under each number, what people say. */
public final class ComparisonText {

    private static final String GAP = "  ";

    private final PrintStream out;
    private final Terminal terminal;
    private final Paint paint;

    public ComparisonText(PrintStream out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
        this.paint = new Paint(terminal.colour());
    }

    public void print(ComparisonReport report) {
        List<Integer> widths = widths(report);
        int width = widths.stream().mapToInt(column -> column + GAP.length()).sum() - GAP.length();
        if (width <= terminal.columns()) {
            table(report, widths);
        } else {
            report.strategies().forEach(this::list);
        }
        List<ComparisonCells.Disagreement> disagreements = ComparisonCells.disagreements(report);
        if (!disagreements.isEmpty()) {
            out.println(paint.bold("Where people say otherwise (*)"));
            disagreements.forEach(each -> wrapped("%s, %s: people say %s, measured %s. %s"
                    .formatted(each.who(), each.figure().title(), each.said(), each.numbers(), each.why())));
        }
        List<String> exposures = report.strategies().stream()
                .flatMap(measured -> ComparisonCells.exposure(measured).stream())
                .toList();
        if (!exposures.isEmpty()) {
            out.println(paint.bold("Who met the bad version"));
            exposures.forEach(this::wrapped);
        }
        out.println(paint.bold("Measured"));
        wrapped(ComparisonCells.circumstances(report));
        Stream.of(Figure.values()).forEach(figure -> wrapped(figure.title() + ": " + figure.meaning()));
    }

    private static List<Integer> widths(ComparisonReport report) {
        List<Integer> widths = new ArrayList<>();
        widths.add(report.strategies().stream()
                .mapToInt(measured -> measured.name().length())
                .max()
                .orElse(0));
        for (Figure figure : Figure.values()) {
            widths.add(report.strategies().stream()
                    .flatMap(measured -> Stream.of(
                            number(figure, measured),
                            ComparisonCells.claim(figure, measured).words()))
                    .mapToInt(String::length)
                    .reduce(figure.title().length(), Math::max));
        }
        return widths;
    }

    private void table(ComparisonReport report, List<Integer> widths) {
        out.println(paint.dim(row(widths, "", Stream.of(Figure.values()).map(Figure::title))));
        for (Measured measured : report.strategies()) {
            out.println(
                    row(widths, measured.name(), Stream.of(Figure.values()).map(figure -> number(figure, measured))));
            out.println(paint.dim(row(
                    widths,
                    "",
                    Stream.of(Figure.values())
                            .map(figure ->
                                    ComparisonCells.claim(figure, measured).words()))));
        }
        out.println();
    }

    private static String row(List<Integer> widths, String name, Stream<String> cells) {
        StringBuilder row = new StringBuilder(("%-" + widths.getFirst() + "s").formatted(name));
        List<String> all = cells.toList();
        for (int i = 0; i < all.size(); i++) {
            row.append(GAP).append(("%" + widths.get(i + 1) + "s").formatted(all.get(i)));
        }
        return row.toString();
    }

    private void list(Measured measured) {
        out.println(paint.bold(measured.name()));
        for (Figure figure : Figure.values()) {
            out.println("  %-15s %-12s %s"
                    .formatted(
                            figure.title(),
                            number(figure, measured),
                            paint.dim(ComparisonCells.claim(figure, measured).words())));
        }
        out.println();
    }

    private static String number(Figure figure, Measured measured) {
        return (ComparisonCells.disagrees(figure, measured) ? "*" : "") + ComparisonCells.value(figure, measured);
    }

    /** Indented, and broken between words. */
    private void wrapped(String words) {
        StringBuilder line = new StringBuilder(GAP);
        for (String word : words.split(" ")) {
            if (line.length() > GAP.length() && line.length() + word.length() > terminal.columns()) {
                out.println(line.toString().stripTrailing());
                line = new StringBuilder(GAP).append(GAP);
            }
            line.append(word).append(' ');
        }
        out.println(line.toString().stripTrailing());
    }
}
