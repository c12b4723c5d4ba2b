package dev.greenlight.cli.simulate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up what lives came to. Safe for use by several threads. */
final class Tally {

    private final Progress progress;
    private final Map<String, Long> tried = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private long of;
    private long lives;
    private long rollouts;
    private long awsCalls;
    private long faults;
    private long rulesChecked;
    private Worst worst = Worst.NOTHING;

    Tally(Progress progress) {
        this.progress = progress;
    }

    /** So many more lives will come. */
    synchronized void expects(long more) {
        of += more;
    }

    synchronized void add(Judged judged) {
        Played played = judged.played();
        lives++;
        rollouts += played.rollouts();
        awsCalls += played.awsCalls();
        faults += played.faults();
        rulesChecked += played.rulesChecked();
        played.life().scenes().forEach(scene -> tried.merge(scene.kind(), 1L, Long::sum));
        played.life().mishaps().forEach(mishap -> tried.merge(mishap.kind(), 1L, Long::sum));
        judged.violation().ifPresent(violations::add);
        if (judged.violation().isEmpty()) {
            String name = played.life().name();
            played.worst()
                    .forEach((kind, value) -> worst = worst.and(kind, new Worst.Seen(value, name, judged.replay())));
        }
        progress.at(lives, of, violations.size());
    }

    synchronized Findings findings(Duration took, boolean complete) {
        violations.sort(Comparator.comparingLong(Violation::seed).thenComparing(Violation::life));
        return new Findings(lives, rollouts, awsCalls, faults, rulesChecked, tried, violations, worst, took, complete);
    }
}
