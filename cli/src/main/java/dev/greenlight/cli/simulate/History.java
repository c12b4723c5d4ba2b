package dev.greenlight.cli.simulate;

import dev.greenlight.cli.installed.Journaled;
import dev.greenlight.sandbox.fault.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What happened at a place, told in lines: what people and the world did, what was decided, which calls wrote or went wrong. */
final class History {

    private static final int BEFORE = 40;
    private static final int AFTER = 3;

    private final Place place;

    /** Calls that went well and moved nothing are told only so shortly before the breakage. */
    private static final Duration CLOSE = Duration.ofSeconds(60);

    /** What a hook does every time: its record, its answer. */
    private static final Set<String> ROUTINE =
            Set.of("dynamodb:TransactWriteItems", "codepipeline:PutJobSuccessResult");

    private record Line(Instant at, long order, String text) {

        /** The same decision for the same reason, whatever numbers are in it. */
        boolean repeats(Line other) {
            return (text.startsWith("hold: ") || text.startsWith("stray: "))
                    && plain(text).equals(plain(other.text));
        }

        private static String plain(String text) {
            return text.replaceAll("[0-9]+", "#");
        }
    }

    History(Place place) {
        this.place = place;
    }

    /** The lines around a breakage. */
    List<String> around(Broken broken) {
        List<Line> lines = new ArrayList<>();
        for (Place.Told told : place.told()) {
            lines.add(new Line(told.at(), lines.size(), told.what()));
        }
        for (Journaled entry : place.service().journal().entries()) {
            lines.add(new Line(
                    entry.at(),
                    lines.size(),
                    "%s: %s [%s]".formatted(entry.decision(), entry.reason(), entry.routing())));
        }
        for (Call call : place.sandbox().calls().all()) {
            boolean close = !call.at().isBefore(broken.at().minus(CLOSE));
            if (!call.invocation().isEmpty()
                    && (!call.ok() || RulesWatch.writes(call) && (close || !ROUTINE.contains(call.action())))) {
                lines.add(new Line(
                        call.at(),
                        lines.size(),
                        "call %d %s of %s: %s"
                                .formatted(call.sequence(), call.action(), invocation(call), call.outcome())));
            }
        }
        lines.sort(Comparator.comparing(Line::at).thenComparing(Line::order));
        lines = once(lines);
        int here = (int)
                lines.stream().filter(line -> !line.at().isAfter(broken.at())).count();
        return lines.subList(Math.max(0, here - BEFORE), Math.min(lines.size(), here + AFTER)).stream()
                .map(line -> Scene.time(Duration.between(Place.OPENING, line.at())) + " " + line.text())
                .toList();
    }

    /** Of a decision that is repeated again and again the first and the last time. */
    private static List<Line> once(List<Line> lines) {
        List<Line> once = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            boolean between = i > 0
                    && i + 1 < lines.size()
                    && lines.get(i).repeats(lines.get(i - 1))
                    && lines.get(i).repeats(lines.get(i + 1));
            if (!between) {
                once.add(lines.get(i));
            }
        }
        return once;
    }

    private static String invocation(Call call) {
        return call.invocation().split(" ")[0];
    }
}
