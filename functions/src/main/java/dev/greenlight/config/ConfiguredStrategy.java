package dev.greenlight.config;

import dev.greenlight.domain.rollout.Pace;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how traffic moves. */
final class ConfiguredStrategy {

    static final String STRATEGY = "GREENLIGHT_STRATEGY";
    static final String STEPS = "GREENLIGHT_STEPS";
    static final String STEP_WEIGHT = "GREENLIGHT_STEP_WEIGHT";
    static final String STEP_INTERVAL = "GREENLIGHT_STEP_INTERVAL";

    static final String SHADOW_WATCH = "GREENLIGHT_SHADOW_WATCH";

    static final String CLOSED = "GREENLIGHT_CLOSED";
    static final String CLOSED_TYPE = "GREENLIGHT_CLOSED_TYPE";

    /** Where a fault was found it is never used. */
    private static final Strategy STAND_IN = new Strategy.BlueGreen();

    private final Variables variables;

    ConfiguredStrategy(Variables variables) {
        this.variables = variables;
    }

    /**
     * @param pace how long validation and one change of routing may take
     * @param longest how long all changes may take together, bakes and pauses included; and how long validation may with its shadow
     */
    Strategy read(Pace pace, Duration longest) {
        Duration shifting = pace.shifting();
        String kind = variables.choice(
                STRATEGY,
                "blue-green",
                "canary",
                "linear",
                "in-place",
                "recreate",
                "shadow",
                ConfiguredTrial.KIND,
                ConfiguredRolling.KIND);
        List<Map<String, String>> steps = variables.objects(STEPS);
        int weight = variables.number(STEP_WEIGHT, 10, 1, 50);
        Duration interval = variables.duration(STEP_INTERVAL, Duration.ofMinutes(5));
        Duration watch = variables.duration(SHADOW_WATCH, Duration.ofMinutes(30));
        onlyFor(kind, ConfiguredRolling.KIND, ConfiguredRolling.NAMES.toArray(String[]::new));
        onlyFor(kind, "canary", STEPS);
        onlyFor(kind, "shadow", SHADOW_WATCH);
        onlyFor(kind, "recreate", CLOSED, CLOSED_TYPE);
        onlyFor(kind, "linear", STEP_WEIGHT, STEP_INTERVAL);
        onlyFor(kind, ConfiguredTrial.KIND, ConfiguredTrial.TEST, ConfiguredTrial.METRIC, ConfiguredTrial.DIMENSIONS);
        Strategy strategy = switch (kind) {
            case "canary" -> canary(steps);
            case "linear" -> linear(weight, interval);
            case "in-place" -> new Strategy.InPlace();
            case "recreate" -> new Strategy.Recreate();
            case "shadow" -> shadow(watch, pace, longest);
            case ConfiguredTrial.KIND -> new ConfiguredTrial(variables).read().orElse(STAND_IN);
            case ConfiguredRolling.KIND ->
                new ConfiguredRolling(variables).read(pace, longest).orElse(STAND_IN);
            default -> new Strategy.BlueGreen();
        };
        // No action waits for a test's end: Sweep watches it.
        Duration together = strategy.steps().stream()
                .map(step ->
                        step.trial().isPresent() ? shifting : step.longest().plus(shifting))
                .reduce(Duration.ZERO, Duration::plus);
        if (together.compareTo(longest) > 0) {
            variables.fault(
                    STRATEGY,
                    "its steps may take %s with GREENLIGHT_SHIFTING for each, and a pipeline's action can wait %s"
                            .formatted(together, longest));
        }
        return strategy;
    }

    /** Validation has its time before copies come, and again for a verdict after them. */
    private Strategy shadow(Duration watch, Pace pace, Duration longest) {
        if (watch.isZero()) {
            variables.fault(SHADOW_WATCH, "not above zero");
            return STAND_IN;
        }
        Duration together = watch.plus(pace.validating().multipliedBy(2)).plus(pace.shifting());
        if (together.compareTo(longest) > 0) {
            variables.fault(
                    SHADOW_WATCH,
                    "with twice GREENLIGHT_VALIDATING and GREENLIGHT_SHIFTING it may take %s, and a pipeline's action can wait %s"
                            .formatted(together, longest));
        }
        return new Strategy.Shadow(watch);
    }

    private void onlyFor(String kind, String other, String... names) {
        for (String name : names) {
            if (!kind.equals(other) && variables.text(name).isPresent()) {
                variables.fault(name, "only for the strategy " + other);
            }
        }
    }

    private Strategy linear(int weight, Duration interval) {
        if (interval.isZero()) {
            variables.fault(STEP_INTERVAL, "not above zero");
            return STAND_IN;
        }
        return new Strategy.Linear(weight, interval);
    }

    private Strategy canary(List<Map<String, String>> objects) {
        List<Step> steps = new ArrayList<>();
        objects.forEach(object -> step(new Fields(variables, STEPS, object)).ifPresent(steps::add));
        if (steps.size() < objects.size()) {
            return STAND_IN;
        }
        try {
            return new Strategy.Canary(steps);
        } catch (IllegalArgumentException wrong) {
            variables.fault(STEPS, wrong.getMessage());
            return STAND_IN;
        }
    }

    private Optional<Step> step(Fields fields) {
        int weight = fields.value("weight", 0, Integer::valueOf);
        Duration bake = fields.value("bake", Duration.ofMinutes(5), Duration::parse);
        Optional<Duration> pause = fields.value("pause", Optional.empty(), text -> Optional.of(Duration.parse(text)));
        Optional<String> otherwise = fields.value("otherwise", Optional.empty(), Optional::of);
        fields.check(weight >= 1 && weight <= 99, "weight", "not from 1 to 99");
        fields.check(bake.isPositive(), "bake", "not above zero");
        fields.check(pause.filter(within -> !within.isPositive()).isEmpty(), "pause", "not above zero");
        fields.check(otherwise.isEmpty() || pause.isPresent(), "otherwise", "is only for a pause");
        fields.check(
                otherwise
                        .filter(word -> !word.equals("go-on") && !word.equals("roll-back"))
                        .isEmpty(),
                "otherwise",
                "is not one of: roll-back, go-on");
        Step.Otherwise then = otherwise.equals(Optional.of("go-on")) ? Step.Otherwise.GO_ON : Step.Otherwise.ROLL_BACK;
        return fields.result(() -> new Step(weight, bake, pause.map(within -> new Step.Pause(within, then))));
    }
}
