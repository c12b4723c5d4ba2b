package dev.greenlight.sandbox.elb;

import dev.greenlight.sandbox.world.Action;
import dev.greenlight.sandbox.world.Condition;
import dev.greenlight.sandbox.world.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.QueryStringKeyValuePair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** Writes rules in the shapes of DescribeRules. */
final class RuleWriter {

    private RuleWriter() {}

    static software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule write(Rule rule) {
        return software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule.builder()
                .ruleArn(rule.arn())
                .priority(rule.priority().map(String::valueOf).orElse("default"))
                .isDefault(rule.priority().isEmpty())
                .conditions(rule.conditions().stream().map(RuleWriter::write).toList())
                .actions(write(rule.action()))
                .build();
    }

    static software.amazon.awssdk.services.elasticloadbalancingv2.model.Action write(Action action) {
        var builder = software.amazon.awssdk.services.elasticloadbalancingv2.model.Action.builder()
                .order(1);
        return switch (action) {
            case Action.Fixed fixed ->
                builder.type(ActionTypeEnum.FIXED_RESPONSE)
                        .fixedResponseConfig(config -> config.statusCode(String.valueOf(fixed.status()))
                                .contentType(fixed.contentType())
                                .messageBody(fixed.body()))
                        .build();
            case Action.Forward forward ->
                builder.type(ActionTypeEnum.FORWARD)
                        // Only a forward to one group repeats it outside of the configuration.
                        .targetGroupArn(
                                forward.shares().size() == 1
                                        ? forward.shares().get(0).targetGroupArn()
                                        : null)
                        .forwardConfig(config -> config.targetGroups(forward.shares().stream()
                                        .map(RuleWriter::write)
                                        .toList())
                                .targetGroupStickinessConfig(stickiness -> stickiness
                                        .enabled(forward.stickiness().isPresent())
                                        .durationSeconds(forward.stickiness()
                                                .map(length -> (int) length.toSeconds())
                                                .orElse(null))))
                        .build();
        };
    }

    private static TargetGroupTuple write(Action.Share share) {
        return TargetGroupTuple.builder()
                .targetGroupArn(share.targetGroupArn())
                .weight(share.weight())
                .build();
    }

    private static RuleCondition write(Condition condition) {
        RuleCondition.Builder builder = RuleCondition.builder();
        return switch (condition) {
            case Condition.Host host ->
                builder.field("host-header")
                        .values(host.values())
                        .hostHeaderConfig(config -> config.values(host.values()))
                        .build();
            case Condition.Path path ->
                builder.field("path-pattern")
                        .values(path.values())
                        .pathPatternConfig(config -> config.values(path.values()))
                        .build();
            case Condition.Method method ->
                builder.field("http-request-method")
                        .httpRequestMethodConfig(config -> config.values(method.values()))
                        .build();
            case Condition.Header header ->
                builder.field("http-header")
                        .httpHeaderConfig(
                                config -> config.httpHeaderName(header.name()).values(header.values()))
                        .build();
            case Condition.Query query ->
                builder.field("query-string")
                        .queryStringConfig(config -> config.values(query.pairs().stream()
                                .map(pair -> QueryStringKeyValuePair.builder()
                                        .key(pair.key().orElse(null))
                                        .value(pair.value())
                                        .build())
                                .toList()))
                        .build();
            case Condition.Source source ->
                builder.field("source-ip")
                        .sourceIpConfig(config -> config.values(source.values()))
                        .build();
        };
    }
}
