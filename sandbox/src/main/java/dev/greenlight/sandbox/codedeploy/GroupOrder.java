package dev.greenlight.sandbox.codedeploy;

import static dev.greenlight.sandbox.codedeploy.SimulatedCodeDeploy.refused;

import dev.greenlight.sandbox.world.TargetGroup;
import dev.greenlight.sandbox.world.World;
import java.util.List;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentOption;
import software.amazon.awssdk.services.codedeploy.model.DeploymentType;
import software.amazon.awssdk.services.codedeploy.model.InvalidAutoScalingGroupException;
import software.amazon.awssdk.services.codedeploy.model.InvalidDeploymentStyleException;
import software.amazon.awssdk.services.codedeploy.model.InvalidLoadBalancerInfoException;
import software.amazon.awssdk.services.codedeploy.model.LoadBalancerInfo;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupInfo;

/**
 * What a deployment group is asked to deploy to: one Auto Scaling group, in place.
 *
 * @param targetGroups the ARNs of those whose traffic it is to control; none without traffic control
 */
record GroupOrder(String autoScalingGroup, List<String> targetGroups) {

    /** What a caller of CreateDeploymentGroup asks for; refused where the sandbox has no such groups. */
    static GroupOrder of(CreateDeploymentGroupRequest request, World world) {
        var style = request.deploymentStyle();
        if (style != null && style.deploymentType() == DeploymentType.BLUE_GREEN) {
            throw refused(InvalidDeploymentStyleException.builder(), "The sandbox has groups in place only.");
        }
        boolean controls = style != null && style.deploymentOption() == DeploymentOption.WITH_TRAFFIC_CONTROL;
        List<String> targetGroups = controls ? targetGroups(request.loadBalancerInfo(), world) : List.of();
        if (controls && targetGroups.isEmpty()) {
            throw refused(
                    InvalidLoadBalancerInfoException.builder(),
                    "Traffic control needs target groups that the sandbox has.");
        }
        if (request.autoScalingGroups().size() != 1) {
            throw refused(
                    InvalidAutoScalingGroupException.builder(),
                    "The sandbox has groups with one Auto Scaling group only.");
        }
        return new GroupOrder(request.autoScalingGroups().getFirst(), targetGroups);
    }

    private static List<String> targetGroups(LoadBalancerInfo balancer, World world) {
        List<String> names = balancer == null
                ? List.of()
                : balancer.targetGroupInfoList().stream()
                        .map(TargetGroupInfo::name)
                        .toList();
        return world.targetGroups().stream()
                .filter(group -> names.contains(group.name()))
                .map(TargetGroup::arn)
                .toList();
    }
}
