package dev.greenlight.cli.stories;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.cli.installed.Blueprint;
import dev.greenlight.sandbox.cloudformation.Template;
import java.util.Map;
import java.util.function.Consumer;

/** The festival's template after somebody changed {@code greenlight.yaml}, or CDK, or something in the stack by hand. */
final class EditedTemplate {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode root;

    EditedTemplate() {
        try {
            this.root = JSON.readTree(Blueprint.festivalText());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    EditedTemplate(JsonNode root) {
        this.root = root;
    }

    /** Changes the properties of every resource of a type. */
    EditedTemplate each(String type, Consumer<ObjectNode> edit) {
        root.path("Resources").forEach(resource -> {
            if (resource.path("Type").asText().equals(type)) {
                edit.accept((ObjectNode) resource.path("Properties"));
            }
        });
        return this;
    }

    /** What the listener says to strangers, and how long an instance is left to warm up: nothing that a rollout looks at. */
    EditedTemplate unrelated(int number) {
        return each("AWS::ElasticLoadBalancingV2::Listener", listener -> {
                    JsonNode answer = listener.path("DefaultActions").path(0).path("FixedResponseConfig");
                    if (answer.isObject()) {
                        ((ObjectNode) answer).put("MessageBody", "nobody lives here, " + number);
                    }
                })
                .each("AWS::AutoScaling::AutoScalingGroup", group -> group.put("DefaultInstanceWarmup", 200 + number))
                .each(
                        "Custom::GreenlightLaunchVersion",
                        version -> ((ObjectNode) version.path("Group")).put("DefaultInstanceWarmup", 200 + number));
    }

    /** The service gets one more address. */
    EditedTemplate host(String host) {
        return each(
                "Custom::GreenlightTrafficRule", rule -> rule.withArray("Hosts").add(host));
    }

    /** The path on which the load balancer asks instances how they are. */
    EditedTemplate healthPath(String path) {
        return each("AWS::ElasticLoadBalancingV2::TargetGroup", group -> group.put("HealthCheckPath", path));
    }

    /** What functions are told besides. */
    EditedTemplate told(Map<String, String> settings) {
        return each("AWS::Lambda::Function", function -> {
            if (function.path("Environment").path("Variables") instanceof ObjectNode variables
                    && variables.has("GREENLIGHT_STRATEGY")) {
                settings.forEach(variables::put);
            }
        });
    }

    /** The port on which instances listen. */
    EditedTemplate port(int port) {
        return each("AWS::ElasticLoadBalancingV2::TargetGroup", group -> group.put("Port", port));
    }

    /** Whoever removes the service says that it may be removed while it serves. */
    EditedTemplate force() {
        return each("Custom::GreenlightTrafficRule", rule -> rule.put("Force", "true"));
    }

    Template template() {
        return Template.of(root);
    }
}
