package dev.greenlight.cli.show;

import dev.greenlight.cli.demo.Frame;
import dev.greenlight.cli.demo.Release;
import dev.greenlight.cli.demo.Stagehand;
import dev.greenlight.cli.theatre.Told;
import java.io.PrintStream;
import java.util.List;

/** Shows the demo on a terminal: one block of lines, redrawn in place; above it stays what is over. */
final class LiveScreen implements Stagehand {

    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    /** A window made narrower would wrap lines, and going up would no longer find the block's first one. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    private final PrintStream out;
    private final int columns;
    private final Paint paint;
    private final StatusLines status;
    private final ReceiptTable receipts;
    private final Story story = new Story();
    private int drawn;

    LiveScreen(PrintStream out, Terminal terminal, Paint paint) {
        this.out = out;
        this.columns = terminal.columns();
        this.paint = paint;
        this.status = new StatusLines(paint);
        this.receipts = new ReceiptTable(paint, terminal.columns());
    }

    @Override
    public void chapter(String title) {
        wipe();
        keepStory();
        out.println();
        out.println(paint.bold(title));
        out.flush();
    }

    @Override
    public void told(Told told) {
        story.add(told);
    }

    @Override
    public void frame(Frame frame) {
        List<String> lines = status.of(frame, story.lines());
        StringBuilder screen = new StringBuilder(NO_WRAP).append(up());
        lines.forEach(line ->
                screen.append(Paint.cut(line, columns)).append(CLEAR_LINE).append('\n'));
        out.print(screen.append(CLEAR_BELOW).append(WRAP));
        out.flush();
        drawn = lines.size();
    }

    @Override
    public void over(Release release) {
        wipe();
        keepStory();
        receipts.lines(release).forEach(out::println);
        out.flush();
    }

    /** What changed something stays on the screen for good; waiting does not. */
    private void keepStory() {
        story.lines().stream()
                .filter(line -> !line.hold())
                .forEach(line -> out.println(Paint.cut(status.decision(line), columns)));
        story.clear();
    }

    private void wipe() {
        out.print(up() + CLEAR_BELOW);
        drawn = 0;
    }

    private String up() {
        return drawn == 0 ? "" : "\r\u001b[" + drawn + "A";
    }
}
