package dev.greenlight.cli.show;

import dev.greenlight.cli.simulate.Findings;
import dev.greenlight.cli.simulate.Violation;
import dev.greenlight.cli.simulate.Worst;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a simulation found, for people who run a service: what was tried, what never happened, and how bad it got. */
public final class SimulationText {

    /** Stories that are told in full; all of them are in the JSON. */
    private static final int TOLD = 5;

    private static final String INDENT = "  ";

    private final PrintStream out;
    private final Paint paint;

    public SimulationText(PrintStream out, Terminal terminal) {
        this.out = out;
        this.paint = new Paint(terminal.colour());
    }

    /** Prints all of it; the last line says whether a rule was broken. */
    public void print(SimulationReport report) {
        Findings findings = report.findings();
        out.println(paint.bold("greenlight simulate") + "  " + report.whose());
        played(report);
        section("What was tried", tried(findings.tried()));
        never(findings);
        worst(report);
        section("What these settings mean", report.settings());
        section("What these lives do not show", report.unplayed());
        findings.violations().stream().limit(TOLD).forEach(violation -> story(violation, report));
        out.println();
        out.println(closing(findings));
        out.flush();
    }

    private void played(SimulationReport report) {
        Findings findings = report.findings();
        double seconds = findings.took().toMillis() / 1000.0;
        out.println("%s with %s, %s to AWS, %s that went wrong; %s"
                .formatted(
                        Figures.count(findings.lives(), "life").replace("lifes", "lives"),
                        Figures.count(findings.rollouts(), "rollout"),
                        Figures.count(findings.awsCalls(), "call"),
                        Figures.count(findings.faults(), "thing"),
                        Figures.span(seconds)));
        out.println(paint.dim(
                "A life is one service for some hours: its releases, what people do, and what AWS does wrong. AWS is"
                        + " simulated; the functions are the deployed ones."));
        if (!findings.complete()) {
            out.println(paint.warn("stopped before its end: this is what was found so far"));
        }
    }

    private static List<String> tried(Map<String, Long> tried) {
        int width = tried.values().stream()
                .mapToInt(count -> Figures.count(count).length())
                .max()
                .orElse(1);
        return tried.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> ("%" + width + "s × %s").formatted(Figures.count(entry.getValue()), entry.getKey()))
                .toList();
    }

    private void never(Findings findings) {
        Map<Integer, Integer> broken = new TreeMap<>();
        findings.violations().forEach(violation -> broken.merge(violation.rule(), 1, Integer::sum));
        heading("What never happened (asked %s)".formatted(Figures.count(findings.rulesChecked(), "time")));
        for (int rule = 1; rule <= Promised.rules(); rule++) {
            boolean kept = !broken.containsKey(rule);
            String line = "%2d  %s".formatted(rule, Promised.never(rule));
            out.println(
                    kept
                            ? INDENT + paint.good("✔") + " " + line
                            : INDENT
                                    + paint.bad("✘ " + line + ": in "
                                            + Figures.count(broken.get(rule), "life")
                                                    .replace("lifes", "lives")));
        }
    }

    private void worst(SimulationReport report) {
        Map<Worst.Kind, Worst.Seen> kinds = report.findings().worst().kinds();
        if (kinds.isEmpty()) {
            return;
        }
        heading("The worst that was seen");
        kinds.forEach((kind, seen) -> {
            out.println(INDENT + "%-12s %s".formatted(value(kind, seen.value()), meaning(kind)));
            out.println(INDENT + paint.dim("%-12s %s".formatted("", report.again(seen.replay()))));
        });
    }

    private static String value(Worst.Kind kind, double value) {
        return switch (kind) {
            case HEALTHY_UNDER_TRAFFIC -> Figures.share(value);
            case SECONDS_ON_BAD_VERSION, SECONDS_TO_ROLL_BACK, SECONDS_TO_REST -> Figures.span(value);
            case CALLS_OF_A_ROLLOUT, CALLS_OF_AN_INVOCATION -> Figures.count(Math.round(value), "call");
        };
    }

    private static String meaning(Worst.Kind kind) {
        return switch (kind) {
            case HEALTHY_UNDER_TRAFFIC -> "of the healthy instances that the load needed, at the worst moment";
            case SECONDS_ON_BAD_VERSION -> "with users on a version that fails some of their requests";
            case SECONDS_TO_ROLL_BACK -> "from a person's call to RollBack until all traffic was back";
            case CALLS_OF_A_ROLLOUT -> "to AWS for one rollout";
            case CALLS_OF_AN_INVOCATION -> "to AWS by one call of one function";
            case SECONDS_TO_REST -> "after the last thing that anybody did, until nothing was left to do";
        };
    }

    private void story(Violation violation, SimulationReport report) {
        out.println();
        out.println(paint.bad("✘ rule %d: %s".formatted(violation.rule(), Promised.never(violation.rule()))));
        out.println(INDENT + violation.what());
        out.println(INDENT
                + "This happened in the life of %s, here as short as it could be made:".formatted(violation.life()));
        violation.history().forEach(line -> out.println(INDENT + INDENT + line));
        out.println(INDENT + paint.dim("again  ") + report.again(violation.replay()));
    }

    private void section(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            heading(title);
            lines.forEach(line -> out.println(INDENT + line));
        }
    }

    private void heading(String title) {
        out.println();
        out.println(paint.bold(title));
    }

    private String closing(Findings findings) {
        int broken = findings.violations().size();
        if (broken == 0) {
            return paint.good("✔ no rule was broken");
        }
        String untold = broken <= TOLD ? "" : "; %d are told above, --json has all".formatted(TOLD);
        return paint.bad("✘ %s broke a rule".formatted(broken == 1 ? "1 life" : Figures.count(broken) + " lives"))
                + untold;
    }
}
