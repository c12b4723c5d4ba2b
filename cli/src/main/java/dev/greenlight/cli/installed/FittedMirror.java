package dev.greenlight.cli.installed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.service.Config;
import dev.greenlight.service.MirrorProxy;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code synth} adds to a template where instances copy requests, under the names that it gives it: a secret, the rules that say
 * what becomes of copies, who may write one of them, and the proxy that instances boot with.
 */
final class FittedMirror {

    private static final String RULE = "ShadowRule8A986A32";
    private static final String STALE = "ShadowStale5CD66140";
    private static final String SECRET = "ShadowSecret86A1C714";

    /** Whoever opens the shadow, or takes back a rollout that may have. */
    private static final Set<Functions> WRITERS =
            Set.of(Functions.BEFORE_ALLOW_TRAFFIC, Functions.ROLL_BACK, Functions.SWEEP);

    private final ObjectNode resources;

    FittedMirror(ObjectNode resources) {
        this.resources = resources;
    }

    void fit(Config.Fleet fleet, Config.Mirror mirror) {
        resources
                .putObject(SECRET)
                .put("Type", "AWS::SecretsManager::Secret")
                .putObject("Properties")
                .putObject("GenerateSecretString")
                .put("PasswordLength", 40);
        ObjectNode preview = preview();
        resources.set(RULE, rule(preview, 2));
        ObjectNode stale = rule(preview, 1);
        header(stale).putArray("Values").add("*");
        resources.set(STALE, stale);
        each(
                "AWS::EC2::LaunchTemplate",
                template -> ((ObjectNode) template.path("LaunchTemplateData"))
                        .putObject("UserData")
                        .put("Fn::Base64", proxy(fleet, mirror).configuration()));
        each("AWS::Lambda::Function", function -> {
            if (function.path("Environment").path("Variables") instanceof ObjectNode variables
                    && variables.has("GREENLIGHT_SERVICE")) {
                variables.putObject("GREENLIGHT_SHADOW_RULE").put("Ref", RULE);
                permit(function);
            }
        });
    }

    private static MirrorProxy proxy(Config.Fleet fleet, Config.Mirror mirror) {
        return new MirrorProxy(
                fleet.port(),
                mirror.appPort(),
                mirror.share(),
                mirror.methods(),
                "https://door",
                Optional.empty(),
                "secret.conf");
    }

    private ObjectNode preview() {
        for (JsonNode resource : resources) {
            if (resource.path("Type").asText().equals("AWS::ElasticLoadBalancingV2::ListenerRule")) {
                return (ObjectNode) resource;
            }
        }
        throw new IllegalStateException("the template has no preview rule");
    }

    /** A rule like a preview's, so many places before the first of those, that answers by itself. */
    private static ObjectNode rule(ObjectNode preview, int before) {
        ObjectNode rule = preview.deepCopy();
        ObjectNode properties = (ObjectNode) rule.path("Properties");
        properties.put("Priority", properties.path("Priority").asInt() - before);
        ObjectNode answer = properties.putArray("Actions").addObject().put("Type", "fixed-response");
        answer.putObject("FixedResponseConfig").put("StatusCode", "204");
        ObjectNode header = header(rule).put("HttpHeaderName", MirrorProxy.HEADER);
        ObjectNode value = header.putArray("Values").addObject();
        value.putArray("Fn::Join")
                .add("")
                .addArray()
                .add("{{resolve:secretsmanager:")
                .add(value.objectNode().put("Ref", SECRET))
                .add(":SecretString:::}}");
        return rule;
    }

    private static ObjectNode header(ObjectNode rule) {
        return (ObjectNode) rule.path("Properties").path("Conditions").path(0).path("HttpHeaderConfig");
    }

    private void permit(ObjectNode function) {
        String handler = function.path("Handler").asText();
        for (Functions writer : WRITERS) {
            if (handler.equals(writer.handler())) {
                JsonNode role = resources.path(
                        function.path("Role").path("Fn::GetAtt").path(0).asText());
                ObjectNode document = (ObjectNode) role.at("/Properties/Policies/0/PolicyDocument");
                document.withArray("Statement")
                        .addObject()
                        .put("Sid", "WriteShadowRule")
                        .put("Effect", "Allow")
                        .put("Action", "elasticloadbalancing:ModifyRule")
                        .putObject("Resource")
                        .put("Ref", RULE);
                if (writer == Functions.BEFORE_ALLOW_TRAFFIC) {
                    document.withArray("Statement")
                            .addObject()
                            .put("Sid", "SeeMetrics")
                            .put("Effect", "Allow")
                            .put("Action", "cloudwatch:GetMetricData")
                            .put("Resource", "*");
                }
            }
        }
    }

    private void each(String type, java.util.function.Consumer<ObjectNode> edit) {
        resources.forEach(resource -> {
            if (resource.path("Type").asText().equals(type)) {
                edit.accept((ObjectNode) resource.path("Properties"));
            }
        });
    }
}
