package dev.greenlight.cli.simulate;

import java.util.Objects;
import java.util.Optional;

/**
 * What a run plays.
 *
 * @param seed the seed of the first random life; the next one's is one more, and after the largest number comes the smallest
 * @param rollouts random lives are played, in the order of their seeds, until so many rollouts have begun in them
 * @param systematic which lives are played that leave out no moment
 * @param only the one systematic life to play, by the name that a violation gave; nothing else is played then
 * @param threads how many lives are played at a time; what is played does not depend on it
 */
public record Plan(long seed, long rollouts, Systematic systematic, Optional<String> only, int threads) {

    /** How much of what can be enumerated is played. */
    public enum Systematic {
        /** Nothing. */
        NONE,
        /** Each story with one mishap at each of its moments: every crash, every throttle, every delivery twice. */
        SINGLES,
        /** The same, and every pair of crashes of a blue/green rollout. */
        PAIRS
    }

    public Plan {
        Objects.requireNonNull(systematic, "systematic");
        Objects.requireNonNull(only, "only");
        if (rollouts < 0) {
            throw new IllegalArgumentException("not a number of rollouts: " + rollouts);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("not a number of threads: " + threads);
        }
        if (rollouts == 0 && systematic == Systematic.NONE && only.isEmpty()) {
            throw new IllegalArgumentException("a plan that plays nothing");
        }
    }

    /** Random lives with so many rollouts on all processors, from a seed on. */
    public static Plan random(long seed, long rollouts) {
        return of(seed, rollouts, Systematic.NONE);
    }

    /** The same, and a systematic part. */
    public static Plan of(long seed, long rollouts, Systematic systematic) {
        return new Plan(
                seed,
                rollouts,
                systematic,
                Optional.empty(),
                Runtime.getRuntime().availableProcessors());
    }

    /** The one systematic life of that name. */
    public static Plan replaying(String name) {
        return new Plan(0, 0, Systematic.NONE, Optional.of(name), 1);
    }
}
