package dev.greenlight.cli.show;

import dev.greenlight.cli.demo.DemoReport;
import dev.greenlight.cli.demo.Release;
import java.util.stream.Collectors;

/** The report as a page: one HTML file with a picture of each release, which loads nothing from anywhere. */
public final class Page {

    private Page() {}

    /**
     * The whole file, to be stored as UTF-8.
     *
     * <p>It has no script and no link to the outside, follows the reader's choice of light or dark, and is well-formed XML as well. All
     * words that come from the report are escaped.
     */
    public static String of(DemoReport report) {
        StringBuilder page = new StringBuilder(head(report));
        for (int i = 0; i < report.releases().size(); i++) {
            page.append(section(report.releases().get(i), i + 1));
        }
        page.append("""
                <footer>Times in a picture are wall time. The small times in the lists are those of the sandbox's clock, which runs \
                faster; hooks, timers and pipelines live by it. The weight set is what was written to the rule; the areas are what was \
                counted at the client. A picture leaves out the last slice of its receipt, which is cut short, unless something failed in it.</footer>
                """);
        return PageFrame.around("Greenlight demo", "", page.toString());
    }

    private static String head(DemoReport report) {
        return """
                <header>
                <h1><i class="light"></i>Greenlight demo</h1>
                <p class="lead">Each picture shows real requests to a service while a new version of it was released: blue is what \
                served before, green is the release, red is what failed. The numbered marks are the decisions that the hooks took, \
                in their own words, and the receipt under each picture is what the release cost.</p>
                <p class="%s">%s</p>
                %s</header>
                """.formatted(report.kept() ? "banner kept" : "banner broken", banner(report), overview(report));
    }

    private static String banner(DemoReport report) {
        return report.kept()
                ? "<b>Kept:</b> " + Html.escaped(Closing.sum(report))
                : "<b>Broken:</b> " + Html.escaped(String.join("; ", Closing.broken(report)));
    }

    private static String overview(DemoReport report) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < report.releases().size(); i++) {
            Release release = report.releases().get(i);
            rows.append("""
                    <tr><td><a href="#r%d">%s</a></td><td>%s</td><td>%s</td><td class="n">%s</td><td class="n">%s</td>\
                    <td class="n">%s</td><td class="n">%s</td></tr>
                    """.formatted(
                            i + 1,
                            Html.escaped(release.name()),
                            Html.escaped(versions(release)),
                            chip(release),
                            Figures.count(release.receipt().requests()),
                            Figures.count(release.receipt().failed()),
                            Figures.seconds(release.receipt().switchSeconds()),
                            Figures.seconds(release.receipt().rollbackSeconds())));
        }
        return """
                <div class="wide"><table>
                <thead><tr><th>release</th><th>versions</th><th>ended</th><th class="n">requests</th><th class="n">failed</th>\
                <th class="n">switch</th><th class="n">way back</th></tr></thead>
                <tbody>
                %s</tbody></table></div>
                """.formatted(rows);
    }

    private static String section(Release release, int place) {
        var decisions = Decisions.of(release, place);
        return """
                <section id="r%d">
                <h2>%s <span class="versions">%s</span> %s</h2>
                <p class="verdict">%s</p>
                %s%s<div class="columns">
                <div>
                <h3>Receipt</h3>
                <dl>
                %s</dl>
                </div>
                <div>
                <h3>Decisions</h3>
                %s</div>
                </div>
                </section>
                """.formatted(
                        place,
                        Html.escaped(release.name()),
                        Html.escaped(versions(release)),
                        chip(release),
                        Html.escaped(release.verdict()),
                        promises(release),
                        new TrafficChart(release, decisions).html(),
                        receipt(release),
                        Decisions.html(decisions));
    }

    private static String promises(Release release) {
        return release.brokenPromises().stream()
                .map(broken -> "<p class=\"banner broken\"><b>Promise broken:</b> " + Html.escaped(broken) + "</p>\n")
                .collect(Collectors.joining());
    }

    private static String receipt(Release release) {
        return ReceiptRow.of(release).stream()
                .map(row -> "<div><dt>%s</dt><dd><b>%s</b><small>%s</small></dd></div>\n"
                        .formatted(Html.escaped(row.label()), Html.escaped(row.value()), Html.escaped(row.meaning())))
                .collect(Collectors.joining());
    }

    private static String chip(Release release) {
        String css = switch (release.outcome()) {
            case PROMOTED -> "forward";
            case REJECTED, ROLLED_BACK -> "back";
        };
        return "<span class=\"chip %s\">%s</span>"
                .formatted(css, release.outcome().word());
    }

    private static String versions(Release release) {
        return release.previous().map(before -> before + " → ").orElse("") + release.version();
    }
}
