package dev.greenlight.infra.event;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.Sorted;
import dev.greenlight.infra.hook.HookName;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * What takes a rollout back without anybody asking: its stage ended badly, its execution was superseded, an alarm fired.
 * RollBack acts only on the rollout that the event names, and EventBridge may lose one: alarms are polled as well, and Sweep
 * comes by.
 */
public final class TakingBack extends Construct {

    private final Names names;
    private final IConstruct functions;

    /** @param functions what must be there before the rules that call RollBack */
    public TakingBack(Construct scope, String id, Names names, List<String> alarms, IConstruct functions) {
        super(scope, id);
        this.names = names;
        this.functions = functions;
        rule(
                "StageEnded",
                "aws.codepipeline",
                "CodePipeline Stage Execution State Change",
                Sorted.map(Map.of(
                        "pipeline", List.of(names.root()),
                        "stage", List.of("Rollout"),
                        "state", List.of("FAILED", "STOPPED", "CANCELED"))));
        rule(
                "ExecutionSuperseded",
                "aws.codepipeline",
                "CodePipeline Pipeline Execution State Change",
                Sorted.map(Map.of("pipeline", List.of(names.root()), "state", List.of("SUPERSEDED"))));
        if (!alarms.isEmpty()) {
            rule(
                    "AlarmFired",
                    "aws.cloudwatch",
                    "CloudWatch Alarm State Change",
                    Sorted.map(Map.of("alarmName", alarms, "state", Map.of("value", List.of("ALARM")))));
        }
    }

    private void rule(String id, String source, String type, Map<String, Object> detail) {
        String rollBack = HookName.ROLL_BACK.calledArn(names);
        CfnRule rule = CfnRule.Builder.create(this, id)
                .eventPattern(
                        Sorted.map(Map.of("source", List.of(source), "detail-type", List.of(type), "detail", detail)))
                .targets(List.of(CfnRule.TargetProperty.builder()
                        .id("RollBack")
                        .arn(rollBack)
                        .build()))
                .build();
        rule.getNode().addDependency(functions);
        CfnPermission permission = CfnPermission.Builder.create(this, id + "MayCall")
                .action("lambda:InvokeFunction")
                .functionName(rollBack)
                .principal("events.amazonaws.com")
                .sourceArn(rule.getAttrArn())
                .build();
        permission.getNode().addDependency(functions);
    }
}
