package dev.greenlight.cli.simulate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds up what lives came to. Safe for use by several threads. */
final class Tally {

    /** Where nothing is ever released, a number of rollouts is never reached. */
    private static final int BARREN = 100;

    private final Progress progress;
    private final Map<String, Long> tried = new HashMap<>();
    private final List<String> idle = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private final Map<Integer, Long> asked = new HashMap<>();
    private Progress.Part part = Progress.Part.ROLLOUTS;
    private long done;
    private int barren;
    private long of;
    private Optional<Breakdown> breakdown = Optional.empty();
    private long lives;
    private long rollouts;
    private long awsCalls;
    private long faults;
    private Worst worst = Worst.NOTHING;

    Tally(Progress progress) {
        this.progress = progress;
    }

    /** What comes now belongs to this part, of which there is so much. */
    synchronized void begins(Progress.Part next, long much) {
        part = next;
        done = 0;
        of = much;
    }

    /** Whether all of the part has come. */
    synchronized boolean partIsDone() {
        return done >= of;
    }

    synchronized void add(Judged judged) {
        Played played = judged.played();
        lives++;
        rollouts += played.rollouts();
        if (part != Progress.Part.ROLLOUTS && played.idle()) {
            idle.add(played.life().name());
        }
        done += part == Progress.Part.ROLLOUTS ? played.rollouts() : 1;
        barren = played.rollouts() == 0 ? barren + 1 : 0;
        if (barren == BARREN) {
            String why = "no rollout began in %d lives, one after the other".formatted(BARREN);
            breaks(new Breakdown(played.life().name(), judged.replay(), new IllegalStateException(why)));
        }
        awsCalls += played.awsCalls();
        faults += played.faults();
        played.asked().forEach((rule, times) -> asked.merge(rule, times, Long::sum));
        played.life().setting().sharing().ifPresent(kind -> tried.merge(kind, 1L, Long::sum));
        played.life().scenes().forEach(scene -> tried.merge(scene.kind(), 1L, Long::sum));
        played.life().mishaps().forEach(mishap -> tried.merge(mishap.kind(), 1L, Long::sum));
        judged.violation().ifPresent(violations::add);
        if (judged.violation().isEmpty()) {
            String name = played.life().name();
            played.worst()
                    .forEach((kind, value) -> worst = worst.and(kind, new Worst.Seen(value, name, judged.replay())));
        }
        progress.at(part, done, of, violations.size());
    }

    /** The first one counts. */
    synchronized void breaks(Breakdown broken) {
        breakdown = breakdown.or(() -> Optional.of(broken));
    }

    synchronized boolean broke() {
        return breakdown.isPresent();
    }

    synchronized Findings findings(Duration took, boolean complete) {
        return new Findings(
                lives, rollouts, awsCalls, faults, asked, tried, idle, violations, worst, took, complete, breakdown);
    }
}
