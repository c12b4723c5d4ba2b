package dev.greenlight.adapter.elb;

import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/**
 * What a rule's last action means for the two fleets. ALB weights are any numbers from 0 to 999; only those that are exact
 * percentages are Greenlight's. Follows "Action types for listener rules".
 */
final class RuleReading {

    /** With this status a rule answers by itself while nobody is to be served. */
    static final String CLOSED = "503";

    private final Map<String, FleetName> fleets;

    RuleReading(List<Fleet> fleets) {
        Map<String, FleetName> byGroup = new HashMap<>();
        fleets.forEach(f -> byGroup.put(f.targetGroup(), f.name()));
        this.fleets = Map.copyOf(byGroup);
    }

    Routing read(Action last) {
        return switch (type(last)) {
            case FIXED_RESPONSE -> fixed(last.fixedResponseConfig());
            case FORWARD -> forward(groups(last), sticky(last.forwardConfig()));
            default -> new Routing.Foreign("it ends with the action " + last.typeAsString());
        };
    }

    /** An answer that does not say what an action is tells of an action that is not Greenlight's. */
    private static ActionTypeEnum type(Action action) {
        return action.type() == null ? ActionTypeEnum.UNKNOWN_TO_SDK_VERSION : action.type();
    }

    private static Routing fixed(FixedResponseActionConfig config) {
        String status = config == null ? null : config.statusCode();
        return CLOSED.equals(status)
                ? new Routing.Closed()
                : new Routing.Foreign("it answers " + status + " by itself");
    }

    private static List<TargetGroupTuple> groups(Action forward) {
        if (forward.forwardConfig() != null && forward.forwardConfig().hasTargetGroups()) {
            return forward.forwardConfig().targetGroups();
        }
        return List.of(TargetGroupTuple.builder()
                .targetGroupArn(forward.targetGroupArn())
                .build());
    }

    /** Where nobody says for how long, it is not for long. */
    private static Optional<Duration> sticky(ForwardActionConfig config) {
        return Optional.ofNullable(config)
                .map(ForwardActionConfig::targetGroupStickinessConfig)
                .filter(stickiness -> Boolean.TRUE.equals(stickiness.enabled()))
                .map(stickiness -> Duration.ofSeconds(
                        Optional.ofNullable(stickiness.durationSeconds()).orElse(0)));
    }

    private Routing forward(List<TargetGroupTuple> groups, Optional<Duration> sticky) {
        for (TargetGroupTuple group : groups) {
            if (group.targetGroupArn() == null || !fleets.containsKey(group.targetGroupArn())) {
                return new Routing.Foreign("it forwards to the target group " + group.targetGroupArn());
            }
        }
        int a = weight(groups, FleetName.A);
        int b = weight(groups, FleetName.B);
        if (a + b == 0) {
            return new Routing.Foreign("all weights are zero");
        }
        return percent(a, a + b)
                .<Routing>map(share -> new Routing.Weighted(new Weights(share, 100 - share), sticky))
                .orElseGet(() -> new Routing.Foreign("weights A %d, B %d are no whole percentages".formatted(a, b)));
    }

    private int weight(List<TargetGroupTuple> groups, FleetName fleet) {
        return groups.stream()
                .filter(g -> fleets.get(g.targetGroupArn()) == fleet)
                .mapToInt(g -> g.weight() == null ? 1 : g.weight())
                .sum();
    }

    private static Optional<Integer> percent(int part, int whole) {
        return part * 100 % whole == 0 ? Optional.of(part * 100 / whole) : Optional.empty();
    }

    /** The one action that ends the rule's list: by its order, whatever place it was answered in. */
    static boolean isLast(Action action) {
        return switch (type(action)) {
            case FORWARD, REDIRECT, FIXED_RESPONSE -> true;
            default -> false;
        };
    }

    static boolean isOidc(Action action) {
        return action.type() == ActionTypeEnum.AUTHENTICATE_OIDC;
    }
}
