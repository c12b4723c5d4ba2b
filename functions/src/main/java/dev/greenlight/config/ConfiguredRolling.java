package dev.greenlight.config;

import dev.greenlight.domain.rollout.Pace;
import dev.greenlight.domain.rollout.Rolling;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads how a release goes from zone to zone. */
final class ConfiguredRolling {

    static final String KIND = "rolling";
    static final String FORWARD = "GREENLIGHT_ROLLING_CONFIG";
    static final String BACK = "GREENLIGHT_ROLLING_BACK_CONFIG";

    private static final String BAKE = "GREENLIGHT_ROLLING_BAKE";
    private static final String FIRST_BAKE = "GREENLIGHT_ROLLING_FIRST_BAKE";
    private static final String KEEP = "GREENLIGHT_ROLLING_KEEP";
    private static final String KEEP_IN_ZONE = "GREENLIGHT_ROLLING_KEEP_IN_ZONE";
    private static final String PAUSE = "GREENLIGHT_ROLLING_PAUSE";
    private static final String OTHERWISE = "GREENLIGHT_ROLLING_OTHERWISE";

    /** All that only this strategy has. */
    static final List<String> NAMES = List.of(FORWARD, BACK, BAKE, FIRST_BAKE, KEEP, KEEP_IN_ZONE, PAUSE, OTHERWISE);

    /** Most fleets have no more; one that has may be cut off by its pipeline's action, and is taken back then. */
    private static final int USUAL_ZONES = 3;

    private final Variables variables;

    ConfiguredRolling(Variables variables) {
        this.variables = variables;
    }

    /** Empty where something is wrong. */
    Optional<Strategy> read(Pace pace, Duration longest) {
        Duration bake = variables.duration(BAKE, Duration.ofMinutes(5));
        Duration first = variables.duration(FIRST_BAKE, bake);
        Duration pause = variables.duration(PAUSE, Duration.ZERO);
        int keep = variables.number(KEEP, 50, 1, 99);
        int keepInZone = variables.number(KEEP_IN_ZONE, 0, 0, 99);
        boolean goesOn = variables.choice(OTHERWISE, "roll-back", "go-on").equals("go-on");
        if (pause.isZero() && variables.text(OTHERWISE).isPresent()) {
            variables.fault(OTHERWISE, "is only for a pause");
        }
        if (bake.isZero() || first.isZero()) {
            variables.fault(bake.isZero() ? BAKE : FIRST_BAKE, "not above zero");
            return Optional.empty();
        }
        Optional<Step.Pause> person = pause.isZero()
                ? Optional.empty()
                : Optional.of(new Step.Pause(pause, goesOn ? Step.Otherwise.GO_ON : Step.Otherwise.ROLL_BACK));
        Strategy.Rolling strategy = new Strategy.Rolling(first, bake, keep, keepInZone, person);
        Duration together = Rolling.longest(strategy, USUAL_ZONES, pace.installing());
        if (together.compareTo(longest) > 0) {
            variables.fault(
                    BAKE,
                    "%d zones may take %s with GREENLIGHT_INSTALLING for each, and a pipeline's action can wait %s"
                            .formatted(USUAL_ZONES, together, longest));
        }
        return Optional.of(strategy);
    }
}
