package dev.greenlight.sandbox.world;

import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.clock.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The Auto Scaling groups: launch, let into service, replace, end. Methods are called under the world's lock, except those that
 * the clock runs, which take it themselves and leave it before they call out.
 */
final class Fleets {

    private static final Duration TERMINATED_STAYS_KNOWN = Duration.ofHours(1);

    private final World world;
    private final SandboxClock clock;
    private final Timings timings;
    private final Ids ids;
    private final Targets targets;
    private final LaunchTemplates templates;
    private final Map<String, FleetState> fleets = new LinkedHashMap<>();
    private final Map<String, Instance> known = new LinkedHashMap<>();
    private int zones = 1;

    Fleets(World world, Timings timings, Ids ids, Targets targets, LaunchTemplates templates) {
        this.world = world;
        this.clock = world.clock();
        this.timings = timings;
        this.ids = ids;
        this.targets = targets;
        this.templates = templates;
    }

    void add(AutoScalingGroup group) {
        FleetState fleet = new FleetState(group);
        fleets.put(group.name(), fleet);
        fleet.reacts(clock.every(timings.reaction(), "auto scaling of " + group.name(), () -> react(fleet)));
    }

    /** Ends all its instances and forgets the group. */
    void remove(FleetState fleet) {
        fleet.reacts(() -> {});
        fleet.instances().stream()
                .filter(instance -> instance.state().counts())
                .forEach(instance -> terminate(fleet, instance, "the group was deleted"));
        fleets.remove(fleet.name());
    }

    FleetState fleet(String name) {
        return find(name).orElseThrow(() -> new NoSuchElementException("no Auto Scaling group " + name));
    }

    Optional<FleetState> find(String name) {
        return Optional.ofNullable(fleets.get(name));
    }

    List<FleetState> all() {
        return List.copyOf(fleets.values());
    }

    List<Instance> knownInstances() {
        return List.copyOf(known.values());
    }

    Optional<Instance> instance(String id) {
        return Optional.ofNullable(known.get(id));
    }

    /** Starts an instance that was there before the story began: long booted, healthy, and serving the revision. */
    Instance veteran(FleetState fleet, String revision) {
        Instant longAgo = clock.instant().minus(Duration.ofHours(1));
        Instance instance = launched(fleet, longAgo);
        instance.runs(longAgo.plus(timings.boot()));
        instance.revision(revision);
        instance.entersService(longAgo.plus(timings.boot()));
        fleet.targetGroupArns().forEach(arn -> targets.registerHealthy(arn, instance.id()));
        return instance;
    }

    void scheduled(FleetState fleet, Instant at, Capacity capacity) {
        clock.at(at, "scheduled action of " + fleet.name(), () -> {
            synchronized (world) {
                if (fleet.runs(ScalingProcess.SCHEDULED_ACTIONS)) {
                    fleet.capacity(capacity);
                }
            }
        });
    }

    void endForUser(Instance instance) {
        if (instance.state().counts()) {
            terminate(
                    fleet(instance.autoScalingGroup()),
                    instance,
                    "an instance was taken out of service in response to a user request");
        }
    }

    /** One comparison of what the group has with what it should have. */
    private void react(FleetState fleet) {
        synchronized (world) {
            Instant now = clock.instant();
            findUnhealthy(fleet, now);
            replaceUnhealthy(fleet);
            while (fleet.counted() > fleet.capacity().desired() && fleet.runs(ScalingProcess.TERMINATE)) {
                terminate(
                        fleet,
                        fleet.scaleInCandidate().orElseThrow(),
                        "in response to a difference between desired and actual capacity, shrinking the capacity");
            }
            while (fleet.counted() < fleet.capacity().desired() && fleet.runs(ScalingProcess.LAUNCH)) {
                launch(fleet, now);
            }
        }
    }

    private void findUnhealthy(FleetState fleet, Instant now) {
        if (!fleet.runs(ScalingProcess.HEALTH_CHECK)) {
            return;
        }
        for (Instance instance : fleet.instances()) {
            boolean dead = instance.diedAt()
                    .filter(died -> !died.plus(timings.deathNoticed()).isAfter(now))
                    .isPresent();
            if (instance.state().counts() && (dead || balancerSaysUnhealthy(fleet, instance, now))) {
                instance.marksUnhealthy();
            }
        }
    }

    private boolean balancerSaysUnhealthy(FleetState fleet, Instance instance, Instant now) {
        boolean pastGrace = instance.inServiceSince()
                .filter(since -> !since.plus(fleet.grace()).isAfter(now))
                .isPresent();
        return fleet.healthCheckType() == HealthCheckType.ELB
                && pastGrace
                && fleet.targetGroupArns().stream()
                        .anyMatch(arn -> targets.state(arn, instance.id()) == TargetState.UNHEALTHY);
    }

    private void replaceUnhealthy(FleetState fleet) {
        if (!fleet.runs(ScalingProcess.REPLACE_UNHEALTHY) || !fleet.runs(ScalingProcess.TERMINATE)) {
            return;
        }
        fleet.instances().stream()
                .filter(instance -> instance.state().counts() && instance.markedUnhealthy())
                .forEach(instance -> terminate(
                        fleet, instance, "an instance was taken out of service in response to a health check"));
    }

    private Instance launched(FleetState fleet, Instant at) {
        Instance instance =
                new Instance(ids.instanceId(), fleet.name(), emptiest(fleet), at, templates.origin(fleet.name()));
        fleet.add(instance);
        known.put(instance.id(), instance);
        return instance;
    }

    /** From now on instances are launched into so many zones, evenly. */
    void zones(int many) {
        zones = many;
    }

    List<String> zones() {
        return IntStream.range(0, zones)
                .mapToObj(i -> world.account().region() + (char) ('a' + i))
                .toList();
    }

    private String emptiest(FleetState fleet) {
        return zones().stream().min(Comparator.comparing(fleet::countedIn)).orElseThrow();
    }

    private void launch(FleetState fleet, Instant now) {
        Instance instance = launched(fleet, now);
        note(
                fleet,
                launchActivity(instance),
                "Launching a new EC2 instance: " + instance.id(),
                "an instance was started in response to a difference between desired and actual capacity");
        long spread = Math.max(1, timings.boot().toMillis() / 5);
        Duration boot = timings.boot().plusMillis(ids.below((int) spread));
        clock.after(boot, "boot of " + instance.id(), () -> boot(fleet, instance));
    }

    private void boot(FleetState fleet, Instance instance) {
        Optional<LaunchHook> hook;
        synchronized (world) {
            if (instance.state() != InstanceState.PENDING || instance.diedAt().isPresent()) {
                return;
            }
            instance.runs(clock.instant());
            hook = fleet.hook();
            if (hook.isPresent()) {
                instance.waitsForHook();
            }
        }
        world.plane().booted(instance);
        if (hook.isEmpty()) {
            enterService(fleet, instance);
            return;
        }
        OpenHook open = new OpenHook(fleet, instance);
        open.timeout =
                clock.after(timings.hookTimeout(), "hook of " + instance.id(), () -> open.abandon("Heartbeat Timeout"));
        hook.get().launched(instance.id(), open);
    }

    private void enterService(FleetState fleet, Instance instance) {
        synchronized (world) {
            if (!instance.state().counts() || instance.state() == InstanceState.IN_SERVICE) {
                return;
            }
            instance.entersService(clock.instant());
            if (fleet.runs(ScalingProcess.ADD_TO_LOAD_BALANCER)) {
                fleet.targetGroupArns().forEach(arn -> targets.register(arn, instance.id()));
            }
            fleet.endActivity(launchActivity(instance), "Successful", "", clock.instant());
        }
    }

    /** Ends the instance: out of its target groups, drained, gone. */
    void terminate(FleetState fleet, Instance instance, String cause) {
        instance.terminates();
        fleet.endActivity(launchActivity(instance), "Cancelled", "Instance was terminated.", clock.instant());
        note(fleet, endActivity(instance), "Terminating EC2 instance: " + instance.id(), cause);
        Duration drain = fleet.targetGroupArns().stream()
                .map(arn -> targets.deregister(arn, instance.id()))
                .flatMap(Optional::stream)
                .max(Duration::compareTo)
                .filter(delay -> instance.running())
                .orElse(Duration.ZERO);
        if (!drain.isZero()) {
            fleet.note(fleet.activity(endActivity(instance)).goingOn("WaitingForELBConnectionDraining"));
        }
        clock.after(drain.plus(timings.shutdown()), "end of " + instance.id(), () -> end(fleet, instance));
    }

    private void end(FleetState fleet, Instance instance) {
        boolean ran;
        synchronized (world) {
            ran = instance.running();
            instance.terminated();
            fleet.remove(instance);
            fleet.endActivity(endActivity(instance), "Successful", "", clock.instant());
        }
        if (ran) {
            world.plane().gone(instance);
        }
        clock.after(TERMINATED_STAYS_KNOWN, "forgetting " + instance.id(), () -> forget(instance));
    }

    private void forget(Instance instance) {
        synchronized (world) {
            known.remove(instance.id());
        }
    }

    private void note(FleetState fleet, String id, String description, String cause) {
        Instant now = clock.instant();
        fleet.note(new Activity(
                id,
                fleet.name(),
                description,
                "At " + now + " " + cause + ".",
                "InProgress",
                "",
                now,
                Optional.empty()));
    }

    private static String launchActivity(Instance instance) {
        return "launch-" + instance.id();
    }

    private static String endActivity(Instance instance) {
        return "end-" + instance.id();
    }

    /** A launch hook that waits for its answer; the first answer counts. */
    private final class OpenHook implements LaunchHook.Completion {
        private final FleetState fleet;
        private final Instance instance;
        private volatile Timer timeout = () -> {};

        OpenHook(FleetState fleet, Instance instance) {
            this.fleet = fleet;
            this.instance = instance;
        }

        @Override
        public void continue_() {
            synchronized (world) {
                if (instance.state() == InstanceState.PENDING_WAIT) {
                    timeout.cancel();
                    enterService(fleet, instance);
                }
            }
        }

        @Override
        public void abandon() {
            abandon("Lifecycle Action Completed with ABANDON Result");
        }

        private void abandon(String how) {
            synchronized (world) {
                if (instance.state() == InstanceState.PENDING_WAIT) {
                    timeout.cancel();
                    fleet.endActivity(
                            launchActivity(instance),
                            "Cancelled",
                            "Instance failed to complete user's Lifecycle Action: it was abandoned: " + how,
                            clock.instant());
                    terminate(fleet, instance, "a launch was given up by its lifecycle hook");
                }
            }
        }
    }
}
