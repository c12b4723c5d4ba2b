package dev.greenlight.domain.rollout;

import java.time.Instant;
import java.util.Optional;

/**
 * How far the former revision has come back onto the fleet that a rollout in place was taken back from.
 *
 * @param attempt the number of its deployment, from 1: one that fails is followed by another
 * @param refused how many of those before it failed without doing anything to any instance
 * @param deployment what installs it; empty until it was started
 * @param endedAt since when nothing is left to do for it: it was proven on every instance, or given up; empty before
 */
public record Restoration(int attempt, int refused, Optional<String> deployment, Optional<Instant> endedAt) {

    /** One whose first deployment is due. */
    public static final Restoration DUE = new Restoration(1, 0, Optional.empty(), Optional.empty());

    /** So many deployments may be refused because others have to stay: after the first, what is missing is waited for. */
    private static final int REFUSALS = 2;

    /** Whether nobody is to stay any more: those who could are dead, or serve what is taken back. */
    public boolean goesToAllAtOnce() {
        return refused >= REFUSALS;
    }

    Restoration by(String id) {
        return new Restoration(attempt, refused, Optional.of(id), Optional.empty());
    }

    Restoration again() {
        return new Restoration(attempt + 1, refused, Optional.empty(), Optional.empty());
    }

    Restoration againAfterRefusal() {
        return new Restoration(attempt + 1, refused + 1, Optional.empty(), Optional.empty());
    }

    Restoration ended(Instant now) {
        return new Restoration(attempt, refused, deployment, Optional.of(now));
    }
}
