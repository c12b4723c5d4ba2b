package dev.greenlight.sandbox.elb;

import dev.greenlight.sandbox.world.Action;
import dev.greenlight.sandbox.world.Action.Share;
import dev.greenlight.sandbox.world.TargetGroup;
import dev.greenlight.sandbox.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupStickinessConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** Reads the actions of a ModifyRule request, and refuses what the service would refuse. */
final class ActionReader {

    private static final int MAX_GROUPS = 5;
    private static final int MAX_WEIGHT = 999;
    private static final int MAX_STICKINESS = 604_800;

    private final World world;

    ActionReader(World world) {
        this.world = world;
    }

    Action read(List<software.amazon.awssdk.services.elasticloadbalancingv2.model.Action> actions) {
        if (actions.size() != 1) {
            throw ElbErrors.invalid("the sandbox knows rules with one action, the request has " + actions.size());
        }
        var action = actions.get(0);
        if (action.type() == ActionTypeEnum.FIXED_RESPONSE) {
            return fixed(action.fixedResponseConfig());
        }
        if (action.type() != ActionTypeEnum.FORWARD) {
            throw ElbErrors.badAction("the sandbox knows forward and fixed-response, not " + action.typeAsString());
        }
        return action.forwardConfig() == null ? toOne(action.targetGroupArn()) : forward(action.forwardConfig());
    }

    private Action fixed(FixedResponseActionConfig config) {
        if (config == null
                || config.statusCode() == null
                || !config.statusCode().matches("[245]\\d\\d")) {
            throw ElbErrors.invalid("A fixed response needs a status code 2XX, 4XX or 5XX");
        }
        return new Action.Fixed(
                Integer.parseInt(config.statusCode()),
                Optional.ofNullable(config.contentType()).orElse("text/plain"),
                Optional.ofNullable(config.messageBody()).orElse(""));
    }

    private Action toOne(String targetGroupArn) {
        group(targetGroupArn);
        return new Action.Forward(List.of(new Share(targetGroupArn, 1)), Optional.empty());
    }

    private Action forward(ForwardActionConfig config) {
        List<TargetGroupTuple> groups = config.targetGroups();
        if (groups.isEmpty() || groups.size() > MAX_GROUPS) {
            throw ElbErrors.invalid("A forward action names 1 to " + MAX_GROUPS + " target groups");
        }
        Optional<Duration> stickiness = stickiness(config.targetGroupStickinessConfig());
        boolean sticky =
                groups.stream().anyMatch(tuple -> group(tuple.targetGroupArn()).sticky());
        if (sticky && groups.size() > 1 && stickiness.isEmpty()) {
            throw ElbErrors.invalid(
                    "You must enable stickiness on the rule if you enable stickiness on a target group");
        }
        return new Action.Forward(groups.stream().map(this::share).toList(), stickiness);
    }

    private Share share(TargetGroupTuple tuple) {
        int weight = Optional.ofNullable(tuple.weight()).orElse(1);
        if (weight < 0 || weight > MAX_WEIGHT) {
            throw ElbErrors.invalid("Weight '" + weight + "' must be between 0 and 999");
        }
        return new Share(tuple.targetGroupArn(), weight);
    }

    private static Optional<Duration> stickiness(TargetGroupStickinessConfig config) {
        if (config == null || !Boolean.TRUE.equals(config.enabled())) {
            return Optional.empty();
        }
        Integer seconds = config.durationSeconds();
        if (seconds == null || seconds < 1 || seconds > MAX_STICKINESS) {
            throw ElbErrors.invalid("Stickiness duration must be between 1 and 604800 seconds, was " + seconds);
        }
        return Optional.of(Duration.ofSeconds(seconds));
    }

    private TargetGroup group(String arn) {
        return world.targetGroups().stream()
                .filter(group -> group.arn().equals(arn))
                .findFirst()
                .orElseThrow(() -> ElbErrors.noTargetGroup(arn));
    }
}
