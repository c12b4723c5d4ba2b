package dev.greenlight.adapter.elb;

import dev.greenlight.adapter.Aws;
import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.ShadowRoute;
import dev.greenlight.domain.traffic.Weights;
import dev.greenlight.port.ShadowRule;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleNotFoundException;

/**
 * The shadow rule of an Application Load Balancer, whose one action says what becomes of copies: a fixed 204, or a forward to one
 * fleet. Follows "Action types for listener rules" and "ModifyRule".
 */
public final class AlbShadowRule implements ShadowRule {

    /** What the rule answers at rest; the installation makes it so. */
    static final String AT_REST = "204";

    private static final String DESCRIBE = "elasticloadbalancing:DescribeRules";
    private static final String MODIFY = "elasticloadbalancing:ModifyRule";

    private final ElasticLoadBalancingV2Client elb;
    private final Aws aws;
    private final String rule;
    private final Fleet a;
    private final Fleet b;

    /** @param rule ARN of the shadow rule */
    public AlbShadowRule(ElasticLoadBalancingV2Client elb, Aws aws, String rule, Fleet a, Fleet b) {
        this.elb = elb;
        this.aws = aws;
        this.rule = rule;
        this.a = a;
        this.b = b;
    }

    @Override
    public ShadowRoute route() {
        List<Rule> rules = aws.repeatable(DESCRIBE, () -> {
            try {
                return elb.describeRules(r -> r.ruleArns(rule)).rules();
            } catch (RuleNotFoundException e) {
                return List.of();
            }
        });
        if (rules.isEmpty()) {
            // A rule that is gone sends nothing to anybody.
            return new ShadowRoute.Closed();
        }
        List<Action> actions = rules.getFirst().actions();
        return actions.size() == 1
                ? read(actions.getFirst())
                : new ShadowRoute.Foreign("it has %d actions".formatted(actions.size()));
    }

    private ShadowRoute read(Action action) {
        if (action.type() == ActionTypeEnum.FIXED_RESPONSE
                && action.fixedResponseConfig() != null
                && AT_REST.equals(action.fixedResponseConfig().statusCode())) {
            return new ShadowRoute.Closed();
        }
        return switch (new RuleReading(List.of(a, b)).read(action)) {
            case Routing.Weighted weighted -> to(weighted.weights());
            case Routing.Closed closed -> new ShadowRoute.Foreign("it answers 503 by itself");
            case Routing.Audience audience -> throw new IllegalStateException("one rule has no audience: " + audience);
            case Routing.Foreign foreign -> new ShadowRoute.Foreign(foreign.description());
        };
    }

    private static ShadowRoute to(Weights weights) {
        if (weights.equals(Weights.full(FleetName.A))) {
            return new ShadowRoute.To(FleetName.A);
        }
        return weights.equals(Weights.full(FleetName.B))
                ? new ShadowRoute.To(FleetName.B)
                : new ShadowRoute.Foreign("it forwards to both fleets: " + weights);
    }

    /** In one try: it is right only while the rollout that asked for it is open. */
    @Override
    public void open(FleetName fleet) {
        Fleet to = fleet == FleetName.A ? a : b;
        Action forward = Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .targetGroupArn(to.targetGroup())
                .build();
        aws.once(MODIFY, () -> elb.modifyRule(r -> r.ruleArn(rule).actions(forward)));
    }

    @Override
    public void close() {
        Action answer = Action.builder()
                .type(ActionTypeEnum.FIXED_RESPONSE)
                .fixedResponseConfig(f -> f.statusCode(AT_REST))
                .build();
        aws.repeatable(MODIFY, () -> {
            try {
                return Optional.of(elb.modifyRule(r -> r.ruleArn(rule).actions(answer)));
            } catch (RuleNotFoundException e) {
                return Optional.empty();
            }
        });
    }
}
