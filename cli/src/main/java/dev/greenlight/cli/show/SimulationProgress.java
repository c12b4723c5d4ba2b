package dev.greenlight.cli.show;

import dev.greenlight.cli.simulate.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Says while a simulation runs how far it is: one line redrawn in place on a terminal, a line now and then elsewhere. */
public final class SimulationProgress implements Progress, AutoCloseable {

    private static final Duration REDRAWN = Duration.ofMillis(200);
    private static final Duration SAID = Duration.ofSeconds(5);
    private static final String CLEAR_LINE = "\u001b[K";

    private final PrintStream out;
    private final Terminal terminal;
    private final Paint paint;
    private final InstantSource wall;
    private Part current = Part.ROLLOUTS;
    private Instant began;
    private Instant last;
    private boolean drawn;

    /** @param wall what the rate and the remaining time are measured by */
    public SimulationProgress(PrintStream out, Terminal terminal, InstantSource wall) {
        this.out = out;
        this.terminal = terminal;
        this.paint = new Paint(terminal.colour());
        this.wall = wall;
        this.began = wall.instant();
        this.last = began;
    }

    @Override
    public synchronized void at(Part part, long done, long of, long violations) {
        Instant now = wall.instant();
        if (part != current) {
            current = part;
            began = last;
        }
        if (Duration.between(last, now).compareTo(terminal.live() ? REDRAWN : SAID) < 0) {
            return;
        }
        last = now;
        String line = line(done, of, violations, Duration.between(began, now));
        out.print(terminal.live() ? "\r" + Paint.cut(line, terminal.columns() - 1) + CLEAR_LINE : line + "\n");
        out.flush();
        drawn = terminal.live();
    }

    private String line(long done, long of, long violations, Duration passed) {
        double seconds = Math.max(0.001, passed.toMillis() / 1000.0);
        double rate = done / seconds;
        String left = rate == 0 ? "" : ", %s left".formatted(Figures.span(Math.max(0, of - done) / rate));
        return "%s of %s %s, %s a second%s, %s"
                .formatted(
                        Figures.count(done),
                        Figures.count(of),
                        counted(),
                        rate < 10 ? "%.1f".formatted(rate) : Figures.count(Math.round(rate)),
                        left,
                        violations == 0 ? "no rule broken" : paint.bad(Figures.count(violations) + " broke a rule"));
    }

    private String counted() {
        return switch (current) {
            case ROLLOUTS -> "rollouts";
            case SINGLES -> "lives with one thing wrong";
            case PAIRS -> "lives with two crashes";
        };
    }

    /** Leaves no half-drawn line behind. */
    @Override
    public synchronized void close() {
        if (drawn) {
            out.print("\r" + CLEAR_LINE);
            out.flush();
        }
    }
}
