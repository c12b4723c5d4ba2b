package dev.greenlight.cli.simulate;

import dev.greenlight.domain.rollout.Event;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * When a rollout could be moved by what people and the world do.
 *
 * @param from it began
 * @param to it was promoted or taken back for the last time
 */
record Span(Instant from, Instant to) {

    /** People call for up to twenty minutes, and what they did is counted for some more. */
    private static final Duration ECHO = Duration.ofMinutes(25);

    /** By how much two clocks may differ, and calls take. */
    private static final Duration CLOCKS = Duration.ofMinutes(2);

    /** What the history of a rollout calls its ends. */
    private static final Set<String> ENDS = Set.of("promoted", "rolled back");

    static Span of(Rollout rollout) {
        Instant last = rollout.history().stream()
                .filter(event -> ENDS.contains(event.what()))
                .map(Event::at)
                .max(Instant::compareTo)
                .orElse(rollout.progress().phaseSince());
        Instant since = rollout.progress().phaseSince();
        boolean back = rollout.phase() == Phase.ROLLED_BACK && since.isAfter(last);
        return new Span(rollout.history().getFirst().at(), back ? since : last);
    }

    /** Whether the scene was played in it, or so shortly before that somebody still calls, boots or counts because of it. */
    boolean hears(Scene scene) {
        Instant begins = Place.OPENING.plus(scene.at());
        Instant ends = Place.OPENING.plus(scene.until()).plus(ECHO);
        // What is deleted stays so.
        boolean over = !(scene instanceof AudienceGone) && ends.isBefore(from);
        return !begins.isAfter(to.plus(CLOCKS)) && !over;
    }

    /** Whether the load was another one in it: it stays so. */
    boolean feels(Scene scene) {
        return !Place.OPENING.plus(scene.at()).isAfter(to.plus(CLOCKS));
    }
}
