package dev.greenlight.cli.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One life that was played, and what it broke at its shortest. */
record Judged(Played played, Optional<Violation> violation, String replay) {

    static Judged good(Played played, String replay) {
        return new Judged(played, Optional.empty(), replay);
    }

    static Judged bad(Played played, Played shortest, long seed, String replay) {
        Broken seen = shortest.broken().getFirst();
        List<String> history = new ArrayList<>(shortest.life().lines());
        history.addAll(shortest.history());
        history.add(seen.toString());
        return new Judged(
                played,
                Optional.of(new Violation(played.life().name(), seed, seen.rule(), seen.what(), history, replay)),
                replay);
    }
}
