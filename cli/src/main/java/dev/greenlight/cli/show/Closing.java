package dev.greenlight.cli.show;

import dev.greenlight.cli.demo.DemoReport;
import dev.greenlight.cli.demo.Release;
import java.util.List;
import java.util.stream.Collectors;

/** The last word: what all releases together cost, and whether every promise was kept. */
final class Closing {

    private Closing() {}

    static String line(DemoReport report, Paint paint) {
        return report.kept()
                ? paint.good("✔ kept") + ": " + sum(report)
                : paint.bad("✘ broken") + ": " + String.join("; ", broken(report));
    }

    /** What was counted, in one sentence. */
    static String sum(DemoReport report) {
        long requests = report.releases().stream()
                .mapToLong(r -> r.receipt().requests())
                .sum();
        return "every promise of %s. %s sent, %s. %s."
                .formatted(
                        Figures.count(report.releases().size(), "release"),
                        Figures.count(requests, "request"),
                        failed(report),
                        Figures.seconds(report.seconds()));
    }

    /** What was not kept, each with its release. */
    static List<String> broken(DemoReport report) {
        return report.releases().stream()
                .flatMap(release -> release.brokenPromises().stream().map(broken -> release.name() + ": " + broken))
                .toList();
    }

    private static String failed(DemoReport report) {
        List<Release> lossy =
                report.releases().stream().filter(r -> r.receipt().failed() > 0).toList();
        if (lossy.isEmpty()) {
            return "0 failed";
        }
        return lossy.stream()
                .map(r -> "%s failed (%s, by %s)"
                        .formatted(
                                Figures.count(r.receipt().failed()),
                                r.name(),
                                String.join(", ", r.receipt().failedByVersion().keySet())))
                .collect(Collectors.joining(", "));
    }
}
