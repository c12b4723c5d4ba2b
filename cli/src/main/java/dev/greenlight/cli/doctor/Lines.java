package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.cli.show.Paint;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** A diagnosis as lines for people: what is well in one line each, what is not with what to do about it. */
public final class Lines {

    private static final String INDENT = "    ";
    private static final int LABEL = 8;

    private final PrintStream out;
    private final Paint paint;
    private boolean spaced;

    public Lines(PrintStream out, Paint paint) {
        this.out = out;
        this.paint = paint;
    }

    /** Prints all of it, and at the end how many findings there are of each kind. */
    public void print(Diagnosis diagnosis) {
        out.println(paint.bold("greenlight doctor")
                + "  %s in %s, account %s".formatted(diagnosis.stack(), diagnosis.region(), diagnosis.account()));
        out.println(paint.dim("asked as %s; it read, and changed nothing".formatted(diagnosis.caller())));
        gap();
        diagnosis.places().forEach(this::place);
        gap();
        lacking(diagnosis);
        out.println(closing(diagnosis));
        out.flush();
    }

    private void place(Place place, List<Finding> findings) {
        boolean well = findings.stream().allMatch(Finding.Well.class::isInstance);
        String title = paint.bold(place.title());
        if (well) {
            String words = findings.stream().map(Finding::text).collect(Collectors.joining("; "));
            out.println(paint.good("✔") + " " + title + "  " + paint.dim(words));
            spaced = false;
            return;
        }
        gap();
        out.println("  " + title + "  " + paint.dim(place.id()));
        findings.forEach(this::finding);
        spaced = false;
        gap();
    }

    /** One empty line, however many would want one. */
    private void gap() {
        if (!spaced) {
            out.println();
        }
        spaced = true;
    }

    /** What the one who asks would need is said once, not with every question. */
    private void lacking(Diagnosis diagnosis) {
        List<String> lacking = diagnosis.lacking();
        if (!lacking.isEmpty()) {
            out.println(paint.warn("?") + " to see all of it, whoever runs this must also be allowed:");
            json(Policies.allow(lacking));
            spaced = false;
            gap();
        }
    }

    private void finding(Finding finding) {
        switch (finding) {
            case Finding.Well well -> out.println("  " + paint.good("✔") + " " + paint.dim(well.text()));
            case Finding.Missing missing -> {
                out.println("  " + paint.bad("✘") + " " + missing.text());
                labelled("breaks", missing.breaks());
                remedy(missing.remedy());
            }
            case Finding.Odd odd -> {
                out.println("  " + paint.warn("!") + " " + odd.text());
                remedy(odd.remedy());
            }
            case Finding.Unseen unseen -> {
                out.println("  " + paint.warn("?") + " " + unseen.text());
                if (!unseen.refused()) {
                    remedy(unseen.remedy());
                }
            }
        }
    }

    private void remedy(Remedy remedy) {
        labelled("do", remedy.words());
        remedy.policy().ifPresent(this::json);
    }

    private void json(JsonNode policy) {
        policy.toPrettyString().lines().forEach(line -> out.println(INDENT + " ".repeat(LABEL) + line));
    }

    private void labelled(String label, String words) {
        out.println(INDENT + paint.dim(("%-" + LABEL + "s").formatted(label)) + words);
    }

    private String closing(Diagnosis diagnosis) {
        String counts = "%d missing, %d worth knowing, %d not seen, %d well"
                .formatted(
                        diagnosis.count(Finding.Missing.class),
                        diagnosis.count(Finding.Odd.class),
                        diagnosis.count(Finding.Unseen.class),
                        diagnosis.count(Finding.Well.class));
        return switch (diagnosis.status()) {
            case Diagnosis.WELL -> paint.good("✔ nothing is missing") + ": " + counts;
            case Diagnosis.MISSING -> paint.bad("✘ something must be mended") + ": " + counts;
            default -> paint.warn("? not all of it could be looked at") + ": " + counts;
        };
    }
}
