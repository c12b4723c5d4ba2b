package dev.greenlight.cli.show;

import dev.greenlight.cli.demo.Outcome;
import dev.greenlight.cli.demo.Release;
import dev.greenlight.sandbox.receipt.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One line of a release's receipt, for people.
 *
 * @param label what was counted
 * @param value the numbers, with units
 * @param meaning what that says to somebody who sees it for the first time
 */
record ReceiptRow(String label, String value, String meaning) {

    /** The receipt of a release, most important first; what does not apply to how it ended has no line. */
    static List<ReceiptRow> of(Release release) {
        List<ReceiptRow> rows = new ArrayList<>();
        rows.add(requests(release));
        rows.add(answers(release));
        rows.add(latency(release.receipt()));
        if (release.outcome() != Outcome.REJECTED) {
            rows.add(switchOver(release));
        }
        if (release.outcome() == Outcome.ROLLED_BACK) {
            rows.add(wayBack(release));
        }
        rows.add(new ReceiptRow(
                "rule writes",
                Figures.count(release.listenerWrites()),
                "how often the production rule was changed, whatever for"));
        rows.add(pipeline(release));
        rows.add(new ReceiptRow("AWS calls", Figures.count(release.awsCalls()), "made by all hooks together"));
        return rows;
    }

    private static ReceiptRow requests(Release release) {
        Receipt receipt = release.receipt();
        return new ReceiptRow(
                "requests",
                "%s sent, %s failed".formatted(Figures.count(receipt.requests()), Figures.count(receipt.failed())),
                failures(release));
    }

    private static String failures(Release release) {
        Receipt receipt = release.receipt();
        if (receipt.failed() == 0) {
            return "nobody saw an error";
        }
        boolean onlyIts = receipt.failedByVersion().keySet().equals(Set.of(release.version()));
        return onlyIts
                ? "each one an answer of %s, the release on trial".formatted(release.version())
                : "failures by the version that answered: " + Figures.byVersion(receipt.failedByVersion());
    }

    private static ReceiptRow answers(Release release) {
        Receipt receipt = release.receipt();
        long its = receipt.requestsByVersion().getOrDefault(release.version(), 0L);
        String share = receipt.requests() == 0 ? Figures.NONE : Figures.share((double) its / receipt.requests());
        String meaning = its == 0
                ? "no user ever reached " + release.version()
                : "%s answered %s of all requests in this picture".formatted(release.version(), share);
        return new ReceiptRow("answered by", Figures.byVersion(receipt.requestsByVersion()), meaning);
    }

    private static ReceiptRow latency(Receipt receipt) {
        return new ReceiptRow(
                "latency",
                "p50 %s, p99 %s".formatted(Figures.millis(receipt.p50Millis()), Figures.millis(receipt.p99Millis())),
                "since each request was due, so no stall can hide");
    }

    private static ReceiptRow switchOver(Release release) {
        Optional<String> left = release.previous();
        String meaning = release.receipt().switchSeconds().isPresent()
                ? "from the write to the last answer of " + left.orElse("what served before")
                : left.map(version -> "not measured: %s was still answering at the end".formatted(version))
                        .orElse("nothing served before");
        return new ReceiptRow("switch", Figures.seconds(release.receipt().switchSeconds()), meaning);
    }

    private static ReceiptRow wayBack(Release release) {
        return new ReceiptRow(
                "way back",
                "%s, %s"
                        .formatted(
                                Figures.seconds(release.receipt().rollbackSeconds()),
                                Figures.count(release.wayBackWrites(), "write")),
                release.pipelineFinishedBeforeRollback().orElse(false)
                        ? "from the call to RollBack to the last answer of " + release.version()
                        : "from the write to the last answer of " + release.version());
    }

    private static ReceiptRow pipeline(Release release) {
        String meaning = "sandbox time from the merge until it was free";
        return new ReceiptRow(
                "pipeline",
                Figures.minutes(release.pipelineMinutes()),
                release.pipelineFinishedBeforeRollback().orElse(false)
                        ? meaning + ", long before the way back"
                        : meaning);
    }
}
