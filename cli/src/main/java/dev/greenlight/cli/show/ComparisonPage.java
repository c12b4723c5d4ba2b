package dev.greenlight.cli.show;

import dev.greenlight.cli.compare.Advice;
import dev.greenlight.cli.compare.ComparisonReport;
import dev.greenlight.cli.compare.Figure;
import dev.greenlight.cli.compare.Measured;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The measured table as a page: what people say under each number, and a picture of each strategy. */
public final class ComparisonPage {

    private ComparisonPage() {}

    /** The whole file, to be stored as UTF-8; it loads nothing from anywhere. */
    public static String of(ComparisonReport report) {
        return PageFrame.around(
                "Greenlight: strategies compared",
                ComparisonStyle.CSS,
                head(report) + table(report) + disagreements(report) + strategies(report) + foot(report));
    }

    private static String head(ComparisonReport report) {
        return """
                <header>
                <h1><i class="light"></i>Strategies, measured</h1>
                <p class="lead">Everyone copies the same table of release strategies. Here each of them has released the same app under \
                the same load: one good version, one that is bad for some of its users, and one that a person takes back. The requests \
                were real. Under each number stands what people say; where the two do not agree, the number is marked.</p>
                <p class="lead">%s</p>
                </header>
                """.formatted(Html.escaped(ComparisonCells.circumstances(report)));
    }

    private static String table(ComparisonReport report) {
        String titles = Stream.of(Figure.values())
                .map(figure -> "<th class=\"n\" title=\"%s\">%s</th>"
                        .formatted(Html.escaped(figure.meaning()), Html.escaped(figure.title())))
                .collect(Collectors.joining());
        return """
                <div class="wide"><table class="compared">
                <thead><tr><th>strategy</th>%s</tr></thead>
                <tbody>
                %s</tbody></table></div>
                """.formatted(
                titles, report.strategies().stream().map(ComparisonPage::row).collect(Collectors.joining()));
    }

    private static String row(Measured measured) {
        String cells = Stream.of(Figure.values())
                .map(figure -> "<td class=\"n%s\"><b>%s</b><small>%s</small></td>"
                        .formatted(
                                ComparisonCells.disagrees(figure, measured) ? " otherwise" : "",
                                Html.escaped(ComparisonCells.value(figure, measured)),
                                Html.escaped(
                                        ComparisonCells.claim(figure, measured).words())))
                .collect(Collectors.joining());
        return "<tr><td><a href=\"#%1$s\">%1$s</a></td>%2$s</tr>\n".formatted(Html.escaped(measured.name()), cells);
    }

    private static String disagreements(ComparisonReport report) {
        List<ComparisonCells.Disagreement> all = ComparisonCells.disagreements(report);
        String meanings = Stream.of(Figure.values())
                .map(figure -> "<div><dt>%s</dt><dd>%s</dd></div>\n"
                        .formatted(Html.escaped(figure.title()), Html.escaped(figure.meaning())))
                .collect(Collectors.joining());
        String otherwise = all.stream()
                .map(each ->
                        "<div><dt>%s<small>%s</small></dt><dd>People say <i>%s</i>, measured <b>%s</b>. %s</dd></div>\n"
                                .formatted(
                                        Html.escaped(each.who()),
                                        Html.escaped(each.figure().title()),
                                        Html.escaped(each.said()),
                                        Html.escaped(each.numbers()),
                                        Html.escaped(each.why())))
                .collect(Collectors.joining());
        return """
                <div class="columns notes">
                <div>
                <h3>Where people say otherwise</h3>
                %s</div>
                <div>
                <h3>The columns</h3>
                <dl>
                %s</dl>
                </div>
                </div>
                """.formatted(
                        all.isEmpty()
                                ? "<p>Nowhere: each number bears out what people say.</p>\n"
                                : "<dl>\n" + otherwise + "</dl>\n",
                        meanings);
    }

    private static String strategies(ComparisonReport report) {
        return report.strategies().stream().map(ComparisonPage::section).collect(Collectors.joining());
    }

    private static String section(Measured measured) {
        Advice advice = Advice.of(measured.name());
        return """
                <section id="%s">
                <h2>%s</h2>
                <p class="verdict">%s Choose it %s %s</p>
                <div class="pair">
                %s%s</div>
                %s</section>
                """.formatted(
                        Html.escaped(measured.name()),
                        Html.escaped(measured.name()),
                        Html.escaped(advice.does()),
                        Html.escaped(advice.choose()),
                        Html.escaped(advice.mind()),
                        new SmallPicture("A good release", measured.good()).html(),
                        new SmallPicture("A bad release", measured.bad()).html(),
                        ComparisonCells.exposure(measured)
                                .map(words -> "<p class=\"exposure\">%s.</p>\n".formatted(Html.escaped(words)))
                                .orElse(""));
    }

    private static String foot(ComparisonReport report) {
        return """
                <footer>The pictures show who answered, stacked: blue is what served before, green is the release, grey is \
                who got no answer of either, red is what failed, whoever answered it. Times are those of the sandbox's clock, on which hooks, timers and pipelines live; only the way back is \
                the wall's, and what takes longer than some seconds of it is waited for on a clock that runs fast, and counts as it would on \
                the wall. All of it took %s.</footer>
                """.formatted(Html.escaped(Figures.span(report.seconds())));
    }
}
