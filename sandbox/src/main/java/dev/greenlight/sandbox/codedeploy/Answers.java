package dev.greenlight.sandbox.codedeploy;

import dev.greenlight.sandbox.codedeploy.Deployment.EventRun;
import dev.greenlight.sandbox.codedeploy.Deployment.Target;
import dev.greenlight.sandbox.eventbridge.Event;
import dev.greenlight.sandbox.world.Account;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.codedeploy.model.AutoScalingGroup;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentOption;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStyle;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTarget;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTargetType;
import software.amazon.awssdk.services.codedeploy.model.DeploymentType;
import software.amazon.awssdk.services.codedeploy.model.Diagnostics;
import software.amazon.awssdk.services.codedeploy.model.LastDeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;
import software.amazon.awssdk.services.codedeploy.model.TargetStatus;

/** How deployments, targets and groups look in CodeDeploy's answers and events. */
final class Answers {

    private final Account account;

    Answers(Account account) {
        this.account = account;
    }

    DeploymentInfo info(Deployment d) {
        var info = DeploymentInfo.builder()
                .deploymentId(d.id)
                .applicationName(d.group.application)
                .deploymentGroupName(d.group.name)
                .deploymentConfigName(d.configuration.name())
                .deploymentStyle(style(d.group))
                .computePlatform(ComputePlatform.SERVER)
                .revision(d.order.revision())
                .previousRevision(d.previous == null ? null : d.previous.order.revision())
                .status(d.status)
                .creator(d.order.creator())
                .description(d.order.description())
                .ignoreApplicationStopFailures(d.order.ignoreApplicationStopFailures())
                .fileExistsBehavior(d.order.fileExists())
                .createTime(d.created)
                .startTime(d.started)
                .completeTime(d.completed);
        if (d.started != null) {
            info.deploymentOverview(o -> o.pending(count(d, TargetStatus.PENDING))
                    .inProgress(count(d, TargetStatus.IN_PROGRESS))
                    .succeeded(count(d, TargetStatus.SUCCEEDED))
                    .failed(count(d, TargetStatus.FAILED))
                    .skipped(count(d, TargetStatus.SKIPPED))
                    .ready(0L));
        }
        if (d.error != null) {
            info.errorInformation(e -> e.code(d.error).message(d.errorMessage));
        }
        return info.build();
    }

    private static DeploymentStyle style(Group group) {
        return DeploymentStyle.builder()
                .deploymentType(DeploymentType.IN_PLACE)
                .deploymentOption(
                        group.targetGroups.isEmpty()
                                ? DeploymentOption.WITHOUT_TRAFFIC_CONTROL
                                : DeploymentOption.WITH_TRAFFIC_CONTROL)
                .build();
    }

    private static long count(Deployment d, TargetStatus status) {
        return d.targets.values().stream().filter(t -> t.status == status).count();
    }

    DeploymentTarget target(Deployment d, Target t) {
        return DeploymentTarget.builder()
                .deploymentTargetType(DeploymentTargetType.INSTANCE_TARGET)
                .instanceTarget(i -> i.deploymentId(d.id)
                        .targetId(t.instanceId)
                        .targetArn(account.arn("ec2", "instance/" + t.instanceId))
                        .status(t.status)
                        .lastUpdatedAt(t.updated)
                        .lifecycleEvents(t.events.stream().map(Answers::event).toList()))
                .build();
    }

    private static LifecycleEvent event(EventRun run) {
        var event = LifecycleEvent.builder()
                .lifecycleEventName(run.name)
                .status(run.status)
                .startTime(run.started)
                .endTime(run.ended);
        if (run.result != null) {
            event.diagnostics(Diagnostics.builder()
                    .errorCode(run.result.code())
                    .message(run.result.message())
                    .scriptName(run.result.script())
                    .logTail(run.result.logTail())
                    .build());
        }
        return event.build();
    }

    DeploymentGroupInfo group(Group g) {
        return DeploymentGroupInfo.builder()
                .applicationName(g.application)
                .deploymentGroupName(g.name)
                .deploymentGroupId(g.id)
                .deploymentConfigName(g.configuration.name())
                .deploymentStyle(style(g))
                .computePlatform(ComputePlatform.SERVER)
                .autoScalingGroups(AutoScalingGroup.builder()
                        .name(g.autoScalingGroup)
                        .hook("CodeDeploy-managed-automatic-launch-deployment-hook-" + g.name)
                        .build())
                .targetRevision(g.lastAttempted == null ? null : g.lastAttempted.order.revision())
                .lastSuccessfulDeployment(last(g.lastSuccessful))
                .lastAttemptedDeployment(last(g.lastAttempted))
                .build();
    }

    private static LastDeploymentInfo last(Deployment d) {
        return d == null
                ? null
                : LastDeploymentInfo.builder()
                        .deploymentId(d.id)
                        .status(d.status)
                        .createTime(d.created)
                        .endTime(d.completed)
                        .build();
    }

    /** The deployment's state change as EventBridge sees it; its states are other words than the API's. */
    Event stateChange(Deployment d, Instant now) {
        String state = switch (d.status) {
            case SUCCEEDED -> "SUCCESS";
            case FAILED -> "FAILURE";
            case STOPPED -> "STOP";
            default -> "START";
        };
        return new Event(
                "aws.codedeploy",
                "CodeDeploy Deployment State-change Notification",
                now,
                List.of(
                        account.arn("codedeploy", "application:" + d.group.application),
                        account.arn("codedeploy", "deploymentgroup:" + d.group.application + "/" + d.group.name)),
                Map.of(
                        "instanceGroupId", d.group.id,
                        "region", account.region(),
                        "application", d.group.application,
                        "deploymentId", d.id,
                        "state", state,
                        "deploymentGroup", d.group.name));
    }
}
