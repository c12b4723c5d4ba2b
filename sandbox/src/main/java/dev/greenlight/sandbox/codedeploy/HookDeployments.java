package dev.greenlight.sandbox.codedeploy;

import static dev.greenlight.sandbox.codedeploy.SimulatedCodeDeploy.refused;

import dev.greenlight.sandbox.clock.SandboxClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;
import software.amazon.awssdk.services.codedeploy.model.InvalidLifecycleEventHookExecutionIdException;
import software.amazon.awssdk.services.codedeploy.model.InvalidLifecycleEventHookExecutionStatusException;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;

/**
 * Deployments on the ECS and Lambda platforms, as far as their Lambda hooks see them: one event that waits for its function's answer.
 *
 * <p>Follows the pages "AppSpec 'hooks' section" and PutLifecycleEventHookExecutionStatus: the function gets two keys, there is no "in
 * progress", and an hour of silence is a failure.
 */
final class HookDeployments {

    static final Duration SILENCE = Duration.ofHours(1);

    private final SandboxClock clock;
    private final BiConsumer<String, byte[]> invokeAsync;
    private final Map<String, Hook> byDeployment = new HashMap<>();

    private static final class Hook {
        final DeploymentInfo asked;
        final String execution;
        Instant completed;
        LifecycleEventStatus outcome;

        Hook(DeploymentInfo asked, String execution) {
            this.asked = asked;
            this.execution = execution;
        }
    }

    HookDeployments(SandboxClock clock, BiConsumer<String, byte[]> invokeAsync) {
        this.clock = clock;
        this.invokeAsync = invokeAsync;
    }

    synchronized String begin(
            ComputePlatform platform, String application, String group, String event, String function) {
        String id = Ids.deployment(1_000_000 + byDeployment.size());
        String execution = Ids.uuid(id + event).toString().replace("-", "");
        DeploymentInfo asked = DeploymentInfo.builder()
                .deploymentId(id)
                .applicationName(application)
                .deploymentGroupName(group)
                .computePlatform(platform)
                .createTime(clock.instant())
                .startTime(clock.instant())
                .build();
        Hook hook = new Hook(asked, execution);
        byDeployment.put(id, hook);
        clock.after(SILENCE, "silence of the hook " + event, () -> silence(hook));
        String payload = "{\"DeploymentId\":\"" + id + "\",\"LifecycleEventHookExecutionId\":\"" + execution + "\"}";
        invokeAsync.accept(function, payload.getBytes(StandardCharsets.UTF_8));
        return id;
    }

    synchronized Optional<DeploymentInfo> find(String deploymentId) {
        return Optional.ofNullable(byDeployment.get(deploymentId)).map(hook -> {
            var info = hook.asked.toBuilder().status(DeploymentStatus.IN_PROGRESS);
            if (hook.completed != null) {
                boolean succeeded = hook.outcome == LifecycleEventStatus.SUCCEEDED;
                info.completeTime(hook.completed)
                        .status(succeeded ? DeploymentStatus.SUCCEEDED : DeploymentStatus.FAILED);
                if (!succeeded) {
                    info.errorInformation(e -> e.code(ErrorCode.HOOK_EXECUTION_FAILURE)
                            .message("One or more of the lifecycle event validation functions failed."));
                }
            }
            return info.build();
        });
    }

    synchronized void answer(String deploymentId, String execution, LifecycleEventStatus status) {
        Hook hook = Objects.requireNonNull(byDeployment.get(deploymentId));
        if (status != LifecycleEventStatus.SUCCEEDED && status != LifecycleEventStatus.FAILED) {
            throw refused(
                    InvalidLifecycleEventHookExecutionStatusException.builder(),
                    "The result of a Lambda validation function that verifies a lifecycle event is invalid."
                            + " It should return Succeeded or Failed.");
        }
        if (!hook.execution.equals(execution)) {
            throw refused(
                    InvalidLifecycleEventHookExecutionIdException.builder(),
                    "A lifecycle event hook is invalid. Review the hooks section in your AppSpec file.");
        }
        if (hook.completed != null) {
            throw refused(
                    LifecycleEventAlreadyCompletedException.builder(),
                    "An attempt to return the status of an already completed lifecycle event occurred.");
        }
        hook.outcome = status;
        hook.completed = clock.instant();
    }

    private synchronized void silence(Hook hook) {
        if (hook.completed == null) {
            hook.outcome = LifecycleEventStatus.FAILED;
            hook.completed = clock.instant();
        }
    }
}
