package dev.greenlight.infra.fleet;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.permit.ExactRole;
import dev.greenlight.infra.permit.Permit;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.services.codedeploy.CfnApplication;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * CodeDeploy as an installer and nothing more: one in-place group per fleet, without traffic control, without a load
 * balancer, without rollbacks of its own. Follows "Create a service role for CodeDeploy" and "Integrating CodeDeploy with
 * Amazon EC2 Auto Scaling".
 */
final class Deployments extends Construct {

    private final Names names;

    Deployments(Construct scope, String id, Names names, List<Fleet> fleets, LaunchPermits launches) {
        super(scope, id);
        this.names = names;
        CfnApplication application = CfnApplication.Builder.create(this, "Application")
                .applicationName(names.root())
                .computePlatform("Server")
                .build();
        ExactRole role = new ExactRole(
                this, "Role", new ServicePrincipal("codedeploy.amazonaws.com"), permits(fleets, launches));
        fleets.forEach(fleet -> {
            CfnDeploymentGroup group = CfnDeploymentGroup.Builder.create(
                            this, fleet.getNode().getId())
                    .applicationName(application.getRef())
                    .deploymentGroupName(fleet.name())
                    .serviceRoleArn(role.arn())
                    .autoScalingGroups(List.of(fleet.name()))
                    .deploymentConfigName("CodeDeployDefault.AllAtOnce")
                    .deploymentStyle(CfnDeploymentGroup.DeploymentStyleProperty.builder()
                            .deploymentType("IN_PLACE")
                            .deploymentOption("WITHOUT_TRAFFIC_CONTROL")
                            .build())
                    .autoRollbackConfiguration(CfnDeploymentGroup.AutoRollbackConfigurationProperty.builder()
                            .enabled(false)
                            .build())
                    .build();
            group.getNode().addDependency(fleet);
        });
    }

    private List<Permit> permits(List<Fleet> fleets, LaunchPermits launches) {
        List<String> groups = fleets.stream()
                .map(f -> names.arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/" + f.name()))
                .toList();
        List<Permit> install = List.of(
                Permit.everywhere(
                        "SeeInstances",
                        "reads of EC2, Auto Scaling and tags have no resource type",
                        "autoscaling:DescribeAutoScalingGroups",
                        "autoscaling:DescribeLifecycleHooks",
                        "ec2:DescribeInstances",
                        "ec2:DescribeInstanceStatus",
                        "tag:GetResources"),
                Permit.on(
                        groups,
                        "InstallOnLaunch",
                        "it holds a launch back until the revision is installed; a group's ARN holds an id of its own",
                        "autoscaling:CompleteLifecycleAction",
                        "autoscaling:DeleteLifecycleHook",
                        "autoscaling:PutLifecycleHook",
                        "autoscaling:RecordLifecycleActionHeartbeat"));
        return Stream.concat(install.stream(), launches.all().stream()).toList();
    }

    String application() {
        return names.root();
    }
}
