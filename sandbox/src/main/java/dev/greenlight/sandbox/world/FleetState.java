package dev.greenlight.sandbox.world;

import dev.greenlight.sandbox.clock.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an Auto Scaling group remembers. Guarded by the world's lock. */
final class FleetState {

    private static final int REMEMBERED_ACTIVITIES = 500;

    private final AutoScalingGroup first;
    private final Map<String, Instance> instances = new LinkedHashMap<>();
    private final Map<ScalingProcess, String> suspended = new EnumMap<>(ScalingProcess.class);
    private final Map<String, String> tags = new LinkedHashMap<>();
    private final Kept<ScalingProcess, String> suspendedNow = new Kept<>(suspended);
    private final Kept<String, String> tagsNow = new Kept<>(tags);
    private final Deque<String> activityOrder = new ArrayDeque<>();
    private final Map<String, Activity> activities = new LinkedHashMap<>();
    /** Those of the group; null until somebody asks after one came or went. */
    private List<Instance> inOrder;

    private Capacity capacity;
    private HealthCheckType healthCheckType;
    private Timer reaction = () -> {};
    private Optional<LaunchHook> hook = Optional.empty();
    private Optional<ScalingPolicy> policy = Optional.empty();

    FleetState(AutoScalingGroup first) {
        this.first = first;
        this.capacity = first.capacity();
        this.healthCheckType = first.healthCheckType();
        this.tags.putAll(first.tags());
        this.suspended.putAll(first.suspended());
    }

    AutoScalingGroup snapshot() {
        return new AutoScalingGroup(
                first.name(),
                first.arn(),
                first.createdAt(),
                capacity,
                healthCheckType,
                first.healthCheckGracePeriod(),
                first.targetGroupArns(),
                suspendedNow.now(),
                tagsNow.now(),
                instances());
    }

    /** Takes over what makes the group react, and ends what did before. */
    void reacts(Timer other) {
        reaction.cancel();
        reaction = other;
    }

    String name() {
        return first.name();
    }

    List<String> targetGroupArns() {
        return first.targetGroupArns();
    }

    Duration grace() {
        return first.healthCheckGracePeriod();
    }

    Capacity capacity() {
        return capacity;
    }

    void capacity(Capacity other) {
        capacity = other;
    }

    HealthCheckType healthCheckType() {
        return healthCheckType;
    }

    void healthCheckType(HealthCheckType other) {
        healthCheckType = other;
    }

    Optional<LaunchHook> hook() {
        return hook;
    }

    void hook(LaunchHook other) {
        hook = Optional.of(other);
    }

    Optional<ScalingPolicy> policy() {
        return policy;
    }

    void policy(ScalingPolicy other) {
        policy = Optional.of(other);
    }

    boolean runs(ScalingProcess process) {
        return !suspended.containsKey(process);
    }

    Map<ScalingProcess, String> suspended() {
        return suspended;
    }

    Map<String, String> tags() {
        return tags;
    }

    void add(Instance instance) {
        instances.put(instance.id(), instance);
        inOrder = null;
    }

    void remove(Instance instance) {
        instances.remove(instance.id());
        inOrder = null;
    }

    List<Instance> instances() {
        if (inOrder == null) {
            inOrder = List.copyOf(instances.values());
        }
        return inOrder;
    }

    List<Instance> in(InstanceState state) {
        return instances.values().stream()
                .filter(instance -> instance.state() == state)
                .toList();
    }

    int counted() {
        int counted = 0;
        for (Instance instance : instances.values()) {
            counted += instance.state().counts() ? 1 : 0;
        }
        return counted;
    }

    /** How many of the counted ones are in a zone. */
    int countedIn(String zone) {
        return Math.toIntExact(instances.values().stream()
                .filter(instance -> instance.state().counts() && instance.zone().equals(zone))
                .count());
    }

    /**
     * Whom a scale-in would end: unhealthy ones, then those in the fullest zone, of the oldest launch version, the oldest. Follows "Default
     * termination policy".
     */
    Optional<Instance> scaleInCandidate() {
        return instances.values().stream()
                .filter(instance -> instance.state().counts())
                .min(Comparator.comparing((Instance instance) -> !instance.markedUnhealthy())
                        .thenComparing(instance -> -countedIn(instance.zone()))
                        .thenComparing(instance -> instance.origin()
                                .map(LaunchTemplates.Origin::version)
                                .orElse(0L))
                        .thenComparing(Instance::launchedAt));
    }

    Activity activity(String id) {
        return activities.get(id);
    }

    void note(Activity activity) {
        if (activities.put(activity.id(), activity) == null) {
            activityOrder.addLast(activity.id());
            if (activityOrder.size() > REMEMBERED_ACTIVITIES) {
                activities.remove(activityOrder.removeFirst());
            }
        }
    }

    /** The history, newest first. */
    List<Activity> activities() {
        List<Activity> newestFirst = new ArrayList<>(activities.values());
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    void endActivity(String id, String status, String message, Instant at) {
        Activity activity = activities.get(id);
        if (activity != null && activity.ended().isEmpty()) {
            activities.put(id, activity.ended(status, message, at));
        }
    }
}
