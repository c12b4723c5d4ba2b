package dev.greenlight.cli.show;

import dev.greenlight.cli.demo.Frame;
import dev.greenlight.cli.theatre.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One frame as the lines of a screen: what is live, what happens to it, and what was decided last. */
final class StatusLines {

    private static final int LATEST = 6;
    private static final int BAR = 24;

    private final Paint paint;

    StatusLines(Paint paint) {
        this.paint = paint;
    }

    List<String> of(Frame frame, List<Story.Line> story) {
        List<String> lines = new ArrayList<>();
        lines.add("%s  %s  %s"
                .formatted(
                        paint.bold("● " + (frame.release().isEmpty() ? "before the first release" : frame.release())),
                        paint.dim("sandbox clock ") + Figures.clock(frame.sandboxTime()),
                        paint.dim("wall ") + "%.1f s".formatted(frame.seconds())));
        lines.add(label("pipeline") + frame.pipeline());
        lines.add(label("traffic") + "set " + frame.routing() + "   seen " + shares(frame) + "  " + bar(frame));
        lines.add(label("requests") + Figures.count(frame.sent()) + " sent, " + failed(frame.failed()));
        for (int i = 0; i < frame.fleets().size(); i++) {
            boolean last = i == frame.fleets().size() - 1 && story.isEmpty();
            lines.add(fleet(frame.fleets().get(i), last ? "└─ " : "├─ "));
        }
        if (!story.isEmpty()) {
            lines.add(paint.dim("└─ decisions, by the sandbox clock"));
            story.subList(Math.max(0, story.size() - LATEST), story.size()).forEach(line -> lines.add(decision(line)));
        }
        return lines;
    }

    /** One decision: when, which, why, and how often it was repeated. */
    String decision(Story.Line line) {
        Told told = line.last();
        String times = line.times() == 1 ? "" : paint.dim("  (×" + line.times() + ")");
        String reason = line.hold() ? paint.dim(told.reason()) : told.reason();
        return "   %s  %s %s%s"
                .formatted(
                        paint.dim(Figures.clock(told.sandboxAt())),
                        paint.decision(told.decision(), "%-10s".formatted(told.decision())),
                        reason,
                        times);
    }

    /** Who answered, as counted: {@code v1 95% v2 5%}. */
    static String shares(Frame frame) {
        return frame.seen().isEmpty()
                ? "nothing yet"
                : frame.seen().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(seen -> seen.getKey() + " " + Figures.share(seen.getValue()))
                        .collect(Collectors.joining(" "));
    }

    private String bar(Frame frame) {
        StringBuilder bar = new StringBuilder();
        frame.fleets().forEach(fleet -> {
            double share = fleet.version()
                    .map(version -> frame.seen().getOrDefault(version, 0.0))
                    .orElse(0.0);
            bar.append(paint.role(fleet.role(), "█".repeat((int) Math.round(share * BAR))));
        });
        return bar.toString();
    }

    private String fleet(Frame.FleetLine fleet, String branch) {
        String dots = "●".repeat(fleet.healthy()) + "○".repeat(Math.max(0, fleet.instances() - fleet.healthy()));
        return paint.dim(branch)
                + paint.role(fleet.role(), "%-6s".formatted(fleet.role()))
                + "fleet %s  %-6s %d/%d healthy  "
                        .formatted(fleet.fleet(), fleet.version().orElse("empty"), fleet.healthy(), fleet.instances())
                + paint.role(fleet.role(), dots);
    }

    private String failed(long failed) {
        String words = Figures.count(failed) + " failed";
        return failed == 0 ? paint.good(words) : paint.bad(words);
    }

    private String label(String words) {
        return paint.dim("%-10s".formatted(words));
    }
}
