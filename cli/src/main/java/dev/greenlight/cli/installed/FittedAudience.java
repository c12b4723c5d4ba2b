package dev.greenlight.cli.installed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.service.Audience;
import java.util.Map;

/**
 * What {@code synth} adds to a template where an A/B test has an audience, under the name that it gives it: a rule before production, which
 * whoever writes production's rule is told and may write.
 */
final class FittedAudience {

    private static final String RULE = "Audience942C5C42";
    private static final String PRODUCTION = "Custom::GreenlightTrafficRule";

    private final ObjectNode resources;

    FittedAudience(ObjectNode resources) {
        this.resources = resources;
    }

    void fit(Audience audience) {
        Map.Entry<String, JsonNode> production = resources.properties().stream()
                .filter(resource -> resource.getValue().path("Type").asText().equals(PRODUCTION))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the template has no production rule"));
        ObjectNode rule = production.getValue().deepCopy();
        rule.put("Type", "Custom::GreenlightAudienceRule").putArray("DependsOn").add(production.getKey());
        ObjectNode properties = (ObjectNode) rule.path("Properties");
        properties.remove("Force");
        int after = Integer.parseInt(properties.path("Priority").asText());
        properties.put("Priority", String.valueOf(after - 1));
        properties.putObject("Above").put("Ref", production.getKey());
        traits(properties.putArray("Audience"), audience);
        resources.set(RULE, rule);
        resources.forEach(resource -> {
            if (resource.at("/Properties/Environment/Variables") instanceof ObjectNode variables
                    && variables.has("GREENLIGHT_RULE")) {
                variables.putObject("GREENLIGHT_AUDIENCE_RULE").put("Ref", RULE);
            }
            if (resource.at("/Properties/Policies/0/PolicyDocument/Statement") instanceof ArrayNode statements) {
                permit(statements);
            }
        });
    }

    private static void traits(ArrayNode traits, Audience audience) {
        audience.conditions().forEach(condition -> {
            ObjectNode trait = traits.addObject().put("Field", condition.field().word());
            if (!condition.name().isEmpty()) {
                trait.put("Name", condition.name());
            }
            condition.values().forEach(trait.putArray("Values")::add);
        });
    }

    private static void permit(ArrayNode statements) {
        boolean writes = statements
                .valueStream()
                .anyMatch(statement -> statement.path("Sid").asText().equals("WriteRule"));
        if (writes) {
            statements
                    .addObject()
                    .put("Sid", "WriteAudienceRule")
                    .put("Effect", "Allow")
                    .put("Action", "elasticloadbalancing:ModifyRule")
                    .putObject("Resource")
                    .put("Ref", RULE);
        }
    }
}
