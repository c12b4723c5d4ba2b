package dev.greenlight.service;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the functions are told of the file: the one place that knows which environment variable a key becomes. */
public final class Settings {

    /** What the functions take where they are told nothing. */
    private static final int STEADY_READS = 3;

    private static final Duration VALIDATING = Duration.ofMinutes(15);

    private Settings() {}

    /** The environment variables that follow from the file alone, by their whole names; what the stack makes is not among them. */
    public static Map<String, String> of(Config config) {
        Map<String, String> given = new TreeMap<>();
        everything(config).forEach((name, value) -> value.ifPresent(text -> given.put(name, text)));
        return given;
    }

    /** The same with every variable that a file may set: empty where this one leaves it out. */
    public static Map<String, Optional<String>> everything(Config config) {
        Map<String, Optional<String>> env = new TreeMap<>();
        put(env, "SERVICE", config.service());
        // A wildcard is no host to ask for: any name that it covers will do.
        put(env, "PREVIEW_HOST", config.network().hosts().getFirst().replace("*", "preview"));
        terms(env, config);
        checks(env, config.checks());
        return env;
    }

    private static void terms(Map<String, Optional<String>> env, Config config) {
        traffic(env, config.strategy().traffic());
        rolling(env, config);
        put(env, "WHILE_BLUE_WARM", config.replaceWarm() ? "replace" : "refuse");
        put(
                env,
                "COOLDOWN",
                Optional.of(config.cooldown()).filter(c -> !c.isZero()).map(Duration::toString));
        put(env, "FIRST_SIZE", String.valueOf(config.fleet().firstSize()));
        put(env, "BLUE_LIFETIME", config.blueLifetime().toString());
        put(env, "DRAIN", config.fleet().drain().toString());
        config.fleet().slowStart().ifPresent(slow -> warmingUp(env, slow));
        put(env, "BAKE", config.strategy().bake().toString());
        put(
                env,
                "APPROVAL",
                Optional.of(config.approval())
                        .filter(Config.Approval::beforeTraffic)
                        .map(approval -> approval.within().toString()));
    }

    /**
     * A target is in slow start from the moment at which it becomes healthy ("Edit target group attributes for your Application Load
     * Balancer"). The reads before users come lie so far apart that whoever was healthy at the first is warm at the last.
     */
    private static void warmingUp(Map<String, Optional<String>> env, Duration slowStart) {
        Duration spacing = Duration.ofSeconds(Math.ceilDiv(slowStart.toSeconds(), STEADY_READS - 1));
        put(env, "STEADY_READS", String.valueOf(STEADY_READS));
        put(env, "READ_SPACING", spacing.toString());
        put(env, "VALIDATING", VALIDATING.plus(slowStart).toString());
    }

    private static void traffic(Map<String, Optional<String>> env, Config.Traffic traffic) {
        Optional<Config.Traffic.Linear> linear = Optional.of(traffic)
                .filter(Config.Traffic.Linear.class::isInstance)
                .map(Config.Traffic.Linear.class::cast);
        put(
                env,
                "STRATEGY",
                switch (traffic) {
                    case Config.Traffic.BlueGreen all -> "blue-green";
                    case Config.Traffic.Canary canary -> "canary";
                    case Config.Traffic.Linear equal -> "linear";
                    case Config.Traffic.AbTest test -> TrialReader.KIND;
                    case Config.Traffic.InPlace same -> "in-place";
                    case Config.Traffic.Recreate turns -> "recreate";
                    case Config.Traffic.Rolling zones -> RollingReader.KIND;
                    case Config.Traffic.Shadow shadow -> "shadow";
                });
        put(
                env,
                "STEPS",
                traffic instanceof Config.Traffic.Canary canary
                        ? Optional.of(Json.steps(canary.steps()))
                        : Optional.empty());
        put(
                env,
                "SHADOW_WATCH",
                traffic instanceof Config.Traffic.Shadow shadow
                        ? Optional.of(shadow.watch().toString())
                        : Optional.empty());
        Optional<Config.Traffic.Recreate> inTurn = Optional.of(traffic)
                .filter(Config.Traffic.Recreate.class::isInstance)
                .map(Config.Traffic.Recreate.class::cast);
        put(env, "CLOSED", inTurn.flatMap(Config.Traffic.Recreate::closed));
        put(env, "CLOSED_TYPE", inTurn.flatMap(Config.Traffic.Recreate::closedType));
        put(env, "STEP_WEIGHT", linear.map(equal -> String.valueOf(equal.weight())));
        put(env, "STEP_INTERVAL", linear.map(equal -> equal.interval().toString()));
        Optional<Trial> test = Optional.of(traffic)
                .filter(Config.Traffic.AbTest.class::isInstance)
                .map(tried -> ((Config.Traffic.AbTest) tried).test());
        Optional<Trial.Metric> metric = test.flatMap(Trial::metric);
        put(env, "TEST", test.map(TrialJson::test));
        put(env, "TEST_METRIC", metric.map(TrialJson::metric));
        put(
                env,
                "TEST_DIMENSIONS",
                metric.map(Trial.Metric::dimensions)
                        .filter(named -> !named.isEmpty())
                        .map(TrialJson::dimensions));
    }

    private static void rolling(Map<String, Optional<String>> env, Config config) {
        Optional<Config.Traffic.Rolling> rolling = Optional.of(config.strategy().traffic())
                .filter(Config.Traffic.Rolling.class::isInstance)
                .map(Config.Traffic.Rolling.class::cast);
        put(env, "ROLLING_BAKE", rolling.map(zones -> zones.bake().toString()));
        put(env, "ROLLING_FIRST_BAKE", rolling.map(zones -> zones.firstBake().toString()));
        put(env, "ROLLING_KEEP", rolling.map(zones -> String.valueOf(zones.keep())));
        put(env, "ROLLING_KEEP_IN_ZONE", rolling.map(zones -> String.valueOf(zones.keepInZone())));
        put(env, "ROLLING_PAUSE", rolling.flatMap(Config.Traffic.Rolling::pause).map(Duration::toString));
        put(
                env,
                "ROLLING_OTHERWISE",
                rolling.filter(zones -> zones.pause().isPresent() && zones.goesOn())
                        .map(zones -> "go-on"));
        String service = config.service();
        put(
                env,
                "ROLLING_CONFIG",
                rolling.map(zones -> ZoneConfiguration.forward(service, zones).name()));
        put(
                env,
                "ROLLING_BACK_CONFIG",
                rolling.map(zones -> ZoneConfiguration.back(service, zones).name()));
    }

    private static void checks(Map<String, Optional<String>> env, Config.Checks checks) {
        put(
                env,
                "SMOKE_TESTS",
                Optional.of(checks.smoke()).filter(tests -> !tests.isEmpty()).map(Json::smokeTests));
        put(env, "ALARMS", Optional.of(String.join(",", checks.alarms())).filter(names -> !names.isEmpty()));
        put(env, "ERROR_SHARE", checks.errorShare().map(c -> Json.comparison("tolerance", c)));
        put(env, "LATENCY", checks.latency().map(c -> Json.comparison("ratio", c)));
    }

    private static void put(Map<String, Optional<String>> env, String name, String value) {
        put(env, name, Optional.of(value));
    }

    private static void put(Map<String, Optional<String>> env, String name, Optional<String> value) {
        env.put("GREENLIGHT_" + name, value);
    }
}
