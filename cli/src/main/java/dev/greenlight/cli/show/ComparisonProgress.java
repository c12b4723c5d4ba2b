package dev.greenlight.cli.show;

import dev.greenlight.cli.compare.Contender;
import dev.greenlight.cli.compare.Measured;
import dev.greenlight.cli.compare.Spectator;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says while strategies are measured how far each is: redrawn in place on a terminal, a line for each turn elsewhere. */
public final class ComparisonProgress implements Spectator, AutoCloseable {

    private static final String UP_AND_CLEAR = "\r\u001b[%dA\u001b[J";
    private static final String WAITS = "waits for its turn";

    private final PrintStream out;
    private final Terminal terminal;
    private final Paint paint;
    private final Map<String, String> states = new LinkedHashMap<>();
    private final int widest;
    private int drawn;

    public ComparisonProgress(PrintStream out, Terminal terminal, List<Contender> contenders) {
        this.out = out;
        this.terminal = terminal;
        this.paint = new Paint(terminal.colour());
        contenders.forEach(contender -> states.put(contender.name(), paint.dim(WAITS)));
        this.widest = states.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    @Override
    public synchronized void at(String strategy, String what) {
        changed(strategy, what);
    }

    @Override
    public synchronized void over(Measured measured) {
        String lost = Figures.count(measured.requestsLost()) + " lost";
        changed(
                measured.name(),
                "%s %s sent, %s; %s from merge to promoted"
                        .formatted(
                                paint.good("✔"),
                                Figures.count(measured.requests(), "request"),
                                measured.requestsLost() == 0 ? lost : paint.bad(lost),
                                Figures.minutes(measured.releaseMinutes())));
    }

    private void changed(String strategy, String state) {
        states.put(strategy, state);
        if (!terminal.live()) {
            out.println(line(strategy, state));
        } else {
            erase();
            states.forEach((name, now) -> out.println(Paint.cut(line(name, now), terminal.columns() - 1)));
            drawn = states.size();
        }
        out.flush();
    }

    private String line(String strategy, String state) {
        return paint.bold(("%-" + widest + "s").formatted(strategy)) + "  " + state;
    }

    private void erase() {
        if (drawn > 0) {
            out.print(UP_AND_CLEAR.formatted(drawn));
        }
    }

    /** Leaves the place to the table. */
    @Override
    public synchronized void close() {
        erase();
        drawn = 0;
        out.flush();
    }
}
