package dev.greenlight.adapter.autoscaling;

import dev.greenlight.adapter.Aws;
import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Instance;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.fleet.ScalingProcess;
import dev.greenlight.port.Fleets;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.InstanceStatusSummary;
import software.amazon.awssdk.services.ec2.model.SummaryStatus;

/**
 * The two Auto Scaling groups. Groups are never created or deleted here, and single instances never terminated: sizes,
 * suspended processes and what is launched from are all that is written. Follows "Suspend and resume Amazon EC2 Auto Scaling processes" and the
 * API pages of the operations that are called.
 */
public final class AsgFleets implements Fleets {

    /** DescribeInstanceStatus takes at most this many ids in one call. */
    private static final int IDS_PER_CALL = 100;

    private static final String DESCRIBE = "autoscaling:DescribeAutoScalingGroups";
    private static final Set<LifecycleState> LAUNCHING =
            EnumSet.of(LifecycleState.PENDING, LifecycleState.PENDING_WAIT, LifecycleState.PENDING_PROCEED);
    private static final int ACTIVITIES_READ = 20;
    private static final int TROUBLES_TOLD = 3;

    private final AutoScalingClient autoScaling;
    private final Supplier<Ec2Client> ec2;
    private final Aws aws;
    private final Map<FleetName, String> groups = new EnumMap<>(FleetName.class);
    private final Map<FleetName, LaunchSource.Template> newest = new EnumMap<>(FleetName.class);

    /** @param ec2 asked only for status checks: that client is the largest of all to load */
    public AsgFleets(AutoScalingClient autoScaling, Supplier<Ec2Client> ec2, Aws aws, Fleet a, Fleet b) {
        this.autoScaling = autoScaling;
        this.ec2 = ec2;
        this.aws = aws;
        for (Fleet fleet : List.of(a, b)) {
            groups.put(fleet.name(), fleet.autoScalingGroup());
            fleet.newest().ifPresent(template -> newest.put(fleet.name(), template));
        }
    }

    @Override
    public Map<FleetName, Group> groups() {
        Map<String, AutoScalingGroup> found = aws
                .repeatable(
                        DESCRIBE,
                        () -> autoScaling.describeAutoScalingGroups(r -> r.autoScalingGroupNames(groups.values())))
                .autoScalingGroups()
                .stream()
                .collect(Collectors.toMap(AutoScalingGroup::autoScalingGroupName, g -> g));
        Map<FleetName, Group> read = new EnumMap<>(FleetName.class);
        groups.forEach((fleet, name) -> {
            if (!found.containsKey(name)) {
                throw Aws.unusable(DESCRIBE, "there is no Auto Scaling group " + name);
            }
            read.put(fleet, group(found.get(name)));
        });
        return Map.copyOf(read);
    }

    private static Group group(AutoScalingGroup group) {
        Scaling scaling = new Scaling(
                Aws.present(group.minSize(), DESCRIBE, "MinSize"),
                Aws.present(group.desiredCapacity(), DESCRIBE, "DesiredCapacity"),
                Aws.present(group.maxSize(), DESCRIBE, "MaxSize"),
                suspended(group.suspendedProcesses()));
        List<Instance> instances = group.instances().stream()
                .map(i -> new Instance(
                        Aws.present(i.instanceId(), DESCRIBE, "InstanceId"),
                        i.lifecycleState() == LifecycleState.IN_SERVICE,
                        LAUNCHING.contains(i.lifecycleState()),
                        Optional.ofNullable(i.availabilityZone()).orElse(""),
                        SourceReading.origin(i)))
                .toList();
        return new Group(scaling, SourceReading.of(group), instances);
    }

    /** Processes that Greenlight never touches are left out: whoever suspended those keeps them suspended. */
    private static Set<ScalingProcess> suspended(List<SuspendedProcess> processes) {
        Set<String> names =
                processes.stream().map(SuspendedProcess::processName).collect(Collectors.toSet());
        Set<ScalingProcess> known = EnumSet.allOf(ScalingProcess.class);
        known.removeIf(p -> !names.contains(p.apiName()));
        return known;
    }

    @Override
    public void apply(FleetName fleet, ScalingPlan plan, Scaling now) {
        String group = groups.get(fleet);
        // Protection comes before sizes and leaves after them, so that no instance is removed in between.
        List<String> toSuspend = missing(plan.suspended(), now.suspended());
        if (!toSuspend.isEmpty()) {
            aws.repeatable(
                    "autoscaling:SuspendProcesses",
                    () -> autoScaling.suspendProcesses(
                            r -> r.autoScalingGroupName(group).scalingProcesses(toSuspend)));
        }
        resize(group, plan, now);
        List<String> toResume = missing(now.suspended(), plan.suspended());
        if (!toResume.isEmpty()) {
            aws.repeatable(
                    "autoscaling:ResumeProcesses",
                    () -> autoScaling.resumeProcesses(
                            r -> r.autoScalingGroupName(group).scalingProcesses(toResume)));
        }
    }

    private static List<String> missing(Set<ScalingProcess> wanted, Set<ScalingProcess> there) {
        return wanted.stream()
                .filter(p -> !there.contains(p))
                .sorted()
                .map(ScalingProcess::apiName)
                .toList();
    }

    private void resize(String group, ScalingPlan plan, Scaling now) {
        int desired = plan.desired().orElse(Math.clamp(now.desired(), plan.minimum(), plan.maximum()));
        if (plan.minimum() == now.minimum() && plan.maximum() == now.maximum() && desired == now.desired()) {
            return;
        }
        // The number of instances is sent only to change it: scaling policies may have moved it since it was read.
        Integer written = desired == now.desired() ? null : desired;
        aws.repeatable(
                "autoscaling:UpdateAutoScalingGroup",
                () -> autoScaling.updateAutoScalingGroup(r -> r.autoScalingGroupName(group)
                        .minSize(plan.minimum())
                        .maxSize(plan.maximum())
                        .desiredCapacity(written)));
    }

    @Override
    public Optional<LaunchSource.Template> newest(FleetName fleet) {
        return Optional.ofNullable(newest.get(fleet));
    }

    /** Asks for what a launch of that version asks for, too ("Control Amazon EC2 launch template usage in Auto Scaling groups"). */
    @Override
    public void launchFrom(FleetName fleet, LaunchSource.Template version) {
        aws.repeatable(
                "autoscaling:UpdateAutoScalingGroup",
                () -> autoScaling.updateAutoScalingGroup(r -> r.autoScalingGroupName(groups.get(fleet))
                        .launchTemplate(t -> t.launchTemplateId(version.id()).version(version.version()))));
    }

    @Override
    public Optional<String> launchTrouble(FleetName fleet, Instant since) {
        List<Activity> activities = aws.repeatable(
                "autoscaling:DescribeScalingActivities",
                () -> autoScaling
                        .describeScalingActivities(
                                r -> r.autoScalingGroupName(groups.get(fleet)).maxRecords(ACTIVITIES_READ))
                        .activities());
        List<String> troubles = activities.stream()
                .filter(AsgFleets::isFailedLaunch)
                .filter(a -> !began(a).isBefore(since))
                .sorted(Comparator.comparing(AsgFleets::began).reversed())
                .map(AsgFleets::trouble)
                .distinct()
                .limit(TROUBLES_TOLD)
                .toList();
        return troubles.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", troubles));
    }

    private static Instant began(Activity activity) {
        return Aws.present(activity.startTime(), "autoscaling:DescribeScalingActivities", "StartTime");
    }

    private static boolean isFailedLaunch(Activity activity) {
        boolean failed = activity.statusCode() == ScalingActivityStatusCode.FAILED
                || activity.statusCode() == ScalingActivityStatusCode.CANCELLED;
        return failed
                && activity.description() != null
                && activity.description().startsWith("Launching");
    }

    private static String trouble(Activity activity) {
        String message = activity.statusMessage();
        return message == null || message.isBlank() ? activity.statusCodeAsString() : message.strip();
    }

    @Override
    public Map<String, Optional<Boolean>> statusChecks(List<String> instanceIds) {
        Map<String, Optional<Boolean>> checks = new HashMap<>();
        instanceIds.forEach(id -> checks.put(id, Optional.empty()));
        for (int from = 0; from < instanceIds.size(); from += IDS_PER_CALL) {
            List<String> ids = instanceIds.subList(from, Math.min(instanceIds.size(), from + IDS_PER_CALL));
            aws.repeatable(
                            "ec2:DescribeInstanceStatus",
                            () -> ec2.get()
                                    .describeInstanceStatus(
                                            r -> r.instanceIds(ids).includeAllInstances(true)))
                    .instanceStatuses()
                    .forEach(s -> checks.put(
                            Aws.present(s.instanceId(), "ec2:DescribeInstanceStatus", "InstanceId"), passed(s)));
        }
        return Map.copyOf(checks);
    }

    private static Optional<Boolean> passed(InstanceStatus status) {
        List<SummaryStatus> both = List.of(summary(status.systemStatus()), summary(status.instanceStatus()));
        if (both.contains(SummaryStatus.IMPAIRED)) {
            return Optional.of(false);
        }
        return isOk(both) ? Optional.of(true) : Optional.empty();
    }

    /** A check that is not answered has not been made yet. */
    private static SummaryStatus summary(InstanceStatusSummary check) {
        return check == null || check.status() == null ? SummaryStatus.UNKNOWN_TO_SDK_VERSION : check.status();
    }

    private static boolean isOk(Collection<SummaryStatus> both) {
        return both.stream().allMatch(s -> s == SummaryStatus.OK);
    }
}
