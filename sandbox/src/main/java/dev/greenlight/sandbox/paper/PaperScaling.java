package dev.greenlight.sandbox.paper;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;

/** Auto Scaling as it tells of groups, which are empty; {@code SuspendedProcesses} is a list of names. Unknown names are left out without an error. */
public final class PaperScaling implements AutoScalingClient {

    private final PaperAccount paper;

    public PaperScaling(PaperAccount paper) {
        this.paper = paper;
    }

    @Override
    public DescribeAutoScalingGroupsResponse describeAutoScalingGroups(DescribeAutoScalingGroupsRequest request) {
        return DescribeAutoScalingGroupsResponse.builder()
                .autoScalingGroups(paper.all("AWS::AutoScaling::AutoScalingGroup").stream()
                        .filter(group -> request.autoScalingGroupNames().contains(group.id()))
                        .map(PaperScaling::shape)
                        .toList())
                .build();
    }

    private static AutoScalingGroup shape(PaperAccount.Item group) {
        return AutoScalingGroup.builder()
                .autoScalingGroupName(group.id())
                .minSize(Integer.valueOf(group.text("MinSize")))
                .maxSize(Integer.valueOf(group.text("MaxSize")))
                .launchTemplate(template -> template.launchTemplateId(group.properties()
                                .path("LaunchTemplate")
                                .path("LaunchTemplateId")
                                .asText())
                        .version(group.properties()
                                .path("LaunchTemplate")
                                .path("Version")
                                .asText()))
                .healthCheckType(group.text("HealthCheckType"))
                .status(group.properties().path("Status").asText(null))
                .targetGroupARNs(texts(group.properties().path("TargetGroupARNs")))
                .instances(texts(group.properties().path("InstanceZones")).stream()
                        .map(zone -> Instance.builder().availabilityZone(zone).build())
                        .toList())
                .suspendedProcesses(texts(group.properties().path("SuspendedProcesses")).stream()
                        .map(name ->
                                SuspendedProcess.builder().processName(name).build())
                        .toList())
                .build();
    }

    private static List<String> texts(JsonNode node) {
        return node.valueStream().map(JsonNode::asText).toList();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
