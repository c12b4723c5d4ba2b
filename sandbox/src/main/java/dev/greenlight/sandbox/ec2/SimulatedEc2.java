package dev.greenlight.sandbox.ec2;

import dev.greenlight.sandbox.fault.ServiceErrors;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.InstanceState;
import dev.greenlight.sandbox.world.LaunchTemplates;
import dev.greenlight.sandbox.world.World;
import java.util.List;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.SummaryStatus;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Amazon EC2 over a {@link World}: instances, their states and their status checks. Knows no filters, and never pages. Follows the "Amazon EC2 API Reference". */
public final class SimulatedEc2 implements Ec2Client {

    private final World world;

    public SimulatedEc2(World world) {
        this.world = world;
    }

    /** Shows running instances only, unless IncludeAllInstances is set (API reference, DescribeInstanceStatus). */
    @Override
    public DescribeInstanceStatusResponse describeInstanceStatus(DescribeInstanceStatusRequest request) {
        noFilters(request.hasFilters());
        synchronized (world) {
            boolean all = Boolean.TRUE.equals(request.includeAllInstances());
            return DescribeInstanceStatusResponse.builder()
                    .instanceStatuses(chosen(request.instanceIds()).stream()
                            .filter(instance -> all || instance.running())
                            .map(this::status)
                            .toList())
                    .build();
        }
    }

    @Override
    public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
        noFilters(request.hasFilters());
        synchronized (world) {
            return DescribeInstancesResponse.builder()
                    .reservations(chosen(request.instanceIds()).stream()
                            .map(instance -> Reservation.builder()
                                    .ownerId(world.account().id())
                                    .instances(shape(instance))
                                    .build())
                            .toList())
                    .build();
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    private static void noFilters(boolean filters) {
        if (filters) {
            throw new UnsupportedOperationException("the sandbox's EC2 knows no filters: ask for instance ids");
        }
    }

    private List<Instance> chosen(List<String> ids) {
        return ids.isEmpty()
                ? world.instances()
                : ids.stream().map(this::existing).toList();
    }

    private Instance existing(String id) {
        return world.instance(id)
                .orElseThrow(() -> ServiceErrors.of(
                        Ec2Client.class,
                        "InvalidInstanceID.NotFound",
                        400,
                        "The instance ID '" + id + "' does not exist"));
    }

    private InstanceStatus status(Instance instance) {
        SummaryStatus checks = !instance.running()
                ? SummaryStatus.NOT_APPLICABLE
                : world.statusChecksPassed(instance) ? SummaryStatus.OK : SummaryStatus.INITIALIZING;
        return InstanceStatus.builder()
                .instanceId(instance.id())
                .availabilityZone(instance.zone())
                .instanceState(state -> state.name(state(instance)))
                .instanceStatus(summary -> summary.status(checks))
                .systemStatus(summary -> summary.status(checks))
                .build();
    }

    private software.amazon.awssdk.services.ec2.model.Instance shape(Instance instance) {
        return software.amazon.awssdk.services.ec2.model.Instance.builder()
                .instanceId(instance.id())
                .instanceType("t4g.small")
                .imageId(instance.origin().map(LaunchTemplates.Origin::image).orElse(null))
                .launchTime(instance.launchedAt())
                .state(state -> state.name(state(instance)))
                .placement(placement -> placement.availabilityZone(instance.zone()))
                .tags(Tag.builder()
                        .key("aws:autoscaling:groupName")
                        .value(instance.autoScalingGroup())
                        .build())
                .build();
    }

    private static InstanceStateName state(Instance instance) {
        if (instance.running()) {
            return InstanceStateName.RUNNING;
        }
        boolean boots = instance.runningSince().isEmpty() && instance.state() == InstanceState.PENDING;
        return boots ? InstanceStateName.PENDING : InstanceStateName.TERMINATED;
    }
}
