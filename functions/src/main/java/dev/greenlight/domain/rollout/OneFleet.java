package dev.greenlight.domain.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * That green is the fleet which serves already: its revision is replaced under its users, and the routing never changes.
 *
 * @param former what the fleet ran before, and what the way back installs again; empty where nobody knows it any more
 * @param calmSince from when on the fleet's figures say something of {@code former}: what was counted before is another release's, which was
 *     installed on it, or taken back; empty where there was none
 */
public record OneFleet(Optional<Former> former, Optional<Instant> calmSince) {

    /**
     * How long the announced downtime goes on being counted and ringing after its end: a minute that began in it ends, is published within
     * three more ("CloudWatch metrics for your Application Load Balancer"), and an alarm looks at it in the next.
     */
    public static final Duration ECHO = Duration.ofMinutes(5);

    /** How long after its promotion a person may have the former revision installed again; what lies in S3 lies there for longer. */
    public static final Duration WAY_BACK = Duration.ofHours(8);

    /** How often the former revision is deployed again before a person is needed. */
    static final int TRIES = 5;

    /**
     * From when on the figures of a fleet say something of what {@code before} left on it: what was promoted was on all of it since its validation,
     * and its bake is what a release that follows at once can be held against.
     */
    public static Instant calmAfter(Rollout before) {
        Instant end = before.history().getLast().at();
        boolean stands = before.phase() == Phase.PROMOTED || before.phase() == Phase.RETIRED;
        return before.progress()
                .switchedAt()
                .filter(validated -> stands)
                .map(validated -> before.hasDowntime() ? validated.plus(ECHO) : validated)
                .orElse(end);
    }

    String wayBack() {
        return former.map(known -> "in place of %s, which the way back installs again".formatted(known))
                .orElse("in place; what was there before is unknown, so there is no way back");
    }
}
