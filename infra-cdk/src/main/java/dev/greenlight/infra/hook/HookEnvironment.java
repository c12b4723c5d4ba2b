package dev.greenlight.infra.hook;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.fleet.Fleet;
import dev.greenlight.infra.traffic.PreviewRule;
import dev.greenlight.service.Settings;
import java.util.Map;
import java.util.TreeMap;

/** A function's environment variables: what the file says, and what the stack made, by the names of the settings. */
final class HookEnvironment {

    private HookEnvironment() {}

    static Map<String, String> of(HookName hook, Surroundings around) {
        Names names = around.names();
        Map<String, String> env = new TreeMap<>(Settings.of(around.config()));
        put(env, "RULE", around.productionRule());
        around.audienceRule().ifPresent(rule -> put(env, "AUDIENCE_RULE", rule));
        around.shadowRule().ifPresent(rule -> put(env, "SHADOW_RULE", rule));
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
        put(env, "PREVIEW_HEADER", PreviewRule.HEADER);
        put(env, "PREVIEW_SECRET_A", around.previewA().secretReference());
        put(env, "PREVIEW_SECRET_B", around.previewB().secretReference());
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

    private static void put(Map<String, String> env, String name, String value) {
        env.put("GREENLIGHT_" + name, value);
    }
}
