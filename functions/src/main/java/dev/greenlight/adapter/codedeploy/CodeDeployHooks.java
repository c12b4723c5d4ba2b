package dev.greenlight.adapter.codedeploy;

import dev.greenlight.adapter.Aws;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.port.HookExecutions;
import java.util.Optional;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;

/**
 * Answers the lifecycle hooks of CodeDeploy's ECS and Lambda platforms. Follows "PutLifecycleEventHookExecutionStatus", which
 * accepts Succeeded and Failed only.
 */
public final class CodeDeployHooks implements HookExecutions {

    private final CodeDeployClient codeDeploy;
    private final Aws aws;

    public CodeDeployHooks(CodeDeployClient codeDeploy, Aws aws) {
        this.codeDeploy = codeDeploy;
        this.aws = aws;
    }

    @Override
    public void complete(Trigger.HookExecution execution, boolean succeeded) {
        LifecycleEventStatus status = succeeded ? LifecycleEventStatus.SUCCEEDED : LifecycleEventStatus.FAILED;
        aws.repeatable("codedeploy:PutLifecycleEventHookExecutionStatus", () -> {
            try {
                return Optional.of(
                        codeDeploy.putLifecycleEventHookExecutionStatus(r -> r.deploymentId(execution.deploymentId())
                                .lifecycleEventHookExecutionId(execution.executionId())
                                .status(status)));
            } catch (LifecycleEventAlreadyCompletedException e) {
                return Optional.empty();
            }
        });
    }
}
