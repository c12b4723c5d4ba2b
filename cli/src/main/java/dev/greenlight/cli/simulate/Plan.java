package dev.greenlight.cli.simulate;

import java.util.Objects;
import java.util.Optional;

/**
 * What a run plays.
 *
 * @param seed the seed of the first random life; the next one's is one more
 * @param lives how many random lives
 * @param systematic which lives are played that leave out no moment
 * @param only the one systematic life to play, by the name that a violation gave; nothing else is played then
 * @param threads how many lives are played at a time
 */
public record Plan(long seed, long lives, Systematic systematic, Optional<String> only, int threads) {

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
        if (lives < 0) {
            throw new IllegalArgumentException("not a number of lives: " + lives);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("not a number of threads: " + threads);
        }
    }

    /** So many random lives on all processors, from a seed on. */
    public static Plan random(long seed, long lives) {
        return new Plan(
                seed,
                lives,
                Systematic.NONE,
                Optional.empty(),
                Runtime.getRuntime().availableProcessors());
    }

    /** The one systematic life of that name. */
    public static Plan replaying(String name) {
        return new Plan(0, 0, Systematic.NONE, Optional.of(name), 1);
    }

    /** The same with a systematic part. */
    public Plan with(Systematic other) {
        return new Plan(seed, lives, other, only, threads);
    }
}
