package dev.greenlight.cli.show;

import dev.greenlight.cli.demo.DemoReport;
import dev.greenlight.cli.demo.Frame;
import dev.greenlight.cli.demo.Release;
import dev.greenlight.cli.demo.Stagehand;
import dev.greenlight.cli.theatre.Told;
import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Shows the demo on a stream, from a thread of its own: who tells it something never waits for a slow terminal.
 *
 * <p>Everything is shown in the order in which it was told, but of the frames only the latest. Closing waits until all is shown.
 */
public final class Stage implements Stagehand, AutoCloseable {

    private static final Runnable END = () -> {};

    private final Stagehand shown;
    private final PrintStream out;
    private final Paint paint;
    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    private final AtomicReference<Frame> latest = new AtomicReference<>();
    private final Thread painter;

    private Stage(Stagehand shown, PrintStream out, Paint paint) {
        this.shown = shown;
        this.out = out;
        this.paint = paint;
        this.painter = Thread.ofPlatform().daemon().name("stage").start(this::show);
    }

    /** A screen that is redrawn in place where {@code terminal} is live, plain lines elsewhere. */
    public static Stage on(PrintStream out, Terminal terminal) {
        Paint paint = new Paint(terminal.colour());
        Stagehand shown = terminal.live() ? new LiveScreen(out, terminal, paint) : new PlainLines(out, terminal, paint);
        return new Stage(shown, out, paint);
    }

    @Override
    public void chapter(String title) {
        waiting.add(() -> shown.chapter(title));
    }

    @Override
    public void told(Told told) {
        waiting.add(() -> shown.told(told));
    }

    @Override
    public void frame(Frame frame) {
        if (latest.getAndSet(frame) == null) {
            waiting.add(() -> shown.frame(latest.getAndSet(null)));
        }
    }

    @Override
    public void over(Release release) {
        waiting.add(() -> shown.over(release));
    }

    /** The last line: what was kept, or what was not. */
    public void end(DemoReport report) {
        waiting.add(() -> out.println(System.lineSeparator() + Closing.line(report, paint)));
    }

    @Override
    public void close() throws InterruptedException {
        waiting.add(END);
        painter.join();
    }

    private void show() {
        try {
            for (Runnable next = waiting.take(); next != END; next = waiting.take()) {
                next.run();
                if (waiting.isEmpty()) {
                    out.flush();
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        out.flush();
    }
}
