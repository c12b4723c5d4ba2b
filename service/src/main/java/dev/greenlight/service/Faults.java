package dev.greenlight.service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Everything that is wrong with one file, and every key that was asked of it. */
final class Faults {

    private record Fault(int line, int column, String text) {}

    /** More are another kind of file, and nobody reads them. */
    private static final int MOST = 100;

    private final String file;
    private final List<Fault> found = new ArrayList<>();
    private final Set<String> asked = new TreeSet<>();

    Faults(String file) {
        this.file = file;
    }

    void add(Mark at, String text) {
        found.add(new Fault(at.getLine() + 1, at.getColumn() + 1, text));
    }

    void asked(String key) {
        asked.add(key);
    }

    /** All keys that the reader knows, {@code checks.smoke[].path}. */
    Set<String> asked() {
        return Set.copyOf(asked);
    }

    void throwIfAny() {
        if (found.isEmpty()) {
            return;
        }
        List<Fault> sorted = found.stream()
                .sorted(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column))
                .toList();
        List<String> lines = new ArrayList<>();
        sorted.stream().limit(MOST).map(this::line).forEach(lines::add);
        if (sorted.size() > MOST) {
            Fault next = sorted.get(MOST);
            lines.add(line(new Fault(
                    next.line(), next.column(), "from here on %,d more are wrong".formatted(sorted.size() - MOST))));
        }
        throw new ConfigFault(file, lines);
    }

    private String line(Fault fault) {
        return "%s:%d:%d: %s".formatted(file, fault.line(), fault.column(), fault.text());
    }
}
