package dev.greenlight.infra.fleet;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.permit.ExactRole;
import dev.greenlight.infra.permit.Permit;
import dev.greenlight.service.Config;
import dev.greenlight.service.ZoneConfiguration;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.services.codedeploy.CfnApplication;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentConfig;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * CodeDeploy as an installer and nothing more: one in-place group per fleet, without rollbacks of its own. It controls traffic where a release
 * goes from zone to zone, and knows no load balancer anywhere else. Follows "Create a service role for CodeDeploy", "Integrating
 * CodeDeploy with Amazon EC2 Auto Scaling" and "Integrating CodeDeploy with Elastic Load Balancing".
 */
final class Deployments extends Construct {

    private static final String PERCENT = "FLEET_PERCENT";

    private final Names names;

    Deployments(
            Construct scope,
            String id,
            Names names,
            List<Fleet> fleets,
            LaunchPermits launches,
            Config.Traffic traffic) {
        super(scope, id);
        this.names = names;
        CfnApplication application = CfnApplication.Builder.create(this, "Application")
                .applicationName(names.root())
                .computePlatform("Server")
                .build();
        ExactRole role = new ExactRole(
                this, "Role", new ServicePrincipal("codedeploy.amazonaws.com"), permits(fleets, launches, traffic));
        boolean rolls = traffic instanceof Config.Traffic.Rolling;
        if (traffic instanceof Config.Traffic.Rolling rolling) {
            byZone("Forward", ZoneConfiguration.forward(names.service(), rolling));
            byZone("Back", ZoneConfiguration.back(names.service(), rolling));
        }
        fleets.forEach(fleet -> {
            CfnDeploymentGroup group = CfnDeploymentGroup.Builder.create(
                            this, fleet.getNode().getId())
                    .applicationName(application.getRef())
                    .deploymentGroupName(fleet.name())
                    .serviceRoleArn(role.arn())
                    .autoScalingGroups(List.of(fleet.name()))
                    // What came up in the middle of a release is brought up to date by this one.
                    .deploymentConfigName(rolls ? "CodeDeployDefault.OneAtATime" : "CodeDeployDefault.AllAtOnce")
                    .deploymentStyle(CfnDeploymentGroup.DeploymentStyleProperty.builder()
                            .deploymentType("IN_PLACE")
                            .deploymentOption(rolls ? "WITH_TRAFFIC_CONTROL" : "WITHOUT_TRAFFIC_CONTROL")
                            .build())
                    .loadBalancerInfo(rolls ? drained(fleet) : null)
                    .autoRollbackConfiguration(CfnDeploymentGroup.AutoRollbackConfigurationProperty.builder()
                            .enabled(false)
                            .build())
                    .build();
            group.getNode().addDependency(fleet);
        });
    }

    private static CfnDeploymentGroup.LoadBalancerInfoProperty drained(Fleet fleet) {
        return CfnDeploymentGroup.LoadBalancerInfoProperty.builder()
                .targetGroupInfoList(List.of(CfnDeploymentGroup.TargetGroupInfoProperty.builder()
                        .name(fleet.targetGroupName())
                        .build()))
                .build();
    }

    private void byZone(String id, ZoneConfiguration configuration) {
        CfnDeploymentConfig.Builder.create(this, id)
                .deploymentConfigName(configuration.name())
                .computePlatform("Server")
                .minimumHealthyHosts(CfnDeploymentConfig.MinimumHealthyHostsProperty.builder()
                        .type(PERCENT)
                        .value(configuration.keep())
                        .build())
                .zonalConfig(CfnDeploymentConfig.ZonalConfigProperty.builder()
                        .firstZoneMonitorDurationInSeconds(configuration.first())
                        .monitorDurationInSeconds(configuration.monitor())
                        .minimumHealthyHostsPerZone(CfnDeploymentConfig.MinimumHealthyHostsPerZoneProperty.builder()
                                .type(PERCENT)
                                .value(configuration.keepInZone())
                                .build())
                        .build())
                .build();
    }

    private List<Permit> permits(List<Fleet> fleets, LaunchPermits launches, Config.Traffic traffic) {
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
        List<Permit> drain = traffic instanceof Config.Traffic.Rolling ? drain(fleets) : List.of();
        return Stream.of(install, drain, launches.all()).flatMap(List::stream).toList();
    }

    /** What the policy AWSCodeDeployRole allows it of target groups ("AWS managed policies for CodeDeploy"). */
    private static List<Permit> drain(List<Fleet> fleets) {
        return List.of(
                Permit.everywhere(
                        "SeeTargets",
                        "reads of Elastic Load Balancing have no resource type",
                        "elasticloadbalancing:DescribeTargetGroups",
                        "elasticloadbalancing:DescribeTargetHealth"),
                Permit.on(
                        fleets.stream().map(Fleet::targetGroupArn).toList(),
                        "DrainInstances",
                        "an instance is out of its target group while it is installed on",
                        "elasticloadbalancing:DeregisterTargets",
                        "elasticloadbalancing:RegisterTargets"));
    }

    String application() {
        return names.root();
    }
}
