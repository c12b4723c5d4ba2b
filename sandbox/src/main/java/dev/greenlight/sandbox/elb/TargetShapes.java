package dev.greenlight.sandbox.elb;

import dev.greenlight.sandbox.world.Account;
import dev.greenlight.sandbox.world.Rule;
import dev.greenlight.sandbox.world.TargetGroup;
import dev.greenlight.sandbox.world.TargetHealth;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Writes everything but rules in the shapes of the API. */
final class TargetShapes {

    private TargetShapes() {}

    static TargetHealthDescription health(TargetGroup group, TargetHealth health) {
        return TargetHealthDescription.builder()
                .target(target -> target.id(health.instanceId()).port(group.port()))
                .healthCheckPort(String.valueOf(group.port()))
                .targetHealth(state -> state.state(health.state().apiName())
                        .reason(health.reason().isEmpty() ? null : health.reason())
                        .description(health.description().isEmpty() ? null : health.description()))
                .build();
    }

    static software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup group(
            TargetGroup group, List<String> loadBalancerArns) {
        return software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup.builder()
                .targetGroupArn(group.arn())
                .targetGroupName(group.name())
                .protocol(ProtocolEnum.HTTP)
                .port(group.port())
                .targetType(TargetTypeEnum.INSTANCE)
                .loadBalancerArns(loadBalancerArns)
                .healthCheckEnabled(true)
                .healthCheckProtocol(ProtocolEnum.HTTP)
                .healthCheckPort("traffic-port")
                .healthCheckPath(group.healthCheck().path())
                .healthCheckIntervalSeconds((int) group.healthCheck().interval().toSeconds())
                .healthCheckTimeoutSeconds((int) group.healthCheck().timeout().toSeconds())
                .healthyThresholdCount(group.healthCheck().healthyThreshold())
                .unhealthyThresholdCount(group.healthCheck().unhealthyThreshold())
                .matcher(matcher ->
                        matcher.httpCode(String.valueOf(group.healthCheck().matcher())))
                .build();
    }

    static List<TargetGroupAttribute> attributes(TargetGroup group) {
        return List.of(
                attribute(
                        "deregistration_delay.timeout_seconds",
                        String.valueOf(group.deregistrationDelay().toSeconds())),
                attribute("stickiness.enabled", String.valueOf(group.sticky())),
                attribute("stickiness.type", "lb_cookie"),
                attribute("stickiness.lb_cookie.duration_seconds", "86400"),
                attribute(
                        "slow_start.duration_seconds",
                        String.valueOf(group.slowStart().toSeconds())),
                attribute("load_balancing.algorithm.type", "round_robin"),
                attribute("target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", "1"));
    }

    static Listener listener(dev.greenlight.sandbox.world.LoadBalancer loadBalancer, Rule defaultRule) {
        return Listener.builder()
                .listenerArn(loadBalancer.listenerArn())
                .loadBalancerArn(loadBalancer.arn())
                .port(loadBalancer.listenerPort())
                .protocol(ProtocolEnum.HTTP)
                .defaultActions(RuleWriter.write(defaultRule.action()))
                .build();
    }

    static LoadBalancer loadBalancer(dev.greenlight.sandbox.world.LoadBalancer loadBalancer, Account account) {
        return LoadBalancer.builder()
                .loadBalancerArn(loadBalancer.arn())
                .loadBalancerName(loadBalancer.name())
                .dnsName(loadBalancer.dnsName())
                .type(LoadBalancerTypeEnum.APPLICATION)
                .scheme(LoadBalancerSchemeEnum.INTERNET_FACING)
                .state(state -> state.code(LoadBalancerStateEnum.ACTIVE))
                .availabilityZones(AvailabilityZone.builder()
                        .zoneName(account.region() + "a")
                        .build())
                .build();
    }

    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    private static TargetGroupAttribute attribute(String key, String value) {
        return TargetGroupAttribute.builder().key(key).value(value).build();
    }
}
