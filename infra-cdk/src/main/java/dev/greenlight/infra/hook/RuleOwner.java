package dev.greenlight.infra.hook;

import dev.greenlight.infra.Names;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;

/** The function that owns the production rule. It has no settings: CloudFormation tells it everything with each call. */
public final class RuleOwner extends Construct {

    private final Hook hook;

    public RuleOwner(Construct scope, String id, Names names, String listenerArn, Code code) {
        super(scope, id);
        this.hook = new Hook(
                this,
                new Hook.Props(
                        HookName.TRAFFIC_RULE,
                        names,
                        code,
                        Map.of(),
                        OwnRulePermits.of(names, listenerArn),
                        Optional.empty()));
    }

    public String arn() {
        return hook.arn();
    }
}
