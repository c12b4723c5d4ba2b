package dev.greenlight.infra.traffic;

import dev.greenlight.infra.Names;
import dev.greenlight.service.Network;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Duration;
import software.constructs.Construct;

/**
 * The rule that carries the weights. CloudFormation would reset them with every update, so Greenlight's own function makes
 * the rule, keeps its live weights on every update, and refuses to delete it while it carries traffic.
 */
public final class ProductionRule extends Construct {

    /** The preview rules, which stand before it. */
    private static final int PREVIEWS = 2;

    private final CustomResource rule;

    /**
     * @param maker ARN of the function that owns the rule
     * @param after what must be there before: the rules with lower priorities
     */
    public ProductionRule(
            Construct scope,
            String id,
            Names names,
            Network network,
            String listenerArn,
            String maker,
            List<PreviewRule> after) {
        super(scope, id);
        Map<String, Object> properties = new TreeMap<>();
        properties.put("Service", names.service());
        properties.put("ListenerArn", listenerArn);
        properties.put("Hosts", network.hosts());
        properties.put("Paths", network.paths());
        properties.put("Priority", String.valueOf(roomBefore(network) + 1));
        properties.put("Force", String.valueOf(network.forceRemoval()));
        this.rule = CustomResource.Builder.create(this, "Resource")
                .resourceType("Custom::GreenlightTrafficRule")
                .serviceToken(maker)
                .serviceTimeout(Duration.minutes(5))
                .properties(properties)
                .build();
        after.forEach(preview -> rule.getNode().addDependency(preview));
    }

    /** The priority that is left free between the previews and production, for an audience that may come to be. */
    static int roomBefore(Network network) {
        return network.priority() + PREVIEWS;
    }

    public String arn() {
        return rule.getRef();
    }
}
