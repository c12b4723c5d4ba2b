package dev.greenlight.sandbox.paper;

import com.fasterxml.jackson.databind.JsonNode;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.AutoScalingGroup;
import software.amazon.awssdk.services.codedeploy.model.DeploymentConfigDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentConfigRequest;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentConfigResponse;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentGroupResponse;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupInfo;

/** CodeDeploy as it tells of deployment groups and configurations. */
public final class PaperDeploy implements CodeDeployClient {

    private final PaperAccount paper;

    public PaperDeploy(PaperAccount paper) {
        this.paper = paper;
    }

    @Override
    public GetDeploymentGroupResponse getDeploymentGroup(GetDeploymentGroupRequest request) {
        JsonNode group = paper.find(
                        "AWS::CodeDeploy::DeploymentGroup",
                        item -> item.text("DeploymentGroupName").equals(request.deploymentGroupName())
                                && item.text("ApplicationName").equals(request.applicationName()))
                .map(PaperAccount.Item::properties)
                .orElseThrow(() -> Errors.gone(
                        DeploymentGroupDoesNotExistException.builder(), "Group " + request.deploymentGroupName()));
        return GetDeploymentGroupResponse.builder()
                .deploymentGroupInfo(info -> info.applicationName(request.applicationName())
                        .deploymentGroupName(request.deploymentGroupName())
                        .serviceRoleArn(group.path("ServiceRoleArn").asText(null))
                        .deploymentStyle(style -> style.deploymentType(group.path("DeploymentStyle")
                                        .path("DeploymentType")
                                        .asText())
                                .deploymentOption(group.path("DeploymentStyle")
                                        .path("DeploymentOption")
                                        .asText()))
                        .loadBalancerInfo(balancer -> balancer.targetGroupInfoList(group.path("LoadBalancerInfo")
                                .path("TargetGroupInfoList")
                                .valueStream()
                                .map(targets -> TargetGroupInfo.builder()
                                        .name(targets.path("Name").asText())
                                        .build())
                                .toList()))
                        .autoRollbackConfiguration(rollback -> rollback.enabled(group.path("AutoRollbackConfiguration")
                                .path("Enabled")
                                .asBoolean()))
                        .autoScalingGroups(group.path("AutoScalingGroups")
                                .valueStream()
                                .map(name -> AutoScalingGroup.builder()
                                        .name(name.asText())
                                        .build())
                                .toList()))
                .build();
    }

    @Override
    public GetDeploymentConfigResponse getDeploymentConfig(GetDeploymentConfigRequest request) {
        JsonNode configuration = paper.find(
                        "AWS::CodeDeploy::DeploymentConfig",
                        item -> item.text("DeploymentConfigName").equals(request.deploymentConfigName()))
                .map(PaperAccount.Item::properties)
                .orElseThrow(() -> Errors.gone(
                        DeploymentConfigDoesNotExistException.builder(),
                        "Configuration " + request.deploymentConfigName()));
        JsonNode keeps = configuration.path("MinimumHealthyHosts");
        JsonNode zonal = configuration.path("ZonalConfig");
        JsonNode keepsInZone = zonal.path("MinimumHealthyHostsPerZone");
        return GetDeploymentConfigResponse.builder()
                .deploymentConfigInfo(info -> info.deploymentConfigName(request.deploymentConfigName())
                        .minimumHealthyHosts(
                                minimum -> minimum.type(keeps.path("Type").asText())
                                        .value(keeps.path("Value").asInt()))
                        .zonalConfig(zones -> zones.firstZoneMonitorDurationInSeconds(
                                        zonal.path("FirstZoneMonitorDurationInSeconds")
                                                .asLong())
                                .monitorDurationInSeconds(
                                        zonal.path("MonitorDurationInSeconds").asLong())
                                .minimumHealthyHostsPerZone(minimum -> minimum.type(
                                                keepsInZone.path("Type").asText())
                                        .value(keepsInZone.path("Value").asInt()))))
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
