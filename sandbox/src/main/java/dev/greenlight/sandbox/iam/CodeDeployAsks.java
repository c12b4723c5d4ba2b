package dev.greenlight.sandbox.iam;

import dev.greenlight.sandbox.world.Account;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.BatchGetDeploymentTargetsRequest;
import software.amazon.awssdk.services.codedeploy.model.BatchGetDeploymentsRequest;
import software.amazon.awssdk.services.codedeploy.model.CodeDeployRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentTargetsRequest;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentsRequest;
import software.amazon.awssdk.services.codedeploy.model.PutLifecycleEventHookExecutionStatusRequest;
import software.amazon.awssdk.services.codedeploy.model.StopDeploymentRequest;

/**
 * CodeDeploy: deployments are asked about by the ARN of their group, their targets have no resource type. Follows "Actions,
 * resources, and condition keys for AWS CodeDeploy"; that CreateDeployment asks for the configuration and the revision as well stands
 * in "CodeDeploy permissions reference".
 */
final class CodeDeployAsks {

    private static final String DEFAULT_CONFIGURATION = "CodeDeployDefault.OneAtATime";

    private final Account account;
    private final CodeDeployClient deployments;

    CodeDeployAsks(Account account, CodeDeployClient deployments) {
        this.account = account;
        this.deployments = deployments;
    }

    List<Ask> of(CodeDeployRequest request) {
        return switch (request) {
            case CreateDeploymentRequest r -> create(r);
            case ListDeploymentsRequest r ->
                List.of(Ask.of("codedeploy:ListDeployments", group(r.applicationName(), r.deploymentGroupName())));
            case GetDeploymentGroupRequest r ->
                List.of(Ask.of("codedeploy:GetDeploymentGroup", group(r.applicationName(), r.deploymentGroupName())));
            case GetDeploymentRequest r -> List.of(Ask.of("codedeploy:GetDeployment", groupOf(r.deploymentId())));
            case BatchGetDeploymentsRequest r ->
                r.deploymentIds().stream()
                        .map(id -> Ask.of("codedeploy:BatchGetDeployments", groupOf(id)))
                        .distinct()
                        .toList();
            case BatchGetDeploymentTargetsRequest r -> everywhere(r);
            case ListDeploymentTargetsRequest r -> everywhere(r);
            case StopDeploymentRequest r -> everywhere(r);
            case PutLifecycleEventHookExecutionStatusRequest r -> everywhere(r);
            default -> throw Asks.unknown(request);
        };
    }

    private static List<Ask> everywhere(CodeDeployRequest request) {
        return List.of(Asks.everywhere("codedeploy", request));
    }

    private List<Ask> create(CreateDeploymentRequest request) {
        String application = account.arn("codedeploy", "application:" + request.applicationName());
        String configuration =
                Optional.ofNullable(request.deploymentConfigName()).orElse(DEFAULT_CONFIGURATION);
        return List.of(
                Ask.of("codedeploy:CreateDeployment", group(request.applicationName(), request.deploymentGroupName())),
                Ask.of(
                        "codedeploy:GetDeploymentConfig",
                        account.arn("codedeploy", "deploymentconfig:" + configuration)),
                Ask.of("codedeploy:GetApplicationRevision", application),
                Ask.of("codedeploy:RegisterApplicationRevision", application));
    }

    private String group(String application, String group) {
        return account.arn("codedeploy", "deploymentgroup:" + application + "/" + group);
    }

    /** A deployment that is not there belongs to no group that a role could name. */
    private String groupOf(String deployment) {
        try {
            DeploymentInfo info =
                    deployments.getDeployment(r -> r.deploymentId(deployment)).deploymentInfo();
            return group(info.applicationName(), info.deploymentGroupName());
        } catch (DeploymentDoesNotExistException e) {
            return group("none", "none");
        }
    }
}
