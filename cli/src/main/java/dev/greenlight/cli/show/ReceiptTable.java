package dev.greenlight.cli.show;

import dev.greenlight.cli.demo.Release;
import java.util.ArrayList;
import java.util.List;

/** A release's receipt as lines of text. */
final class ReceiptTable {

    /** Characters around the three columns. */
    private static final int MARGINS = 6;

    private final Paint paint;
    private final int columns;

    ReceiptTable(Paint paint, int columns) {
        this.paint = paint;
        this.columns = columns;
    }

    List<String> lines(Release release) {
        List<String> lines = new ArrayList<>();
        lines.add(head(release));
        lines.add("  " + paint.dim("because ") + release.verdict());
        List<ReceiptRow> rows = ReceiptRow.of(release);
        int labels = widest(rows.stream().map(ReceiptRow::label).toList());
        int values = widest(rows.stream().map(ReceiptRow::value).toList());
        for (ReceiptRow row : rows) {
            String label = "  " + paint.dim(padded(row.label(), labels)) + "  ";
            if (MARGINS + labels + values + row.meaning().length() <= columns) {
                lines.add(label + paint.bold(padded(row.value(), values)) + "  " + row.meaning());
            } else {
                lines.add(label + paint.bold(row.value()));
                lines.add("  " + " ".repeat(labels) + "  " + paint.dim(row.meaning()));
            }
        }
        release.brokenPromises().forEach(broken -> lines.add("  " + paint.bad("✘ promise broken: " + broken)));
        return lines;
    }

    private String head(Release release) {
        boolean kept = release.brokenPromises().isEmpty();
        String sign = kept ? paint.good("✔") : paint.bad("✘");
        String versions = release.previous().map(before -> before + " → ").orElse("") + release.version();
        return "%s %s  %s  %s%s"
                .formatted(
                        sign,
                        paint.bold(release.name()),
                        versions,
                        paint.bold(release.outcome().word()),
                        kept ? ", as it should be" : "");
    }

    private static int widest(List<String> words) {
        return words.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String words, int width) {
        return words + " ".repeat(width - words.length());
    }
}
