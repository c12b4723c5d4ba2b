package dev.greenlight.infra.hook;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.permit.Permit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;

/** A function that only CloudFormation calls. It has no settings: each call says everything. */
public final class StackFunction extends Construct {

    private final Hook hook;

    private StackFunction(Construct scope, String id, HookName name, Names names, List<Permit> permits, Code code) {
        super(scope, id);
        this.hook = new Hook(this, new Hook.Props(name, names, code, Map.of(), permits, Optional.empty()));
    }

    /** The function that owns the production rule. */
    public static StackFunction ruleOwner(Construct scope, String id, Names names, String listenerArn, Code code) {
        return new StackFunction(scope, id, HookName.TRAFFIC_RULE, names, OwnRulePermits.of(names, listenerArn), code);
    }

    /** The function that knows which launch version a group has. */
    public static StackFunction launchVersionKeeper(Construct scope, String id, Names names, Code code) {
        return new StackFunction(scope, id, HookName.LAUNCH_VERSION, names, List.of(seeGroups()), code);
    }

    private static Permit seeGroups() {
        return Permit.everywhere(
                "SeeGroups", "reads of Auto Scaling have no resource type", "autoscaling:DescribeAutoScalingGroups");
    }

    public String arn() {
        return hook.arn();
    }
}
