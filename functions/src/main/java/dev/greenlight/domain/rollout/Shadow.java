package dev.greenlight.domain.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a rollout's shadow has come: the time in which green gets copies of users' requests, as the last part of its validation.
 *
 * @param watch how long it lasts
 * @param askedAt before the first write that opens it; from then on it may be open until the rollout ends
 * @param since when the rule was first seen to send copies to green
 * @param over its checks have passed for all of {@code watch}, or a person does not want to wait for them: it is to be closed
 */
public record Shadow(Duration watch, Optional<Instant> askedAt, Optional<Instant> since, boolean over) {

    /** One that has not begun. */
    public static Shadow of(Duration watch) {
        return new Shadow(watch, Optional.empty(), Optional.empty(), false);
    }

    public boolean mayBeOpen() {
        return askedAt.isPresent();
    }

    /** Whether it was seen open and nobody has decided yet what came of it. */
    public boolean isWatched() {
        return since.isPresent() && !over;
    }

    Shadow asked(Instant now) {
        return new Shadow(watch, Optional.of(now), since, over);
    }

    Shadow seen(Instant now) {
        return new Shadow(watch, askedAt, Optional.of(now), over);
    }

    public Shadow ended() {
        return new Shadow(watch, askedAt, since, true);
    }
}
