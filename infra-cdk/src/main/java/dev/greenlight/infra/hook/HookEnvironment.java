package dev.greenlight.infra.hook;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.config.Config;
import dev.greenlight.infra.fleet.Fleet;
import dev.greenlight.infra.traffic.PreviewRule;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A function's environment variables: everything that the file says and the stack made, by the names of the settings. */
final class HookEnvironment {

    private HookEnvironment() {}

    static Map<String, String> of(HookName hook, Surroundings around) {
        Names names = around.names();
        Config config = around.config();
        Map<String, String> env = new TreeMap<>();
        put(env, "SERVICE", names.service());
        put(env, "RULE", around.productionRule());
        put(env, "LOAD_BALANCER", around.door().loadBalancerArn());
        fleet(env, "A_", around.fleets().a());
        fleet(env, "B_", around.fleets().b());
        if (hook == HookName.PREPARE_GREEN) {
            // By the stack and not from EC2: an update that goes back takes these back, and no launch template's
            // version.
            launch(env, "A_", around.fleets().a());
            launch(env, "B_", around.fleets().b());
        }
        put(env, "APPLICATION", around.fleets().application());
        put(env, "TABLE", around.store().name());
        put(env, "SCHEDULE_GROUP", around.appointments().group());
        put(env, "SCHEDULE_ROLE", around.appointments().roleArn());
        put(env, "RETIRE_FUNCTION", HookName.RETIRE_BLUE.calledArn(names));
        put(env, "SELF", hook.calledArn(names));
        put(env, "PREVIEW_URL", around.door().address());
        // A wildcard is no host to ask for: any name that it covers will do.
        put(env, "PREVIEW_HOST", config.network().hosts().getFirst().replace("*", "preview"));
        put(env, "PREVIEW_HEADER", PreviewRule.HEADER);
        put(env, "PREVIEW_SECRET_A", around.previewA().secretReference());
        put(env, "PREVIEW_SECRET_B", around.previewB().secretReference());
        terms(env, config);
        checks(env, config.checks());
        return env;
    }

    private static void fleet(Map<String, String> env, String prefix, Fleet fleet) {
        put(env, prefix + "ASG", fleet.name());
        put(env, prefix + "TARGET_GROUP", fleet.targetGroupArn());
        put(env, prefix + "DEPLOYMENT_GROUP", fleet.name());
    }

    private static void launch(Map<String, String> env, String prefix, Fleet fleet) {
        put(env, prefix + "LAUNCH_TEMPLATE", fleet.launchTemplateId());
        put(env, prefix + "LAUNCH_VERSION", fleet.newestVersion());
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
