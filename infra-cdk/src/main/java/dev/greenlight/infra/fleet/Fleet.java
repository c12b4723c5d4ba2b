package dev.greenlight.infra.fleet;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.network.Place;
import dev.greenlight.infra.permit.Nag;
import dev.greenlight.service.Config;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnAutoScalingScheduledAction;
import software.amazon.awscdk.CfnUpdatePolicy;
import software.amazon.awscdk.services.autoscaling.CfnAutoScalingGroup;
import software.amazon.awscdk.services.autoscaling.CfnScalingPolicy;
import software.amazon.awscdk.services.ec2.CfnLaunchTemplate;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnTargetGroup;
import software.constructs.Construct;

/**
 * One fleet: an Auto Scaling group that begins empty, and its target group.
 *
 * <p>Sizes and the launch version are live state that rollouts set. The template gives no desired number, keeps sizes that
 * changed outside of it ("UpdatePolicy attribute"), asks for the version that lives before it writes one, and never replaces
 * instances. What an update writes all the same, Sweep puts back.
 */
public final class Fleet extends Construct {

    private static final int WARM_UP_SECONDS = 120;

    private final String name;
    private final CfnTargetGroup targets;
    private final CfnLaunchTemplate template;

    Fleet(
            Construct scope,
            String id,
            Names names,
            Config.Fleet fleet,
            Place place,
            Machine machine,
            VersionKeeper keeper) {
        super(scope, id);
        this.name = names.of(id.toLowerCase(java.util.Locale.ROOT));
        this.targets = targets(fleet, place);
        machine.opensAfter(targets);
        this.template = CfnLaunchTemplate.Builder.create(this, "LaunchTemplate")
                .launchTemplateData(machine.launchedAs(name))
                .build();
        CfnAutoScalingGroup group = group(fleet, place);
        LaunchVersion version = new LaunchVersion(this, "LaunchVersion", keeper, template, group);
        group.setLaunchTemplate(CfnAutoScalingGroup.LaunchTemplateSpecificationProperty.builder()
                .launchTemplateId(template.getRef())
                .version(version.number())
                .build());
        CfnScalingPolicy policy = CfnScalingPolicy.Builder.create(this, "Scaling")
                .autoScalingGroupName(name)
                .policyType("TargetTrackingScaling")
                .targetTrackingConfiguration(CfnScalingPolicy.TargetTrackingConfigurationProperty.builder()
                        .targetValue(fleet.targetCpu())
                        .predefinedMetricSpecification(CfnScalingPolicy.PredefinedMetricSpecificationProperty.builder()
                                .predefinedMetricType("ASGAverageCPUUtilization")
                                .build())
                        .build())
                .build();
        policy.getNode().addDependency(group);
    }

    private CfnTargetGroup targets(Config.Fleet fleet, Place place) {
        return CfnTargetGroup.Builder.create(this, "Targets")
                .name(name.replace("greenlight-", "gl-"))
                .targetType("instance")
                .protocol("HTTP")
                .port(fleet.port())
                .vpcId(place.vpcId())
                .healthCheckPath(fleet.healthPath())
                .healthCheckIntervalSeconds(10)
                .healthCheckTimeoutSeconds(5)
                .healthyThresholdCount(2)
                .unhealthyThresholdCount(2)
                .targetGroupAttributes(attributes(fleet))
                .build();
    }

    private static List<CfnTargetGroup.TargetGroupAttributeProperty> attributes(Config.Fleet fleet) {
        return Stream.concat(
                        Stream.of(attribute("deregistration_delay.timeout_seconds", fleet.drain())),
                        fleet.slowStart().stream().map(slow -> attribute("slow_start.duration_seconds", slow)))
                .toList();
    }

    private static CfnTargetGroup.TargetGroupAttributeProperty attribute(String key, Duration value) {
        return CfnTargetGroup.TargetGroupAttributeProperty.builder()
                .key(key)
                .value(String.valueOf(value.toSeconds()))
                .build();
    }

    private CfnAutoScalingGroup group(Config.Fleet fleet, Place place) {
        CfnAutoScalingGroup group = CfnAutoScalingGroup.Builder.create(this, "Group")
                .autoScalingGroupName(name)
                .minSize("0")
                .maxSize(String.valueOf(fleet.maximum()))
                .vpcZoneIdentifier(place.privateSubnets())
                .targetGroupArns(List.of(targets.getRef()))
                // With the load balancer's checks the group would kill instances in mid-install.
                .healthCheckType("EC2")
                .defaultInstanceWarmup(WARM_UP_SECONDS)
                .metricsCollection(List.of(CfnAutoScalingGroup.MetricsCollectionProperty.builder()
                        .granularity("1Minute")
                        .build()))
                .tags(List.of(CfnAutoScalingGroup.TagPropertyProperty.builder()
                        .key("Name")
                        .value(name)
                        .propagateAtLaunch(true)
                        .build()))
                .build();
        group.getCfnOptions()
                .setUpdatePolicy(CfnUpdatePolicy.builder()
                        .autoScalingScheduledAction(CfnAutoScalingScheduledAction.builder()
                                .ignoreUnmodifiedGroupSizeProperties(true)
                                .build())
                        .build());
        Nag.accept(
                group, "AwsSolutions-AS3", "launches and ends are part of rollouts, whose decisions are told instead");
        return group;
    }

    /** The name of the Auto Scaling group and of its CodeDeploy deployment group. */
    public String name() {
        return name;
    }

    /** The name of its target group. */
    String targetGroupName() {
        return targets.getAttrTargetGroupName();
    }

    public String targetGroupArn() {
        return targets.getRef();
    }

    /** {@code targetgroup/name/id}, the dimension of CloudWatch's metrics. */
    public String targetGroupFullName() {
        return targets.getAttrTargetGroupFullName();
    }

    public String launchTemplateId() {
        return template.getRef();
    }

    /** The number of the newest version: what the next rollout gives the group. */
    public String newestVersion() {
        return template.getAttrLatestVersionNumber();
    }
}
