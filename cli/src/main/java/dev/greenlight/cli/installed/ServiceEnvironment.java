package dev.greenlight.cli.installed;

import dev.greenlight.sandbox.Landscape;
import dev.greenlight.sandbox.Site;
import dev.greenlight.sandbox.lambda.SimulatedLambda;
import java.util.LinkedHashMap;
import java.util.Map;

/** The environment variables of an installation's functions. */
final class ServiceEnvironment {

    private ServiceEnvironment() {}

    static Map<String, String> of(Site site, SimulatedLambda lambda, Functions function) {
        Landscape landscape = site.landscape();
        String service = landscape.service();
        Map<String, String> env = new LinkedHashMap<>();
        env.put("AWS_REGION", landscape.account().region());
        env.put("GREENLIGHT_SERVICE", service);
        env.put("GREENLIGHT_RULE", site.productionRule());
        env.put("GREENLIGHT_LOAD_BALANCER", site.loadBalancer().arn());
        fleet(env, "A", site.a());
        fleet(env, "B", site.b());
        env.put("GREENLIGHT_APPLICATION", service);
        env.put("GREENLIGHT_SCHEDULE_GROUP", Names.schedules(service));
        env.put("GREENLIGHT_SCHEDULE_ROLE", Names.role(landscape.account(), "scheduler"));
        env.put("GREENLIGHT_RETIRE_FUNCTION", lambda.arn(Functions.RETIRE_BLUE.nameFor(service)));
        env.put("GREENLIGHT_SELF", lambda.arn(function.nameFor(service)));
        env.put("GREENLIGHT_PREVIEW_URL", "http://127.0.0.1");
        env.put("GREENLIGHT_PREVIEW_HOST", landscape.host());
        env.put("GREENLIGHT_PREVIEW_HEADER", landscape.previewHeader());
        env.put("GREENLIGHT_PREVIEW_SECRET_A", site.a().previewSecret());
        env.put("GREENLIGHT_PREVIEW_SECRET_B", site.b().previewSecret());
        env.put("GREENLIGHT_DRAIN", landscape.deregistrationDelay().toString());
        env.put(
                "GREENLIGHT_SMOKE_TESTS",
                "[{\"path\":\"/health\"},{\"path\":\"/checkout\",\"version\":\"X-App-Version\"}]");
        env.put("GREENLIGHT_ERROR_SHARE", "{\"tolerance\":0.01,\"minimumRequests\":200}");
        return env;
    }

    private static void fleet(Map<String, String> env, String name, Site.Fleet fleet) {
        String prefix = "GREENLIGHT_" + name + "_";
        env.put(prefix + "ASG", fleet.autoScalingGroup());
        env.put(prefix + "TARGET_GROUP", fleet.targetGroupArn());
        env.put(prefix + "DEPLOYMENT_GROUP", fleet.autoScalingGroup());
    }
}
