package dev.greenlight.cli.simulate;

import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.Site;
import dev.greenlight.sandbox.world.Action;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** A listener rule that carries weights, as anybody with the permission sees and writes it. */
public final class ProductionRule {

    private final Sandbox sandbox;
    private final String arn;

    public ProductionRule(Sandbox sandbox) {
        this(sandbox, sandbox.site().productionRule());
    }

    /** Another rule that carries weights. */
    ProductionRule(Sandbox sandbox, String arn) {
        this.sandbox = sandbox;
        this.arn = arn;
    }

    /** Percent of production requests that the rule gives each fleet; both 0 while it is closed. */
    public Map<String, Integer> weights() {
        Action action = sandbox.world().rules().stream()
                .filter(rule -> rule.arn().equals(arn))
                .findFirst()
                .orElseThrow()
                .action();
        Map<String, Integer> weights = new HashMap<>(Map.of("A", 0, "B", 0));
        if (action instanceof Action.Forward forward) {
            String a = sandbox.site().a().targetGroupArn();
            forward.shares()
                    .forEach(share -> weights.put(share.targetGroupArn().equals(a) ? "A" : "B", share.weight()));
        }
        return weights;
    }

    /** Its tags. */
    public Map<String, String> tags() {
        return sandbox.world().tags(arn);
    }

    /** How often it was written, by anybody. */
    public long writes() {
        return sandbox.calls().of("elasticloadbalancing:ModifyRule").stream()
                .filter(call -> call.ok() && call.resource().equals(arn))
                .count();
    }

    /** Somebody writes weights past Greenlight, perhaps so that clients stick to the fleet that first answered them. */
    public void handWrites(int a, int b, boolean sticky) {
        var forward = software.amazon.awssdk.services.elasticloadbalancingv2.model.Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .forwardConfig(config -> config.targetGroups(
                                tuple(sandbox.site().a(), a),
                                tuple(sandbox.site().b(), b))
                        .targetGroupStickinessConfig(s -> s.enabled(sticky).durationSeconds(sticky ? 3600 : null)))
                .build();
        sandbox.elb().modifyRule(request -> request.ruleArn(arn).actions(forward));
    }

    /** Somebody takes all tags off it. */
    public void handForgets() {
        sandbox.elb().removeTags(request -> request.resourceArns(arn).tagKeys(tags().keySet()));
    }

    /** Somebody lets the rule answer by itself past Greenlight. */
    public void handCloses() {
        var closed = software.amazon.awssdk.services.elasticloadbalancingv2.model.Action.builder()
                .type(ActionTypeEnum.FIXED_RESPONSE)
                .fixedResponseConfig(config -> config.statusCode("503"))
                .build();
        sandbox.elb().modifyRule(request -> request.ruleArn(arn).actions(closed));
    }

    private static TargetGroupTuple tuple(Site.Fleet fleet, int weight) {
        return TargetGroupTuple.builder()
                .targetGroupArn(fleet.targetGroupArn())
                .weight(weight)
                .build();
    }
}
