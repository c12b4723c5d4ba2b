package dev.greenlight.sandbox.world;

import dev.greenlight.sandbox.clock.SandboxClock;
import java.time.Duration;
import java.util.Optional;

/** Registers targets, checks them on the clock and drains them. Called under the world's lock, except what the clock runs. */
final class Targets {

    private final World world;
    private final SandboxClock clock;
    private final Timings timings;
    private final Balancer balancer;

    Targets(World world, Timings timings, Balancer balancer) {
        this.world = world;
        this.clock = world.clock();
        this.timings = timings;
        this.balancer = balancer;
    }

    void register(String targetGroupArn, String instanceId) {
        TargetSet set = set(targetGroupArn);
        set.register(instanceId, clock.instant()).ifPresent(target -> startChecks(set, target));
    }

    void registerHealthy(String targetGroupArn, String instanceId) {
        register(targetGroupArn, instanceId);
        set(targetGroupArn).healthy(instanceId, clock.instant());
    }

    /** Takes the target out and returns how long it drains; empty when there is nothing to wait for. */
    Optional<Duration> deregister(String targetGroupArn, String instanceId) {
        TargetSet set = set(targetGroupArn);
        Optional<TargetSet.Target> target = set.target(instanceId);
        Optional<Duration> drain = set.deregister(instanceId, clock.instant());
        drain.ifPresent(
                delay -> clock.after(delay, "draining of " + instanceId, () -> drained(set, target.orElseThrow())));
        return drain;
    }

    TargetState state(String targetGroupArn, String instanceId) {
        return set(targetGroupArn)
                .target(instanceId)
                .map(TargetSet.Target::state)
                .orElse(TargetState.UNUSED);
    }

    private TargetSet set(String arn) {
        return balancer.set(arn).orElseThrow(() -> new IllegalArgumentException("no target group " + arn));
    }

    private void drained(TargetSet set, TargetSet.Target target) {
        synchronized (world) {
            set.drained(target, clock.instant());
        }
    }

    private void startChecks(TargetSet set, TargetSet.Target target) {
        String what = "health check of " + target.id();
        target.checkedBy(clock.after(timings.registration(), what, () -> {
            synchronized (world) {
                if (set.target(target.id()).filter(target::equals).isEmpty()) {
                    return;
                }
                target.checkedBy(clock.every(set.group().healthCheck().interval(), what, () -> check(set, target)));
            }
            check(set, target);
        }));
    }

    /** One check; the target itself is asked outside of the lock and off the clock, because a real one takes its time. */
    private void check(TargetSet set, TargetSet.Target target) {
        Optional<Instance> instance;
        synchronized (world) {
            boolean idle = target.state() == TargetState.UNUSED || target.state() == TargetState.DRAINING;
            if (idle || !target.startsCheck()) {
                return;
            }
            instance = world.instance(target.id()).filter(Instance::running);
        }
        clock.aside("health check of " + target.id(), () -> {
            Health outcome = Health.unreachable();
            try {
                if (instance.isPresent()) {
                    outcome = world.plane().check(instance.get(), set.group().healthCheck());
                }
            } finally {
                taken(set, target, outcome);
            }
        });
    }

    private void taken(TargetSet set, TargetSet.Target target, Health outcome) {
        synchronized (world) {
            target.endsCheck();
            set.checked(target, outcome, clock.instant());
        }
    }
}
