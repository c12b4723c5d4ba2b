package dev.greenlight.domain.strategy;

import java.time.Duration;
import java.util.Optional;

/**
 * One planned change of routing, and how long to watch it before the next.
 *
 * @param greenShare percentage of requests that green is given, 1 to 100
 * @param bake time between this change and the next decision
 * @param pause whether a person decides about the next one
 * @param trial present where both sides are compared at the bake's end, which may be days away; the pause then is for what the
 *     comparison leaves open
 */
public record Step(int greenShare, Duration bake, Optional<Pause> pause, Optional<Trial> trial) {

    /** Green gets everything; how long it is watched then is said by {@code Pace.bake}. */
    public static final Step LAST = new Step(100, Duration.ZERO, Optional.empty());

    public Step {
        if (greenShare < 1 || greenShare > 100) {
            throw new IllegalArgumentException("a step gives green 1 to 100 percent, not " + greenShare);
        }
        if (bake.isNegative()) {
            throw new IllegalArgumentException("a bake cannot be negative: " + bake);
        }
        if (trial.filter(test -> test.sticks().isEmpty() != (greenShare == 100)).isPresent()) {
            throw new IllegalArgumentException("an audience may be everybody, and a share of users sticks to its side");
        }
        if (trial.isPresent() && (pause.isEmpty() || bake.isZero())) {
            throw new IllegalArgumentException("a trial runs for a time, and what it leaves open is for a person");
        }
    }

    /** A share without a comparison at its end. */
    public Step(int greenShare, Duration bake, Optional<Pause> pause) {
        this(greenShare, bake, pause, Optional.empty());
    }

    public boolean isLast() {
        return greenShare == 100 && trial.isEmpty();
    }

    /** Whether requests themselves say whether they are for green: nobody knows how many there will be. */
    public boolean hasAudience() {
        return trial.filter(test -> test.sticks().isEmpty()).isPresent();
    }

    /** How long it may last at most, if its checks have an answer by then. */
    public Duration longest() {
        return bake.plus(pause.map(Pause::within).orElse(Duration.ZERO));
    }

    /**
     * A wait for a person after the bake.
     *
     * @param within how long it waits
     * @param otherwise what happens then
     */
    public record Pause(Duration within, Otherwise otherwise) {
        public Pause {
            if (!within.isPositive()) {
                throw new IllegalArgumentException("a pause must last: " + within);
            }
        }
    }

    /** What a rollout does for which nobody came. */
    public enum Otherwise {
        GO_ON("goes on"),
        ROLL_BACK("is taken back");

        private final String words;

        Otherwise(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
