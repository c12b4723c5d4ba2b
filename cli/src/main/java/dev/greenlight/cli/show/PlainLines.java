package dev.greenlight.cli.show;

import dev.greenlight.cli.demo.Frame;
import dev.greenlight.cli.demo.Release;
import dev.greenlight.cli.demo.Stagehand;
import dev.greenlight.cli.theatre.Told;
import java.io.PrintStream;
import java.util.stream.Collectors;

/** Shows the demo as lines that stay: for pipes, files and the logs of a CI. */
final class PlainLines implements Stagehand {

    /** Wall seconds between two lines that only say how far it is. */
    private static final double PROGRESS_SECONDS = 5;

    private final PrintStream out;
    private final ReceiptTable receipts;
    private final Story story = new Story();
    private double saidAt;

    PlainLines(PrintStream out, Terminal terminal, Paint paint) {
        this.out = out;
        this.receipts = new ReceiptTable(paint, terminal.columns());
    }

    @Override
    public void chapter(String title) {
        story.clear();
        out.println();
        out.println("== " + title);
    }

    @Override
    public void told(Told told) {
        if (story.add(told)) {
            out.println("%s  %-10s %s".formatted(Figures.clock(told.sandboxAt()), told.decision(), told.reason()));
        }
    }

    @Override
    public void frame(Frame frame) {
        if (frame.seconds() - saidAt >= PROGRESS_SECONDS) {
            saidAt = frame.seconds();
            out.println("%s  %-10s %s; set %s, seen %s; %s; %s sent, %s failed"
                    .formatted(
                            Figures.clock(frame.sandboxTime()),
                            "…",
                            frame.pipeline(),
                            frame.routing(),
                            StatusLines.shares(frame),
                            frame.fleets().stream().map(PlainLines::fleet).collect(Collectors.joining(", ")),
                            Figures.count(frame.sent()),
                            Figures.count(frame.failed())));
        }
    }

    @Override
    public void over(Release release) {
        out.println();
        receipts.lines(release).forEach(out::println);
    }

    private static String fleet(Frame.FleetLine line) {
        return "%s %s %s %d/%d healthy"
                .formatted(line.fleet(), line.role(), line.version().orElse("empty"), line.healthy(), line.instances());
    }
}
