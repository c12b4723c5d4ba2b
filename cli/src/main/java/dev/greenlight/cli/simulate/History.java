package dev.greenlight.cli.simulate;

import dev.greenlight.cli.installed.Journaled;
import dev.greenlight.sandbox.fault.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What happened at a place, told in lines: what people and the world did, what was decided, which calls wrote or went wrong. */
final class History {

    private static final int BEFORE = 40;
    private static final int AFTER = 3;

    private final Place place;

    private record Line(Instant at, long order, String text) {}

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
            if (!call.invocation().isEmpty() && (RulesWatch.writes(call) || !call.ok())) {
                lines.add(new Line(
                        call.at(),
                        lines.size(),
                        "call %d %s of %s: %s"
                                .formatted(call.sequence(), call.action(), invocation(call), call.outcome())));
            }
        }
        lines.sort(Comparator.comparing(Line::at).thenComparing(Line::order));
        int here = (int)
                lines.stream().filter(line -> !line.at().isAfter(broken.at())).count();
        return lines.subList(Math.max(0, here - BEFORE), Math.min(lines.size(), here + AFTER)).stream()
                .map(line -> Scene.time(Duration.between(Place.OPENING, line.at())) + " " + line.text())
                .toList();
    }

    private static String invocation(Call call) {
        return call.invocation().split(" ")[0];
    }
}
