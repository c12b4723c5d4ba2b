package dev.greenlight.cli;

import dev.greenlight.cli.compare.Contender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What somebody asked {@code compare} for, as it was typed: strategies and runs, or everything that is wrong with it. */
final class CompareOptions {

    private static final int MOST_RUNS = 100;

    private final List<String> faults = new ArrayList<>();
    private final List<Contender> contenders;
    private final int runs;

    /** @param only and the others: what was typed behind the option of that name; empty where it was left out */
    CompareOptions(Optional<String> only, Optional<String> runs, Optional<Path> page, Optional<Path> document) {
        Set<String> names = new LinkedHashSet<>(
                only.map(text -> List.of(text.split(",", -1))).orElseGet(Contender::names));
        names.stream()
                .filter(name -> !Contender.names().contains(name))
                .forEach(name -> faults.add("--only: there is no strategy '%s'; there are %s"
                        .formatted(name, String.join(", ", Contender.names()))));
        this.runs = runs.map(this::number).orElse(1);
        page.flatMap(file -> OutputFile.fault("--page", file)).ifPresent(faults::add);
        document.flatMap(file -> OutputFile.fault("--document", file)).ifPresent(faults::add);
        this.contenders = faults.isEmpty()
                ? names.stream()
                        .map(name -> Contender.named(name).orElseThrow())
                        .toList()
                : List.of();
    }

    /** One line each; empty where all is well. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** Who is compared, in the order in which they were named; nobody where there are faults. */
    List<Contender> contenders() {
        return contenders;
    }

    int runs() {
        return runs;
    }

    private int number(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= MOST_RUNS) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number that is out of bounds.
        }
        faults.add("--runs: not a number from 1 to %d: '%s'".formatted(MOST_RUNS, text));
        return 1;
    }
}
