package dev.greenlight.counterpart;

import dev.greenlight.domain.fleet.FleetName;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** Somebody who writes the production rule by hand. */
public record RuleHand(Ground ground) {

    /** Forwards to both fleets with any weights. */
    public void forwards(int a, int b, Optional<Duration> stickiness) {
        writes(Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .forwardConfig(f -> f.targetGroups(share(FleetName.A, a), share(FleetName.B, b))
                        .targetGroupStickinessConfig(s -> s.enabled(stickiness.isPresent())
                                .durationSeconds(stickiness
                                        .map(d -> Math.toIntExact(d.toSeconds()))
                                        .orElse(null))))
                .build());
    }

    /** Forwards to one fleet and does not name the other. */
    public void forwardsTo(FleetName fleet) {
        writes(Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .targetGroupArn(ground.fleet(fleet).targetGroup())
                .build());
    }

    /** Lets the rule answer by itself. */
    public void answers(String status) {
        writes(Action.builder()
                .type(ActionTypeEnum.FIXED_RESPONSE)
                .fixedResponseConfig(
                        f -> f.statusCode(status).contentType("text/plain").messageBody("maintenance"))
                .build());
    }

    private TargetGroupTuple share(FleetName fleet, int weight) {
        return TargetGroupTuple.builder()
                .targetGroupArn(ground.fleet(fleet).targetGroup())
                .weight(weight)
                .build();
    }

    private void writes(Action action) {
        ground.clients()
                .loadBalancing()
                .modifyRule(r -> r.ruleArn(ground.rule()).actions(action));
    }
}
