package dev.greenlight.infra.traffic;

import dev.greenlight.infra.Names;
import dev.greenlight.service.Audience;
import dev.greenlight.service.Network;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Duration;
import software.constructs.Construct;

/**
 * The rule for an A/B test's audience: production's conditions and those of the audience, right before the production rule and behind the
 * previews. It carries weights as the production rule does, so the same function owns it.
 */
public final class AudienceRule extends Construct {

    private final CustomResource rule;

    /**
     * @param production whose action it begins with, and before which it stands
     * @param maker ARN of the function that owns the rule
     */
    public AudienceRule(
            Construct scope,
            String id,
            Names names,
            Network network,
            Audience audience,
            String listenerArn,
            ProductionRule production,
            String maker) {
        super(scope, id);
        Map<String, Object> properties = new TreeMap<>();
        properties.put("Service", names.service());
        properties.put("ListenerArn", listenerArn);
        properties.put("Hosts", network.hosts());
        properties.put("Paths", network.paths());
        properties.put("Priority", String.valueOf(ProductionRule.roomBefore(network)));
        properties.put("Above", production.arn());
        properties.put(
                "Audience",
                audience.conditions().stream().map(AudienceRule::condition).toList());
        this.rule = CustomResource.Builder.create(this, "Resource")
                .resourceType("Custom::GreenlightAudienceRule")
                .serviceToken(maker)
                .serviceTimeout(Duration.minutes(5))
                .properties(properties)
                .build();
        // The previews stand before it, as they do before production; and who owns it may have no permissions before.
        rule.getNode().addDependency(production);
    }

    private static Map<String, Object> condition(Audience.Condition condition) {
        Map<String, Object> asked = new TreeMap<>();
        asked.put("Field", condition.field().word());
        if (!condition.name().isEmpty()) {
            asked.put("Name", condition.name());
        }
        asked.put("Values", List.copyOf(condition.values()));
        return asked;
    }

    public String arn() {
        return rule.getRef();
    }
}
