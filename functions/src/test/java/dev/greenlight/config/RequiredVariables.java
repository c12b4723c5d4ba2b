package dev.greenlight.config;

import java.util.HashMap;
import java.util.Map;

/** The variables that every function needs, as a service that is called checkout has them. */
final class RequiredVariables {

    /** What the ARNs of its load balancer begin with. */
    static final String ELB = "arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:";

    private RequiredVariables() {}

    /** All of them, to be changed at will. */
    static Map<String, String> all() {
        return new HashMap<>(Map.ofEntries(
                Map.entry("AWS_REGION", "ap-northeast-2"),
                Map.entry("GREENLIGHT_SERVICE", "checkout"),
                Map.entry(
                        "GREENLIGHT_RULE",
                        ELB + "listener-rule/app/checkout/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee"),
                Map.entry("GREENLIGHT_LOAD_BALANCER", ELB + "loadbalancer/app/checkout/50dc6c495c0c9188"),
                Map.entry("GREENLIGHT_A_ASG", "checkout-a"),
                Map.entry("GREENLIGHT_A_TARGET_GROUP", ELB + "targetgroup/checkout-a/73e2d6bc24d8a067"),
                Map.entry("GREENLIGHT_A_DEPLOYMENT_GROUP", "checkout-a"),
                Map.entry("GREENLIGHT_B_ASG", "checkout-b"),
                Map.entry("GREENLIGHT_B_TARGET_GROUP", ELB + "targetgroup/checkout-b/943f017f100becff"),
                Map.entry("GREENLIGHT_B_DEPLOYMENT_GROUP", "checkout-b"),
                Map.entry("GREENLIGHT_APPLICATION", "checkout"),
                Map.entry("GREENLIGHT_TABLE", "greenlight"),
                Map.entry("GREENLIGHT_SCHEDULE_GROUP", "greenlight"),
                Map.entry("GREENLIGHT_SCHEDULE_ROLE", "arn:aws:iam::123456789012:role/greenlight-scheduler"),
                Map.entry(
                        "GREENLIGHT_RETIRE_FUNCTION",
                        "arn:aws:lambda:ap-northeast-2:123456789012:function:checkout-retire-blue")));
    }
}
