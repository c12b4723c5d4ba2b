package dev.greenlight.service;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What the functions are told of the file: the one place that knows which environment variable a key becomes. */
public final class Settings {

    private Settings() {}

    /** The environment variables that follow from the file alone, by their whole names; what the stack makes is not among them. */
    public static Map<String, String> of(Config config) {
        Map<String, String> env = new TreeMap<>();
        put(env, "SERVICE", config.service());
        // A wildcard is no host to ask for: any name that it covers will do.
        put(env, "PREVIEW_HOST", config.network().hosts().getFirst().replace("*", "preview"));
        terms(env, config);
        checks(env, config.checks());
        return env;
    }

    private static void terms(Map<String, String> env, Config config) {
        put(env, "STRATEGY", config.strategy().kind());
        put(env, "WHILE_BLUE_WARM", config.replaceWarm() ? "replace" : "refuse");
        put(env, "FIRST_SIZE", String.valueOf(config.fleet().firstSize()));
        put(env, "BLUE_LIFETIME", config.blueLifetime());
        put(env, "DRAIN", config.fleet().drain());
        put(env, "BAKE", config.strategy().bake());
        if (config.approval().beforeTraffic()) {
            put(env, "APPROVAL", config.approval().within());
        }
    }

    private static void checks(Map<String, String> env, Config.Checks checks) {
        if (!checks.smoke().isEmpty()) {
            put(env, "SMOKE_TESTS", Json.smokeTests(checks.smoke()));
        }
        if (!checks.alarms().isEmpty()) {
            put(env, "ALARMS", String.join(",", checks.alarms()));
        }
        checks.errorShare().ifPresent(c -> put(env, "ERROR_SHARE", Json.comparison("tolerance", c)));
        checks.latency().ifPresent(c -> put(env, "LATENCY", Json.comparison("ratio", c)));
    }

    private static void put(Map<String, String> env, String name, Duration value) {
        put(env, name, value.toString());
    }

    private static void put(Map<String, String> env, String name, String value) {
        env.put("GREENLIGHT_" + name, value);
    }
}
