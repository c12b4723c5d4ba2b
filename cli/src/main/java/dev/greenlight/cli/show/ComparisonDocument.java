package dev.greenlight.cli.show;

import dev.greenlight.cli.compare.Advice;
import dev.greenlight.cli.compare.ComparisonReport;
import dev.greenlight.cli.compare.Figure;
import dev.greenlight.cli.compare.Measured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The measured table as Markdown, with how to choose: what docs/strategies.md holds. */
public final class ComparisonDocument {

    private ComparisonDocument() {}

    /** The whole file, to be stored as UTF-8. */
    public static String of(ComparisonReport report) {
        return """
                # Strategies, measured

                Everyone copies the same table of release strategies. This one was measured: each strategy released the same app under the same
                load, a good version, one that is bad for a fifth of its users, and one that a person took back. The requests were real, over
                real connections; AWS was simulated. `./greenlight compare --document docs/strategies.md` writes this file anew, and
                `--page FILE` draws what happened.

                ## How to choose

                Begin with blue-green. Take another one if its line speaks of your service.

                %s
                ## The table

                In each place the number that was measured, and under it what people say. Where they do not agree it says ≠.

                %s
                %s

                %s
                ## Where people say otherwise

                %s
                ## Who met the bad version

                %s
                ## For programs

                `./greenlight compare --json` prints this:

                ```json
                %s```
                """.formatted(
                        advice(report),
                        table(report),
                        ComparisonCells.circumstances(report),
                        columns(),
                        disagreements(report),
                        exposures(report),
                        json(report));
    }

    private static String advice(ComparisonReport report) {
        return report.strategies().stream()
                .map(measured -> Advice.of(measured.name()))
                .map(advice -> "- **%s** %s %s %s\n"
                        .formatted(advice.strategy(), advice.choose(), advice.does(), advice.mind()))
                .collect(Collectors.joining());
    }

    private static String table(ComparisonReport report) {
        StringBuilder table = new StringBuilder("| strategy |");
        Stream.of(Figure.values()).forEach(figure -> table.append(" %s |".formatted(figure.title())));
        table.append("\n|---|").append("---|".repeat(Figure.values().length)).append('\n');
        for (Measured measured : report.strategies()) {
            table.append("| **%s** |".formatted(measured.name()));
            for (Figure figure : Figure.values()) {
                table.append(" %s%s<br>*%s* |"
                        .formatted(
                                ComparisonCells.disagrees(figure, measured) ? "≠ " : "",
                                ComparisonCells.value(figure, measured),
                                ComparisonCells.claim(figure, measured).words()));
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static String columns() {
        return Stream.of(Figure.values())
                .map(figure -> "- **%s**: %s (`%s`)\n".formatted(figure.title(), figure.meaning(), figure.key()))
                .collect(Collectors.joining());
    }

    private static String disagreements(ComparisonReport report) {
        List<ComparisonCells.Disagreement> all = ComparisonCells.disagreements(report);
        return all.isEmpty()
                ? "Nowhere: each number bears out what people say.\n"
                : all.stream()
                        .map(each -> "- **%s, %s**: people say *%s*, measured %s. %s\n"
                                .formatted(each.who(), each.figure().title(), each.said(), each.numbers(), each.why()))
                        .collect(Collectors.joining());
    }

    private static String exposures(ComparisonReport report) {
        return report.strategies().stream()
                .flatMap(measured -> ComparisonCells.exposure(measured).stream())
                .map("- %s.\n"::formatted)
                .collect(Collectors.joining());
    }

    private static String json(ComparisonReport report) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try {
            ComparisonJson.write(report, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return json.toString(StandardCharsets.UTF_8);
    }
}
