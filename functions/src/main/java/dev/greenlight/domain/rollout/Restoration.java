package dev.greenlight.domain.rollout;

import java.util.Optional;

/**
 * How far the former revision has come back onto the fleet that a rollout in place was taken back from.
 *
 * @param attempt the number of its deployment, from 1: one that fails is followed by another
 * @param deployment what installs it; empty until it was started
 * @param over whether nothing is left to do for it: it is proven on every instance, or was given up
 */
public record Restoration(int attempt, Optional<String> deployment, boolean over) {

    static final Restoration DUE = new Restoration(1, Optional.empty(), false);

    Restoration by(String id) {
        return new Restoration(attempt, Optional.of(id), false);
    }

    Restoration again() {
        return new Restoration(attempt + 1, Optional.empty(), false);
    }

    Restoration ended() {
        return new Restoration(attempt, deployment, true);
    }
}
