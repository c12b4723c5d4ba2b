package dev.greenlight.infra.hook;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.permit.Permit;
import java.util.List;
import software.amazon.awscdk.Fn;

/** What the owner of the production rule may do: make one on this listener, and change or delete what it made. */
final class OwnRulePermits {

    private static final String TAG = "elasticloadbalancing:ResourceTag/greenlight:service";

    private OwnRulePermits() {}

    static List<Permit> of(Names names, String listenerArn) {
        // …:listener/app/x/y/z becomes …:listener-rule/app/x/y/z/*
        String rules = Fn.join(":listener-rule/", Fn.split(":listener/", listenerArn)) + "/*";
        return List.of(
                Permit.everywhere(
                        "SeeRules",
                        "reads of Elastic Load Balancing have no resource type",
                        "elasticloadbalancing:DescribeRules",
                        "elasticloadbalancing:DescribeTags"),
                Permit.on(
                        listenerArn, "MakeRule", "the production rule stands on it", "elasticloadbalancing:CreateRule"),
                Permit.on(
                                rules,
                                "TagNewRule",
                                "CreateRule with tags asks for it; the rule has no id before",
                                "elasticloadbalancing:AddTags")
                        .when("StringEquals", "elasticloadbalancing:CreateAction", "CreateRule"),
                Permit.on(
                                rules,
                                "OwnRule",
                                "conditions change and the rule goes with the stack; bound to its tag, its id is not known",
                                "elasticloadbalancing:DeleteRule",
                                "elasticloadbalancing:ModifyRule")
                        .when("StringEquals", TAG, names.service()));
    }
}
