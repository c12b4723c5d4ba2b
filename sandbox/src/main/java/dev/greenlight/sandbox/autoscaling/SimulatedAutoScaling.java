package dev.greenlight.sandbox.autoscaling;

import dev.greenlight.sandbox.fault.ServiceErrors;
import dev.greenlight.sandbox.world.AutoScalingGroup;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.HealthCheckType;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.LaunchTemplates;
import dev.greenlight.sandbox.world.ScalingProcess;
import dev.greenlight.sandbox.world.World;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.CreateOrUpdateTagsRequest;
import software.amazon.awssdk.services.autoscaling.model.CreateOrUpdateTagsResponse;
import software.amazon.awssdk.services.autoscaling.model.DeleteTagsRequest;
import software.amazon.awssdk.services.autoscaling.model.DeleteTagsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.ResumeProcessesRequest;
import software.amazon.awssdk.services.autoscaling.model.ResumeProcessesResponse;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityRequest;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityResponse;
import software.amazon.awssdk.services.autoscaling.model.SuspendProcessesRequest;
import software.amazon.awssdk.services.autoscaling.model.SuspendProcessesResponse;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupResponse;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupResponse;

/**
 * Amazon EC2 Auto Scaling over a {@link World}. Sizes are set at once and followed on the clock. Cooldowns do not exist, and
 * answers are never paged, except that MaxRecords cuts the activities. Follows the "Amazon EC2 Auto Scaling API Reference".
 */
public final class SimulatedAutoScaling implements AutoScalingClient {

    private final World world;

    public SimulatedAutoScaling(World world) {
        this.world = world;
    }

    @Override
    public DescribeAutoScalingGroupsResponse describeAutoScalingGroups(DescribeAutoScalingGroupsRequest request) {
        // Names that do not exist are left out without an error, as the API reference says.
        return DescribeAutoScalingGroupsResponse.builder()
                .autoScalingGroups(world.autoScalingGroups().stream()
                        .filter(group -> !request.hasAutoScalingGroupNames()
                                || request.autoScalingGroupNames().isEmpty()
                                || request.autoScalingGroupNames().contains(group.name()))
                        .map(group -> GroupShapes.group(
                                group, world.zones(), world.launchTemplates().of(group.name())))
                        .toList())
                .build();
    }

    @Override
    public DescribeAutoScalingInstancesResponse describeAutoScalingInstances(
            DescribeAutoScalingInstancesRequest request) {
        return DescribeAutoScalingInstancesResponse.builder()
                .autoScalingInstances(world.autoScalingGroups().stream()
                        .flatMap(group -> group.instances().stream())
                        .filter(instance -> request.instanceIds().isEmpty()
                                || request.instanceIds().contains(instance.id()))
                        .map(GroupShapes::details)
                        .toList())
                .build();
    }

    /** Follows the API reference: a minimum above, or a maximum below the desired capacity moves it, if it is not given. */
    @Override
    public UpdateAutoScalingGroupResponse updateAutoScalingGroup(UpdateAutoScalingGroupRequest request) {
        synchronized (world) {
            Capacity now = group(request.autoScalingGroupName()).capacity();
            int min = Optional.ofNullable(request.minSize()).orElse(now.min());
            int max = Optional.ofNullable(request.maxSize()).orElse(now.max());
            if (min > max) {
                throw invalid("Min size (" + min + ") must be less than or equal to max size (" + max + ")");
            }
            int desired =
                    Optional.ofNullable(request.desiredCapacity()).orElse(Math.max(min, Math.min(max, now.desired())));
            if (desired < min || desired > max) {
                throw invalid("Desired capacity:" + desired + " must be between the specified min size:" + min
                        + " and max size:" + max);
            }
            Optional<HealthCheckType> type =
                    Optional.ofNullable(request.healthCheckType()).map(SimulatedAutoScaling::healthCheckType);
            Optional<LaunchTemplates.Source> source =
                    Optional.ofNullable(request.launchTemplate()).map(this::source);
            world.capacity(request.autoScalingGroupName(), new Capacity(min, desired, max));
            source.ifPresent(known -> world.launchTemplates().launchFrom(request.autoScalingGroupName(), known));
            type.ifPresent(known -> world.healthCheckType(request.autoScalingGroupName(), known));
            return UpdateAutoScalingGroupResponse.builder().build();
        }
    }

    @Override
    public SetDesiredCapacityResponse setDesiredCapacity(SetDesiredCapacityRequest request) {
        synchronized (world) {
            Capacity now = group(request.autoScalingGroupName()).capacity();
            int desired = request.desiredCapacity();
            if (desired > now.max()) {
                throw invalid("New SetDesiredCapacity value " + desired + " is above max value " + now.max()
                        + " for the AutoScalingGroup.");
            }
            if (desired < now.min()) {
                throw invalid("New SetDesiredCapacity value " + desired + " is below min value " + now.min()
                        + " for the AutoScalingGroup.");
            }
            world.capacity(request.autoScalingGroupName(), new Capacity(now.min(), desired, now.max()));
            return SetDesiredCapacityResponse.builder().build();
        }
    }

    @Override
    public SuspendProcessesResponse suspendProcesses(SuspendProcessesRequest request) {
        group(request.autoScalingGroupName());
        world.suspend(request.autoScalingGroupName(), processes(request.scalingProcesses()));
        return SuspendProcessesResponse.builder().build();
    }

    @Override
    public ResumeProcessesResponse resumeProcesses(ResumeProcessesRequest request) {
        group(request.autoScalingGroupName());
        world.resume(request.autoScalingGroupName(), processes(request.scalingProcesses()));
        return ResumeProcessesResponse.builder().build();
    }

    @Override
    public DescribeScalingActivitiesResponse describeScalingActivities(DescribeScalingActivitiesRequest request) {
        group(request.autoScalingGroupName());
        return DescribeScalingActivitiesResponse.builder()
                .activities(world.activities(request.autoScalingGroupName()).stream()
                        .filter(activity -> request.activityIds().isEmpty()
                                || request.activityIds().contains(activity.id()))
                        .limit(Optional.ofNullable(request.maxRecords()).orElse(100))
                        .map(GroupShapes::activity)
                        .toList())
                .build();
    }

    @Override
    public TerminateInstanceInAutoScalingGroupResponse terminateInstanceInAutoScalingGroup(
            TerminateInstanceInAutoScalingGroupRequest request) {
        synchronized (world) {
            Instance instance = world.instance(request.instanceId())
                    .filter(known -> known.state().counts())
                    .orElseThrow(() -> invalid("Instance Id not found - No managed instance found for instance ID: "
                            + request.instanceId()));
            Capacity now = group(instance.autoScalingGroup()).capacity();
            if (request.shouldDecrementDesiredCapacity()) {
                if (now.desired() <= now.min()) {
                    throw invalid("Currently, desiredSize equals minSize (" + now.min()
                            + "). Terminating instance without replacement will violate group's min size constraint."
                            + " Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.");
                }
                world.capacity(instance.autoScalingGroup(), new Capacity(now.min(), now.desired() - 1, now.max()));
            }
            world.terminate(instance.id());
            return TerminateInstanceInAutoScalingGroupResponse.builder()
                    .activity(GroupShapes.activity(
                            world.activities(instance.autoScalingGroup()).get(0)))
                    .build();
        }
    }

    @Override
    public CreateOrUpdateTagsResponse createOrUpdateTags(CreateOrUpdateTagsRequest request) {
        synchronized (world) {
            request.tags().stream().map(Tag::resourceId).forEach(this::group);
            request.tags().forEach(tag -> world.groupTags(tag.resourceId()).put(tag.key(), tag.value()));
        }
        return CreateOrUpdateTagsResponse.builder().build();
    }

    @Override
    public DeleteTagsResponse deleteTags(DeleteTagsRequest request) {
        synchronized (world) {
            request.tags().stream().map(Tag::resourceId).forEach(this::group);
            request.tags().forEach(tag -> world.groupTags(tag.resourceId()).remove(tag.key()));
        }
        return DeleteTagsResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    private AutoScalingGroup group(String name) {
        return world.autoScalingGroup(name)
                .orElseThrow(
                        () -> invalid("AutoScalingGroup name not found - AutoScalingGroup '" + name + "' not found"));
    }

    /** No version stands for the default one (API reference, LaunchTemplateSpecification). */
    private LaunchTemplates.Source source(LaunchTemplateSpecification named) {
        LaunchTemplates.Source source = new LaunchTemplates.Source(
                named.launchTemplateId(), Optional.ofNullable(named.version()).orElse("$Default"));
        boolean there = world.launchTemplates()
                .template(source.template())
                .filter(template -> template.has(source.version()))
                .isPresent();
        if (!there) {
            throw invalid(
                    "You must use a valid fully-formed launch template. The specified launch template, with template ID "
                            + source.template() + " and version " + source.version() + ", does not exist.");
        }
        return source;
    }

    /** All processes when none is named. */
    private static Set<ScalingProcess> processes(List<String> names) {
        if (names.isEmpty()) {
            return EnumSet.allOf(ScalingProcess.class);
        }
        Set<ScalingProcess> processes = EnumSet.noneOf(ScalingProcess.class);
        names.forEach(name -> processes.add(
                ScalingProcess.named(name).orElseThrow(() -> invalid("Unknown scaling process: " + name))));
        return processes;
    }

    private static HealthCheckType healthCheckType(String name) {
        return switch (name) {
            case "EC2" -> HealthCheckType.EC2;
            case "ELB" -> HealthCheckType.ELB;
            default -> throw invalid("Unsupported health check type: " + name);
        };
    }

    private static AwsServiceException invalid(String message) {
        return ServiceErrors.of(AutoScalingClient.class, "ValidationError", 400, message);
    }
}
