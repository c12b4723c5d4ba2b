package dev.greenlight.infra.fleet;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.permit.ExactRole;
import dev.greenlight.infra.permit.Permit;
import java.util.List;
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

    Deployments(Construct scope, String id, Names names, List<Fleet> fleets, String instanceRole) {
        super(scope, id);
        this.names = names;
        CfnApplication application = CfnApplication.Builder.create(this, "Application")
                .applicationName(names.root())
                .computePlatform("Server")
                .build();
        ExactRole role = new ExactRole(
                this, "Role", new ServicePrincipal("codedeploy.amazonaws.com"), permits(fleets, instanceRole));
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

    private List<Permit> permits(List<Fleet> fleets, String instanceRole) {
        List<String> groups = fleets.stream()
                .map(f -> names.arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/" + f.name()))
                .toList();
        return List.of(
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
                        "autoscaling:RecordLifecycleActionHeartbeat"),
                Permit.on(
                                // An image belongs to no account, or to somebody else's.
                                "arn:%s:ec2:%s:*:*".formatted(names.partition(), names.region()),
                                "CheckLaunch",
                                "asked of the service role where a group launches by template; bound to these templates",
                                "ec2:RunInstances")
                        .when(
                                "ArnEquals",
                                "ec2:LaunchTemplate",
                                fleets.stream()
                                        .map(f -> names.arn("ec2", "launch-template/" + f.launchTemplateId()))
                                        .toList()),
                Permit.on(
                                names.arn("ec2", "*/*"),
                                "TagLaunched",
                                "the same check asks for the tags of what is launched",
                                "ec2:CreateTags")
                        .when("StringEquals", "ec2:CreateAction", "RunInstances"),
                Permit.on(
                                instanceRole,
                                "PassInstanceRole",
                                "the same check asks for the instances' role",
                                "iam:PassRole")
                        .when("StringEquals", "iam:PassedToService", "ec2.amazonaws.com"));
    }

    String application() {
        return names.root();
    }
}
