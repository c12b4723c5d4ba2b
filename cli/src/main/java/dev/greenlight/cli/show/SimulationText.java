package dev.greenlight.cli.show;

import dev.greenlight.cli.simulate.Findings;
import dev.greenlight.cli.simulate.Violation;
import dev.greenlight.cli.simulate.Worst;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What a simulation found, for people who run a service: what was tried, what never happened, and how bad it got. */
public final class SimulationText {

    /** Stories that are told in full; all of them are in the JSON. */
    private static final int TOLD = 5;

    private static final String INDENT = "  ";
    private static final int COLUMN = 54;

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
        played(findings);
        section("What was tried", tried(findings.tried()));
        rules(findings);
        worst(report);
        section("What these settings mean", report.settings());
        section("What these lives do not show", report.unplayed());
        findings.violations().stream().limit(TOLD).forEach(violation -> story(violation, report));
        out.println();
        out.println(closing(findings));
        out.flush();
    }

    private void played(Findings findings) {
        out.println("%s with %s, %s to AWS, %s that went wrong; %s"
                .formatted(
                        lives(findings.lives()),
                        Figures.count(findings.rollouts(), "rollout"),
                        Figures.count(findings.awsCalls(), "call"),
                        Figures.count(findings.faults(), "thing"),
                        Figures.span(findings.took().toSeconds())));
        out.println(
                paint.dim("A life is one service for some hours: its releases, what people do, what AWS does wrong."));
        out.println(paint.dim("AWS is simulated; the functions are the deployed ones."));
        if (!findings.complete()) {
            out.println(paint.warn("stopped before its end: this is what was found so far"));
        }
        if (!findings.idle().isEmpty()) {
            out.println(paint.warn("nothing went wrong in %s that were to show it: %s"
                    .formatted(lives(findings.idle().size()), String.join(", ", findings.idle()))));
        }
        findings.breakdown()
                .ifPresent(broken -> out.println(paint.bad(
                        "the simulator broke off in the life of %s: %s".formatted(broken.life(), broken.cause()))));
    }

    /** The most frequent first, down one column and then the next. */
    private static List<String> tried(Map<String, Long> tried) {
        int width = tried.values().stream()
                .mapToInt(count -> Figures.count(count).length())
                .max()
                .orElse(1);
        List<String> entries = tried.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> ("%" + width + "s × %s").formatted(Figures.count(entry.getValue()), entry.getKey()))
                .toList();
        int rows = Math.ceilDiv(entries.size(), 2);
        return IntStream.range(0, rows)
                .mapToObj(row -> row + rows < entries.size()
                        ? ("%-" + COLUMN + "s %s").formatted(entries.get(row), entries.get(row + rows))
                        : entries.get(row))
                .toList();
    }

    private void rules(Findings findings) {
        Map<Integer, Integer> broken = new TreeMap<>();
        findings.violations().forEach(violation -> broken.merge(violation.rule(), 1, Integer::sum));
        heading("What had to hold, whatever happened (looked at %s)"
                .formatted(Figures.count(findings.rulesChecked(), "time")));
        for (int rule = 1; rule <= Promised.rules(); rule++) {
            String line = "%2d  %s".formatted(rule, Promised.words(rule));
            out.println(INDENT
                    + (broken.containsKey(rule)
                            ? paint.bad("✘ %s: not so in %s".formatted(line, lives(broken.get(rule))))
                            : findings.asked().containsKey(rule)
                                    ? paint.good("✔") + " " + line
                                    : paint.dim("–") + " " + line
                                            + paint.dim(": nothing in these lives asked for it")));
        }
    }

    private void worst(SimulationReport report) {
        Map<Worst.Kind, Worst.Seen> kinds = report.findings().worst().kinds();
        if (kinds.isEmpty()) {
            return;
        }
        heading("The worst that was seen, and how to see it again");
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
            case HEALTHY_UNDER_TRAFFIC ->
                "of the instances that the load needed were healthy; dying ones and hands on the weights are in this";
            case SECONDS_ON_BAD_VERSION -> "with users on a version that fails some of their requests";
            case SECONDS_TO_ROLL_BACK -> "from a person's first call to RollBack until all traffic was back";
            case CALLS_OF_A_ROLLOUT -> "to AWS for one rollout, with all that came after it";
            case CALLS_OF_AN_INVOCATION -> "to AWS by one call of one function";
            case SECONDS_TO_REST -> "after the last thing that anybody did, until nothing was left to do";
        };
    }

    private void story(Violation violation, SimulationReport report) {
        out.println();
        out.println(paint.bad("✘ rule %d broken: %s".formatted(violation.rule(), Promised.words(violation.rule()))));
        out.println(INDENT + violation.what());
        out.println(INDENT
                + "It happened in the life of %s; here it is as short as it could be made:"
                        .formatted(violation.life()));
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

    private static String untold(int broken) {
        return broken <= TOLD ? "" : "; %d of them are told above, --json has all".formatted(TOLD);
    }

    private String closing(Findings findings) {
        int broken = findings.violations().size();
        if (broken > 0) {
            return paint.bad("✘ %s broke a rule".formatted(lives(broken))) + untold(broken);
        }
        if (findings.breakdown().isPresent()) {
            return paint.bad("✘ the simulator broke off: this says nothing of the rules");
        }
        return findings.lives() == 0 ? paint.warn("no life was played to its end") : paint.good("✔ no rule was broken");
    }

    private static String lives(long number) {
        return number == 1 ? "1 life" : Figures.count(number) + " lives";
    }
}
