package dev.greenlight.sandbox.autoscaling;

import dev.greenlight.sandbox.world.AutoScalingGroup;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.LaunchTemplates;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingInstanceDetails;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;

/** Writes groups, instances and activities in the shapes of the API. */
final class GroupShapes {

    private static final int DEFAULT_COOLDOWN_SECONDS = 300;

    private GroupShapes() {}

    static software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup group(
            AutoScalingGroup group, List<String> zones, Optional<LaunchTemplates.Source> launches) {
        return software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup.builder()
                .autoScalingGroupName(group.name())
                .autoScalingGroupARN(group.arn())
                .createdTime(group.createdAt())
                .launchTemplate(launches.map(GroupShapes::source).orElse(null))
                .minSize(group.capacity().min())
                .desiredCapacity(group.capacity().desired())
                .maxSize(group.capacity().max())
                .defaultCooldown(DEFAULT_COOLDOWN_SECONDS)
                .availabilityZones(zones)
                .targetGroupARNs(group.targetGroupArns())
                .healthCheckType(group.healthCheckType().name())
                .healthCheckGracePeriod((int) group.healthCheckGracePeriod().toSeconds())
                .suspendedProcesses(group.suspended().entrySet().stream()
                        .map(entry -> SuspendedProcess.builder()
                                .processName(entry.getKey().apiName())
                                .suspensionReason(entry.getValue())
                                .build())
                        .sorted((one, other) -> one.processName().compareTo(other.processName()))
                        .toList())
                .tags(group.tags().entrySet().stream()
                        .map(tag -> tag(group.name(), tag))
                        .sorted((one, other) -> one.key().compareTo(other.key()))
                        .toList())
                .instances(group.instances().stream().map(GroupShapes::instance).toList())
                .build();
    }

    static AutoScalingInstanceDetails details(Instance instance) {
        return AutoScalingInstanceDetails.builder()
                .instanceId(instance.id())
                .autoScalingGroupName(instance.autoScalingGroup())
                .availabilityZone(instance.zone())
                .lifecycleState(instance.state().lifecycleName())
                .healthStatus(health(instance).toUpperCase(Locale.ROOT))
                .protectedFromScaleIn(false)
                .build();
    }

    static Activity activity(dev.greenlight.sandbox.world.Activity activity) {
        return Activity.builder()
                .activityId(activity.id())
                .autoScalingGroupName(activity.group())
                .description(activity.description())
                .cause(activity.cause())
                .statusCode(activity.status())
                .statusMessage(activity.message().isEmpty() ? null : activity.message())
                .startTime(activity.started())
                .endTime(activity.ended().orElse(null))
                .progress(activity.progress())
                .build();
    }

    private static software.amazon.awssdk.services.autoscaling.model.Instance instance(Instance instance) {
        return software.amazon.awssdk.services.autoscaling.model.Instance.builder()
                .instanceId(instance.id())
                .instanceType("t4g.small")
                .availabilityZone(instance.zone())
                .launchTemplate(instance.origin().map(GroupShapes::origin).orElse(null))
                .lifecycleState(instance.state().lifecycleName())
                .healthStatus(health(instance))
                .protectedFromScaleIn(false)
                .build();
    }

    private static LaunchTemplateSpecification source(LaunchTemplates.Source source) {
        return LaunchTemplateSpecification.builder()
                .launchTemplateId(source.template())
                .version(source.version())
                .build();
    }

    private static LaunchTemplateSpecification origin(LaunchTemplates.Origin origin) {
        return LaunchTemplateSpecification.builder()
                .launchTemplateId(origin.template())
                .launchTemplateName(origin.templateName())
                .version(String.valueOf(origin.version()))
                .build();
    }

    private static String health(Instance instance) {
        return AutoScalingGroup.healthy(instance) ? "Healthy" : "Unhealthy";
    }

    private static TagDescription tag(String group, Map.Entry<String, String> tag) {
        return TagDescription.builder()
                .resourceId(group)
                .resourceType("auto-scaling-group")
                .key(tag.getKey())
                .value(tag.getValue())
                .propagateAtLaunch(false)
                .build();
    }
}
