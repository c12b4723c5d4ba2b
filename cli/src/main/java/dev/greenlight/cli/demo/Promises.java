package dev.greenlight.cli.demo;

import dev.greenlight.sandbox.receipt.Receipt;
import java.util.ArrayList;
import java.util.List;

/** What the demo claims of each release, checked against what was counted. */
final class Promises {

    /** Seconds within which a warm fleet takes all traffic back. */
    private static final double ROLLBACK_SECONDS = 2;

    private static final long FEWEST_REQUESTS = 500;

    private Promises() {}

    static List<String> broken(Release release) {
        List<String> broken = new ArrayList<>();
        Receipt receipt = release.receipt();
        if (release.outcome() != release.expected().outcome()) {
            broken.add("it ended %s, not %s"
                    .formatted(
                            release.outcome().word(),
                            release.expected().outcome().word()));
        }
        switch (release.expected()) {
            case PROMOTED -> promoted(receipt, broken);
            case REJECTED -> {
                noneFailed(receipt, broken);
                if (receipt.requestsByVersion().containsKey(release.version())) {
                    broken.add("users reached " + release.version());
                }
            }
            case TAKES_ITSELF_BACK -> {
                rolledBack(release, receipt, broken);
                if (release.pipelineFinishedBeforeRollback().orElse(true)) {
                    broken.add("its pipeline did not take it back by itself");
                }
            }
            case TAKEN_BACK_BY_HAND -> {
                rolledBack(release, receipt, broken);
                noneFailed(receipt, broken);
                if (!release.pipelineFinishedBeforeRollback().orElse(false)) {
                    broken.add("its pipeline was not done before it was taken back");
                }
            }
        }
        return broken;
    }

    private static void promoted(Receipt receipt, List<String> broken) {
        if (receipt.requests() < FEWEST_REQUESTS) {
            broken.add("only %d requests were sent, too few to say that none is lost".formatted(receipt.requests()));
        }
        noneFailed(receipt, broken);
    }

    private static void rolledBack(Release release, Receipt receipt, List<String> broken) {
        boolean othersFailed = receipt.failedByVersion().keySet().stream().anyMatch(v -> !v.equals(release.version()));
        if (othersFailed) {
            broken.add("requests failed that the new version did not answer: " + receipt.failedByVersion());
        }
        if (release.wayBackWrites() != 1) {
            broken.add("the way back took %d writes".formatted(release.wayBackWrites()));
        }
        double seconds = receipt.rollbackSeconds().orElse(Double.MAX_VALUE);
        if (seconds >= ROLLBACK_SECONDS) {
            broken.add("the way back took %.1f s".formatted(seconds));
        }
    }

    private static void noneFailed(Receipt receipt, List<String> broken) {
        if (receipt.failed() > 0) {
            broken.add("%d requests failed: %s".formatted(receipt.failed(), receipt.failedByVersion()));
        }
    }
}
