package dev.greenlight.infra.fleet;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.IStableAnyProducer;
import software.amazon.awscdk.Lazy;
import software.amazon.awscdk.services.autoscaling.CfnAutoScalingGroup;
import software.amazon.awscdk.services.ec2.CfnLaunchTemplate;
import software.constructs.Construct;

/**
 * The version of its launch template that a stack update gives to a group: the one that it has. A template's newest version
 * would reach a live fleet with its next scale-out.
 *
 * <p>CloudFormation keeps the attributes of a resource that it does not update. So this one has all properties of the group
 * among its own: whatever updates the group asks anew first, and no update passes a version of long ago.
 */
final class LaunchVersion extends Construct {

    private final CustomResource version;

    LaunchVersion(
            Construct scope, String id, VersionKeeper keeper, CfnLaunchTemplate template, CfnAutoScalingGroup group) {
        super(scope, id);
        Map<String, Object> properties = new TreeMap<>();
        properties.put("AutoScalingGroupName", group.getAutoScalingGroupName());
        properties.put("LaunchTemplateId", template.getRef());
        properties.put("LatestVersion", template.getAttrLatestVersionNumber());
        properties.put("DefaultVersion", template.getAttrDefaultVersionNumber());
        properties.put("Group", settings(group));
        this.version = CustomResource.Builder.create(this, "Resource")
                .resourceType("Custom::GreenlightLaunchVersion")
                .serviceToken(keeper.arn())
                .serviceTimeout(Duration.minutes(5))
                .properties(properties)
                .build();
        version.getNode().addDependency(keeper.ready());
    }

    /** Every property of the group but the one that this answers, by its name in a template. */
    private static Map<String, Object> settings(CfnAutoScalingGroup group) {
        Map<String, Object> settings = new TreeMap<>();
        settings.put("AutoScalingGroupName", group.getAutoScalingGroupName());
        settings.put("DefaultInstanceWarmup", group.getDefaultInstanceWarmup());
        settings.put("HealthCheckType", group.getHealthCheckType());
        settings.put("MaxSize", group.getMaxSize());
        settings.put("MetricsCollection", group.getMetricsCollection());
        settings.put("MinSize", group.getMinSize());
        settings.put("TargetGroupARNs", group.getTargetGroupArns());
        settings.put("VPCZoneIdentifier", group.getVpcZoneIdentifier());
        // Tags may join until the template is written.
        settings.put("Tags", Lazy.any(new IStableAnyProducer() {
            @Override
            public Object produce() {
                return group.getTags().renderTags();
            }
        }));
        return settings;
    }

    String number() {
        return version.getAttString("Version");
    }
}
