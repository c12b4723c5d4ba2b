package dev.greenlight.sandbox.iam;

import dev.greenlight.sandbox.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Request;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;

/**
 * Elastic Load Balancing: reads have no resource type, a rule is created on its listener, everything else is about a rule and knows its
 * tags. Follows "Actions, resources, and condition keys for AWS Elastic Load Balancing V2" and, for tags on what is being
 * created, "Elastic Load Balancing tagging permissions".
 */
final class LoadBalancingAsks {

    private static final String RESOURCE_TAG = "elasticloadbalancing:ResourceTag/";

    private final World world;

    LoadBalancingAsks(World world) {
        this.world = world;
    }

    List<Ask> of(ElasticLoadBalancingV2Request request) {
        return switch (request) {
            case ModifyRuleRequest r -> List.of(about("elasticloadbalancing:ModifyRule", r.ruleArn()));
            case DeleteRuleRequest r -> List.of(about("elasticloadbalancing:DeleteRule", r.ruleArn()));
            case AddTagsRequest r ->
                r.resourceArns().stream()
                        .map(arn -> about("elasticloadbalancing:AddTags", arn))
                        .toList();
            case CreateRuleRequest r -> create(r);
            default -> Asks.reads("elasticloadbalancing", request);
        };
    }

    private Ask about(String action, String arn) {
        Ask ask = Ask.of(action, arn);
        for (Map.Entry<String, String> tag : world.tags(arn).entrySet()) {
            ask = ask.with(RESOURCE_TAG + tag.getKey(), tag.getValue());
        }
        return ask;
    }

    private static List<Ask> create(CreateRuleRequest request) {
        List<Ask> asks = new ArrayList<>();
        asks.add(Ask.of("elasticloadbalancing:CreateRule", request.listenerArn()));
        if (request.hasTags()) {
            asks.add(Ask.of("elasticloadbalancing:AddTags", NewRule.on(request.listenerArn()))
                    .with("elasticloadbalancing:CreateAction", "CreateRule"));
        }
        return asks;
    }
}
