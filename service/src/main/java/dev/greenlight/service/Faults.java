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
        if (!found.isEmpty()) {
            throw new ConfigFault(
                    file,
                    found.stream()
                            .sorted(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column))
                            .map(f -> "%s:%d:%d: %s".formatted(file, f.line(), f.column(), f.text()))
                            .toList());
        }
    }
}
