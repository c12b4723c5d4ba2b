package dev.greenlight.cli.installed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.sandbox.cloudformation.Template;
import dev.greenlight.sandbox.world.Account;
import dev.greenlight.service.Audience;
import dev.greenlight.service.Config;
import dev.greenlight.service.Settings;
import dev.greenlight.service.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/**
 * The festival's template, changed to what a greenlight.yaml says, as far as a rollout can tell: names, hosts, target groups, groups' sizes,
 * scaling, the pipeline with its approval, alarms' events, and what the functions are told. It stands for the template that {@code synth}
 * makes, where there is neither CDK nor Node.js; what it leaves out does not reach a hook.
 */
public final class Fitted {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORIGINAL = "festival";
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);
    private static final int MOST_REQUESTS = 1_000;

    private final ObjectNode resources;

    private Fitted(ObjectNode resources) {
        this.resources = resources;
    }

    /** The installation that the file describes, ready to be installed in a sandbox of the festival's account and region. */
    public static Blueprint to(Config config) {
        return Blueprint.of(Template.of(template(config)), Account.example());
    }

    /** The template of that installation. */
    public static JsonNode template(Config config) {
        ObjectNode root = parse(Blueprint.festivalText().replace(ORIGINAL, config.service()));
        new Fitted((ObjectNode) root.path("Resources")).fit(config);
        return root;
    }

    /**
     * The same service with shorter waits: a life is over in seconds if not each of a week's minutes is swept. What is waited for stays,
     * and how long it takes to get there.
     */
    public static Config shortened(Config config) {
        Config shorter = config.waiting(Fitted::shorter);
        return shorter.strategy().traffic() instanceof Config.Traffic.AbTest tried
                ? shorter.releasing(new Config.Strategy(
                        new Config.Traffic.AbTest(inShort(tried.test())),
                        shorter.strategy().bake()))
                : shorter;
    }

    /** No user of the sandbox orders anything, and half an hour's requests are what there is. */
    private static Trial inShort(Trial test) {
        Trial.Bar bar = test.bar();
        int requests = Math.min(bar.minimumRequests(), MOST_REQUESTS);
        return test.unmeasured().heldTo(new Trial.Bar(bar.errorShare(), bar.latencyRatio(), requests));
    }

    private static Duration shorter(Duration wait) {
        return wait.compareTo(LONGEST_WAIT) <= 0 ? wait : LONGEST_WAIT;
    }

    private static ObjectNode parse(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the festival's template is not JSON", e);
        }
    }

    private void fit(Config config) {
        config.fleet().mirror().ifPresent(mirror -> new FittedMirror(resources).fit(config.fleet(), mirror));
        hosts(config.network().hosts());
        fleets(config.fleet());
        alarms(config.checks().alarms());
        pipeline(config);
        if (config.strategy().traffic() instanceof Config.Traffic.AbTest tried
                && tried.test().who() instanceof Audience audience) {
            new FittedAudience(resources).fit(audience);
        }
        if (config.strategy().traffic() instanceof Config.Traffic.InPlace) {
            new FittedRoles(resources).fitOnOne();
        }
        if (config.strategy().traffic() instanceof Config.Traffic.Recreate) {
            new FittedRoles(resources).fitInTurn();
        }
        if (config.strategy().traffic() instanceof Config.Traffic.Rolling rolling) {
            new FittedRoles(resources).fitOnOne();
            new FittedZones(resources).fit(config.service(), rolling);
        }
        settings(Settings.everything(config));
    }

    private void hosts(List<String> hosts) {
        each("Custom::GreenlightTrafficRule", rule -> rule.set("Hosts", JSON.valueToTree(hosts)));
        each(
                "AWS::ElasticLoadBalancingV2::ListenerRule",
                rule -> rule.path("Conditions").forEach(condition -> {
                    if (condition.has("HostHeaderConfig")) {
                        ((ObjectNode) condition.path("HostHeaderConfig")).set("Values", JSON.valueToTree(hosts));
                    }
                }));
    }

    private void fleets(Config.Fleet fleet) {
        each("AWS::ElasticLoadBalancingV2::TargetGroup", group -> {
            group.put("HealthCheckPath", fleet.healthPath());
            group.put("Port", fleet.port());
            attribute(
                    group,
                    "deregistration_delay.timeout_seconds",
                    String.valueOf(fleet.drain().toSeconds()));
            fleet.slowStart()
                    .ifPresent(
                            slow -> attribute(group, "slow_start.duration_seconds", String.valueOf(slow.toSeconds())));
        });
        String maximum = String.valueOf(fleet.maximum());
        each("AWS::AutoScaling::AutoScalingGroup", group -> group.put("MaxSize", maximum));
        each(
                "Custom::GreenlightLaunchVersion",
                version -> ((ObjectNode) version.path("Group")).put("MaxSize", maximum));
        each(
                "AWS::AutoScaling::ScalingPolicy",
                policy -> ((ObjectNode) policy.path("TargetTrackingConfiguration"))
                        .put("TargetValue", fleet.targetCpu()));
    }

    private static void attribute(ObjectNode group, String key, String value) {
        ArrayNode attributes = group.withArray("/TargetGroupAttributes");
        for (JsonNode attribute : attributes) {
            if (attribute.path("Key").asText().equals(key)) {
                ((ObjectNode) attribute).put("Value", value);
                return;
            }
        }
        attributes.addObject().put("Key", key).put("Value", value);
    }

    /** The rule that hears of alarms, and the permission that names it, are there only if there are alarms. */
    private void alarms(List<String> names) {
        List<String> gone = new ArrayList<>();
        resources.properties().forEach(resource -> {
            JsonNode detail =
                    resource.getValue().path("Properties").path("EventPattern").path("detail");
            if (detail.has("alarmName")) {
                ((ObjectNode) detail).set("alarmName", JSON.valueToTree(names));
                gone.add(resource.getKey());
            }
        });
        if (names.isEmpty()) {
            resources.properties().forEach(resource -> {
                String source = resource.getValue()
                        .at("/Properties/SourceArn/Fn::GetAtt/0")
                        .asText();
                if (gone.contains(source)) {
                    gone.add(resource.getKey());
                }
            });
            resources.remove(gone);
        }
    }

    private void pipeline(Config config) {
        each("AWS::CodePipeline::Pipeline", pipeline -> {
            pipeline.put("ExecutionMode", config.source().mode());
            if (config.approval().beforeTraffic()) {
                for (JsonNode stage : pipeline.path("Stages")) {
                    approve(
                            (ArrayNode) stage.path("Actions"),
                            config.approval().within().toMinutes());
                }
            }
        });
    }

    /** A person is asked right before users come. */
    private static void approve(ArrayNode actions, long minutes) {
        Optional<JsonNode> traffic = StreamSupport.stream(actions.spliterator(), false)
                .filter(action -> action.path("Name").asText().equals("AllowTraffic"))
                .findFirst();
        if (traffic.isEmpty()) {
            return;
        }
        int order = traffic.get().path("RunOrder").asInt();
        for (JsonNode action : actions) {
            if (action.path("RunOrder").asInt() >= order) {
                ((ObjectNode) action).put("RunOrder", action.path("RunOrder").asInt() + 1);
            }
        }
        ObjectNode approval = actions.addObject();
        approval.put("Name", "Approve").put("RunOrder", order).put("TimeoutInMinutes", minutes);
        approval.putObject("ActionTypeId")
                .put("Category", "Approval")
                .put("Owner", "AWS")
                .put("Provider", "Manual")
                .put("Version", "1");
    }

    private void settings(Map<String, Optional<String>> settings) {
        each("AWS::Lambda::Function", function -> {
            JsonNode variables = function.path("Environment").path("Variables");
            if (variables.has("GREENLIGHT_SERVICE")) {
                settings.forEach((name, value) -> value.ifPresentOrElse(
                        text -> ((ObjectNode) variables).put(name, text), () -> ((ObjectNode) variables).remove(name)));
            }
        });
    }

    private void each(String type, Consumer<ObjectNode> edit) {
        resources.forEach(resource -> {
            if (resource.path("Type").asText().equals(type)) {
                edit.accept((ObjectNode) resource.path("Properties"));
            }
        });
    }
}
