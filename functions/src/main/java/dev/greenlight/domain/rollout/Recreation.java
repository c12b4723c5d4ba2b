package dev.greenlight.domain.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the fleets of a release have changed places of which only one may run at a time: the rule is closed, blue is emptied, then green
 * comes up. Each moment is empty until it has come.
 *
 * @param former what people call what blue runs, and what the way back starts again
 * @param emptying how long a fleet may take to be gone: its deregistration delay, and some minutes
 * @param closedFor how long users are shut out at most before the way back begins
 * @param closingAt when the rule was about to be closed: from then on users may have noticed
 * @param closedAt when it was seen closed
 * @param emptyAt when blue was seen without any instance: from then on green may have some
 */
public record Recreation(
        String former,
        Duration emptying,
        Duration closedFor,
        Optional<Instant> closingAt,
        Optional<Instant> closedAt,
        Optional<Instant> emptyAt) {

    /** How long Auto Scaling may take to end what has drained, with time to spare: it sends one slice after the other. */
    static final Duration LEAVING = Duration.ofMinutes(10);

    public Recreation {
        if (!emptying.isPositive() || !closedFor.isPositive()) {
            throw new IllegalArgumentException("both take time: %s, %s".formatted(emptying, closedFor));
        }
        if (closedAt.isPresent() && closingAt.isEmpty() || emptyAt.isPresent() && closedAt.isEmpty()) {
            throw new IllegalArgumentException(
                    "first the rule is closed, then it shows that, then blue is empty: %s, %s, %s"
                            .formatted(closingAt, closedAt, emptyAt));
        }
    }

    /**
     * What a release is about to do that found somebody on blue.
     *
     * @param former what people call what blue runs
     * @param drain blue's deregistration delay
     */
    public static Recreation of(String former, Duration drain, Pace pace) {
        Duration emptying = drain.plus(LEAVING);
        Duration closedFor = emptying.plus(pace.shifting().multipliedBy(3))
                .plus(pace.preparing())
                .plus(pace.installing())
                .plus(pace.validating());
        return new Recreation(former, emptying, closedFor, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The rule is about to be closed. A write that came to nothing began nothing: its moment moves on. */
    public Recreation closing(Instant now) {
        return new Recreation(former, emptying, closedFor, Optional.of(now), closedAt, emptyAt);
    }

    /** The rule shows that nobody is let in. */
    public Recreation closed(Instant now) {
        return new Recreation(
                former, emptying, closedFor, closingAt.or(() -> Optional.of(now)), Optional.of(now), emptyAt);
    }

    /** Nothing of blue is left. */
    public Recreation emptied(Instant now) {
        return new Recreation(former, emptying, closedFor, closingAt, closedAt, Optional.of(now));
    }

    /** Whether users may have noticed: the rule was written, or may have been. */
    public boolean isNoticed() {
        return closingAt.isPresent();
    }

    /** Whether the rule was seen closed, which it stays until green is opened or blue is back. */
    public boolean isClosed() {
        return closedAt.isPresent();
    }

    /** Whether blue is gone, so that green may come. */
    public boolean isEmptied() {
        return emptyAt.isPresent();
    }

    /** Until when users are shut out at most before the way back begins. */
    Optional<Instant> opensUntil() {
        return closingAt.map(since -> since.plus(closedFor));
    }
}
