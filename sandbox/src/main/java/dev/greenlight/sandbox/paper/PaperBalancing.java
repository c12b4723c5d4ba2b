package dev.greenlight.sandbox.paper;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.QueryStringKeyValuePair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** Elastic Load Balancing as it tells of rules and target groups. The custom rules answer 503, as their owner makes them. */
public final class PaperBalancing implements ElasticLoadBalancingV2Client {

    private static final String RULE = "AWS::ElasticLoadBalancingV2::ListenerRule";
    private static final String CUSTOM = "Custom::GreenlightTrafficRule";
    private static final String AUDIENCE = "Custom::GreenlightAudienceRule";

    private final PaperAccount paper;

    public PaperBalancing(PaperAccount paper) {
        this.paper = paper;
    }

    @Override
    public DescribeRulesResponse describeRules(DescribeRulesRequest request) {
        return DescribeRulesResponse.builder()
                .rules(request.ruleArns().stream().map(this::rule).toList())
                .build();
    }

    private Rule rule(String arn) {
        return paper.find(CUSTOM, arn)
                .or(() -> paper.find(AUDIENCE, arn))
                .map(PaperBalancing::owned)
                .or(() -> paper.find(RULE, arn).map(PaperBalancing::preview))
                .orElseThrow(() -> Errors.gone(RuleNotFoundException.builder(), "RuleNotFound", arn));
    }

    private static Rule owned(PaperAccount.Item item) {
        JsonNode live = item.properties().path("Actions");
        return Rule.builder()
                .ruleArn(item.id())
                .priority(item.text("Priority"))
                .conditions(Stream.concat(
                                Stream.of(
                                        RuleCondition.builder()
                                                .field("host-header")
                                                .hostHeaderConfig(hosts -> hosts.values(
                                                        texts(item.properties().path("Hosts"))))
                                                .build(),
                                        RuleCondition.builder()
                                                .field("path-pattern")
                                                .pathPatternConfig(paths -> paths.values(
                                                        texts(item.properties().path("Paths"))))
                                                .build()),
                                item.properties().path("Audience").valueStream().map(PaperBalancing::trait))
                        .filter(PaperBalancing::isSet)
                        .toList())
                .actions(
                        live.isMissingNode()
                                ? List.of(Action.builder()
                                        .type("fixed-response")
                                        .fixedResponseConfig(fixed -> fixed.statusCode("503"))
                                        .build())
                                : actions(live))
                .build();
    }

    private static RuleCondition trait(JsonNode node) {
        List<String> values = texts(node.path("Values"));
        String name = node.path("Name").asText();
        RuleCondition.Builder condition =
                RuleCondition.builder().field(node.path("Field").asText());
        return switch (node.path("Field").asText()) {
            case "http-header" ->
                condition
                        .httpHeaderConfig(h -> h.httpHeaderName(name).values(values))
                        .build();
            case "query-string" ->
                condition
                        .queryStringConfig(q -> q.values(values.stream()
                                .map(value -> QueryStringKeyValuePair.builder()
                                        .key(name)
                                        .value(value)
                                        .build())
                                .toList()))
                        .build();
            default -> condition.sourceIpConfig(s -> s.values(values)).build();
        };
    }

    private static boolean isSet(RuleCondition condition) {
        return condition.pathPatternConfig() == null
                || !condition.pathPatternConfig().values().isEmpty();
    }

    private static Rule preview(PaperAccount.Item item) {
        return Rule.builder()
                .ruleArn(item.id())
                .priority(item.text("Priority"))
                .conditions(item.properties()
                        .path("Conditions")
                        .valueStream()
                        .map(PaperBalancing::condition)
                        .toList())
                .actions(actions(item.properties().path("Actions")))
                .build();
    }

    private static RuleCondition condition(JsonNode node) {
        RuleCondition.Builder condition =
                RuleCondition.builder().field(node.path("Field").asText());
        if (node.has("HttpHeaderConfig")) {
            JsonNode header = node.path("HttpHeaderConfig");
            condition.httpHeaderConfig(h ->
                    h.httpHeaderName(header.path("HttpHeaderName").asText()).values(texts(header.path("Values"))));
        }
        if (node.has("HostHeaderConfig")) {
            condition.hostHeaderConfig(
                    h -> h.values(texts(node.path("HostHeaderConfig").path("Values"))));
        }
        if (node.has("PathPatternConfig")) {
            condition.pathPatternConfig(
                    p -> p.values(texts(node.path("PathPatternConfig").path("Values"))));
        }
        return condition.build();
    }

    private static List<Action> actions(JsonNode nodes) {
        return nodes.valueStream()
                .map(node -> Action.builder()
                        .type(node.path("Type").asText())
                        .targetGroupArn(node.path("TargetGroupArn").asText(null))
                        .forwardConfig(node.has("ForwardConfig") ? forward(node.path("ForwardConfig")) : null)
                        .build())
                .toList();
    }

    private static ForwardActionConfig forward(JsonNode node) {
        return ForwardActionConfig.builder()
                .targetGroups(node.path("TargetGroups")
                        .valueStream()
                        .map(group -> TargetGroupTuple.builder()
                                .targetGroupArn(group.path("TargetGroupArn").asText())
                                .weight(group.path("Weight").asInt())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public DescribeTargetGroupsResponse describeTargetGroups(DescribeTargetGroupsRequest request) {
        return DescribeTargetGroupsResponse.builder()
                .targetGroups(request.targetGroupArns().stream()
                        .map(this::group)
                        .map(group -> TargetGroup.builder()
                                .targetGroupArn(group.id())
                                .targetType(group.text("TargetType"))
                                .build())
                        .toList())
                .build();
    }

    @Override
    public DescribeTargetGroupAttributesResponse describeTargetGroupAttributes(
            DescribeTargetGroupAttributesRequest request) {
        return DescribeTargetGroupAttributesResponse.builder()
                .attributes(group(request.targetGroupArn())
                        .properties()
                        .path("TargetGroupAttributes")
                        .valueStream()
                        .map(attribute -> TargetGroupAttribute.builder()
                                .key(attribute.path("Key").asText())
                                .value(attribute.path("Value").asText())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public DescribeListenersResponse describeListeners(DescribeListenersRequest request) {
        return DescribeListenersResponse.builder()
                .listeners(request.listenerArns().stream()
                        .map(this::listener)
                        .map(listener -> Listener.builder()
                                .listenerArn(listener.id())
                                .port(listener.properties().path("Port").asInt())
                                .protocol(listener.text("Protocol"))
                                .build())
                        .toList())
                .build();
    }

    private PaperAccount.Item listener(String arn) {
        return paper.find("AWS::ElasticLoadBalancingV2::Listener", arn)
                .orElseThrow(() -> Errors.gone(ListenerNotFoundException.builder(), "ListenerNotFound", arn));
    }

    private PaperAccount.Item group(String arn) {
        return paper.find("AWS::ElasticLoadBalancingV2::TargetGroup", arn)
                .orElseThrow(() -> Errors.gone(TargetGroupNotFoundException.builder(), "TargetGroupNotFound", arn));
    }

    private static List<String> texts(JsonNode node) {
        return node.valueStream().map(JsonNode::asText).toList();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
