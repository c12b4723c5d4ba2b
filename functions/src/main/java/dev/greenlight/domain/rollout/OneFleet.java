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
 * @param calmUntil until when, where a release was installed and taken back since; empty where they do until users come
 */
public record OneFleet(Optional<Former> former, Optional<Instant> calmSince, Optional<Instant> calmUntil) {

    /**
     * How long the announced downtime goes on being counted and ringing after its end: a minute that began in it ends, is published within
     * three more ("CloudWatch metrics for your Application Load Balancer"), and an alarm looks at it in the next.
     */
    public static final Duration ECHO = Duration.ofMinutes(5);

    /** How long after its promotion a person may have the former revision installed again; what lies in S3 lies there for longer. */
    public static final Duration WAY_BACK = Duration.ofHours(8);

    /** So long after a release was taken back what was counted since says too little: then what was counted before it does. */
    static final Duration RECENT = Duration.ofMinutes(20);

    /** How often the former revision is deployed again before a person is needed. */
    static final int TRIES = 5;

    /** For a fleet that no release was installed on before. */
    public static OneFleet untouched(Optional<Former> former) {
        return new OneFleet(former, Optional.empty(), Optional.empty());
    }

    /**
     * For a fleet that {@code before} was installed on. What was promoted was on all of it since its validation, and a release that follows at
     * once is held against its bake; one that follows at once on what was taken back is held against what that one was.
     */
    public static OneFleet after(Optional<Former> former, Rollout before, Instant now) {
        Instant end = before.history().getLast().at();
        if (before.phase() != Phase.ROLLED_BACK) {
            Optional<Instant> validated =
                    before.progress().switchedAt().map(at -> before.hasDowntime() ? at.plus(ECHO) : at);
            return new OneFleet(former, validated.or(() -> Optional.of(end)), Optional.empty());
        }
        if (!now.isBefore(end.plus(RECENT))) {
            return new OneFleet(former, Optional.of(end), Optional.empty());
        }
        OneFleet that = before.roles().oneFleet().orElse(untouched(former));
        return new OneFleet(
                former,
                that.calmSince(),
                that.calmUntil().or(() -> before.progress().usersSince()));
    }

    String wayBack() {
        return former.map(known -> "in place of %s, which the way back installs again".formatted(known))
                .orElse("in place; what was there before is unknown, so there is no way back");
    }
}
