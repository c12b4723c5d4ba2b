package dev.greenlight.cli.simulate;

import dev.greenlight.sandbox.world.Behaviour;
import java.time.Duration;

/** How good a release is. */
enum Quality {
    GOOD("a good release"),
    FAILS_SMOKE("a release that fails its smoke tests"),
    FAILS_UNDER_TRAFFIC("a release that fails one request in twenty"),
    NEVER_HEALTHY("a release whose instances never become healthy"),
    SLOW_TO_BOOT("a good release that is slow to boot"),
    SLOW_ANSWERS("a release that answers too slowly"),
    FLAKY("a release that fails one request in 250"),
    CANNOT_BE_INSTALLED("a release that cannot be installed"),
    ANSWERS_OTHERWISE("a release that answers with something else than the one before");

    private final String words;

    Quality(String words) {
        this.words = words;
    }

    /** How its instances behave; {@code healthyAfter} is how long a good one takes to become healthy. */
    Behaviour behaviour(Duration healthyAfter) {
        return switch (this) {
            case GOOD, CANNOT_BE_INSTALLED, ANSWERS_OTHERWISE -> new Behaviour(healthyAfter, 0, Duration.ofMillis(20));
            case FAILS_SMOKE -> new Behaviour(healthyAfter, 1, Duration.ofMillis(20));
            case FAILS_UNDER_TRAFFIC -> new Behaviour(healthyAfter, 0.05, Duration.ofMillis(20));
            case FLAKY -> new Behaviour(healthyAfter, 0.004, Duration.ofMillis(20));
            case NEVER_HEALTHY -> Behaviour.sick();
            case SLOW_TO_BOOT -> new Behaviour(healthyAfter.plusSeconds(150), 0, Duration.ofMillis(20));
            case SLOW_ANSWERS -> new Behaviour(healthyAfter, 0, Duration.ofSeconds(4));
        };
    }

    /** Whether it must be promoted unless somebody or something comes in between. */
    boolean mustPass() {
        return this == GOOD || this == SLOW_TO_BOOT;
    }

    /** Whether users suffer from it, if only a few of them. */
    boolean harmsUsers() {
        return !mustPass() && this != FLAKY && this != ANSWERS_OTHERWISE;
    }

    /** Whether none of its instances ever answers, which nobody has to ask for. */
    boolean neverRuns() {
        return this == NEVER_HEALTHY || this == CANNOT_BE_INSTALLED;
    }

    @Override
    public String toString() {
        return words;
    }
}
