package dev.greenlight.config;

import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Strategy;
import dev.greenlight.domain.strategy.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads an A/B test. */
final class ConfiguredTrial {

    static final String KIND = "a-b";
    static final String TEST = "GREENLIGHT_TEST";
    static final String METRIC = "GREENLIGHT_TEST_METRIC";
    static final String AUDIENCE_RULE = "GREENLIGHT_AUDIENCE_RULE";
    static final String DIMENSIONS = "GREENLIGHT_TEST_DIMENSIONS";

    /** CloudWatch keeps what is compared for longer than this and any wait for a person after it. */
    private static final Duration LONGEST = Duration.ofDays(30);

    private final Variables variables;

    ConfiguredTrial(Variables variables) {
        this.variables = variables;
    }

    /** Empty where a fault was found. */
    Optional<Strategy> read() {
        Optional<Fields> test = one(TEST);
        if (test.isEmpty()) {
            variables.fault(TEST, "an A/B test without an audience");
            return Optional.empty();
        }
        Optional<Fields> measured = one(METRIC);
        Map<String, String> dimensions =
                variables.objects(DIMENSIONS).stream().findFirst().orElse(Map.of());
        Optional<Trial.Metric> metric = measured.flatMap(fields -> metric(fields, dimensions));
        if (measured.isPresent() != metric.isPresent()) {
            return Optional.empty();
        }
        return step(test.get(), metric).map(Strategy.AbTest::new);
    }

    private Optional<Fields> one(String variable) {
        List<Map<String, String>> objects = variables.objects(variable);
        return objects.stream().findFirst().map(object -> new Fields(variables, variable, object));
    }

    private Optional<Step> step(Fields fields, Optional<Trial.Metric> metric) {
        Optional<Integer> shared = fields.value("share", Optional.empty(), text -> Optional.of(Integer.valueOf(text)));
        boolean audience = fields.value("audience", false, Boolean::valueOf);
        Optional<Duration> sticks = fields.value("sticks", Optional.empty(), text -> Optional.of(Duration.parse(text)));
        Duration runs = fields.value("runs", Duration.ofDays(1), Duration::parse);
        Duration within = fields.value("within", Duration.ofDays(1), Duration::parse);
        String end = fields.value("end", "promote", text -> text);
        String otherwise = fields.value("otherwise", "roll-back", text -> text);
        double errors = fields.value("errorShare", 0.01, Double::valueOf);
        double latency = fields.value("latencyRatio", 1.5, Double::valueOf);
        long requests = fields.value("minimumRequests", 1_000L, Long::valueOf);
        int share = shared.orElse(100);
        fields.check(shared.isPresent() != audience, "share", "or audience says who tries green, one of them");
        fields.check(audience || share >= 1 && share <= 50, "share", "not from 1 to 50");
        fields.check(
                !audience || sticks.isEmpty(), "sticks", "is for a share: an audience's requests say where they go");
        fields.check(!audience || variables.text(AUDIENCE_RULE).isPresent(), "audience", "needs " + AUDIENCE_RULE);
        fields.check(lasts(runs), "runs", "not from PT1M to PT720H");
        fields.check(lasts(within), "within", "not from PT1M to PT720H");
        fields.check(
                sticks.filter(time -> time.toSeconds() < 1 || time.compareTo(Trial.LONGEST_STICKING) > 0)
                        .isEmpty(),
                "sticks",
                "not from PT1S to PT168H");
        fields.check(
                sticks.filter(time -> time.compareTo(runs) > 0).isEmpty(), "sticks", "is longer than the test runs");
        fields.check(List.of("promote", "roll-back", "wait").contains(end), "end", "not promote, roll-back or wait");
        fields.check(List.of("go-on", "roll-back").contains(otherwise), "otherwise", "not roll-back or go-on");
        fields.check(errors >= 0 && errors < 1, "errorShare", "not a share from 0 to 1");
        fields.check(latency >= 1 && latency <= 100, "latencyRatio", "not from 1 to 100");
        fields.check(requests > 0, "minimumRequests", "not above zero");
        Step.Otherwise then = otherwise.equals("go-on") ? Step.Otherwise.GO_ON : Step.Otherwise.ROLL_BACK;
        Optional<Duration> stuck = audience ? Optional.empty() : sticks.or(() -> Optional.of(shorter(runs)));
        return fields.result(() -> new Step(
                share,
                runs,
                Optional.of(new Step.Pause(within, then)),
                Optional.of(new Trial(stuck, end(end), new Trial.Bar(errors, latency, requests), metric))));
    }

    private static Duration shorter(Duration runs) {
        return runs.compareTo(Trial.LONGEST_STICKING) < 0 ? runs : Trial.LONGEST_STICKING;
    }

    private static boolean lasts(Duration time) {
        return time.compareTo(Duration.ofMinutes(1)) >= 0 && time.compareTo(LONGEST) <= 0;
    }

    private static Trial.End end(String word) {
        return switch (word) {
            case "roll-back" -> Trial.End.ROLL_BACK;
            case "wait" -> Trial.End.WAIT;
            default -> Trial.End.PROMOTE;
        };
    }

    private static Optional<Trial.Metric> metric(Fields fields, Map<String, String> dimensions) {
        String namespace = fields.value("namespace", "", text -> text);
        String name = fields.value("name", "", text -> text);
        String side = fields.value("side", "AutoScalingGroupName", text -> text);
        String compared = fields.value("compared", "per-request", text -> text);
        String better = fields.value("better", "higher", text -> text);
        double tolerance = fields.value("tolerance", 0.05, Double::valueOf);
        long samples = fields.value("minimumSamples", 100L, Long::valueOf);
        fields.check(!namespace.isEmpty(), "namespace", "is missing");
        fields.check(!name.isEmpty(), "name", "is missing");
        fields.check(!dimensions.containsKey(side), "side", "is one of the other dimensions");
        fields.check(List.of("per-request", "average").contains(compared), "compared", "not per-request or average");
        fields.check(List.of("higher", "lower").contains(better), "better", "not higher or lower");
        fields.check(tolerance >= 0 && tolerance < 1, "tolerance", "not a share from 0 to 1");
        fields.check(samples > 0, "minimumSamples", "not above zero");
        Trial.Counted counted = compared.equals("average") ? Trial.Counted.AVERAGE : Trial.Counted.PER_REQUEST;
        return fields.result(() -> new Trial.Metric(
                namespace, name, side, dimensions, counted, better.equals("higher"), tolerance, samples));
    }
}
