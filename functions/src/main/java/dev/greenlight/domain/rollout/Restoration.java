package dev.greenlight.domain.rollout;

import java.time.Instant;
import java.util.Optional;

/**
 * How far the former revision has come back onto the fleet that a rollout in place was taken back from.
 *
 * @param attempt the number of its deployment, from 1: one that fails is followed by another
 * @param deployment what installs it; empty until it was started
 * @param endedAt since when nothing is left to do for it: it was proven on every instance, or given up; empty before
 */
public record Restoration(int attempt, Optional<String> deployment, Optional<Instant> endedAt) {

    static final Restoration DUE = new Restoration(1, Optional.empty(), Optional.empty());

    Restoration by(String id) {
        return new Restoration(attempt, Optional.of(id), Optional.empty());
    }

    Restoration again() {
        return new Restoration(attempt + 1, Optional.empty(), Optional.empty());
    }

    Restoration ended(Instant now) {
        return new Restoration(attempt, deployment, Optional.of(now));
    }
}
