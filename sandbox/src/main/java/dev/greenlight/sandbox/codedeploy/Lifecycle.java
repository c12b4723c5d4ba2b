package dev.greenlight.sandbox.codedeploy;

import dev.greenlight.sandbox.codedeploy.Deployment.EventRun;
import dev.greenlight.sandbox.codedeploy.Deployment.Target;
import dev.greenlight.sandbox.codedeploy.ScriptRunner.Result;
import dev.greenlight.sandbox.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;
import software.amazon.awssdk.services.codedeploy.model.TargetStatus;

/**
 * Takes an instance through the lifecycle events of its deployment, one after the other on the world's clock, the scripts on an executor
 * and outside the lock. Methods are called under the lock of {@link Deployments}, except those that the clock or the executor runs, which
 * take it themselves.
 */
final class Lifecycle {

    /** An event that no agent has started by then has failed (page "CodeDeploy quotas"). */
    private static final Duration AGENT_SILENCE = Duration.ofMinutes(5);

    private static final Duration POLL = Duration.ofSeconds(15);

    private static final String NO_AGENT = "CodeDeploy agent was not able to receive the lifecycle event. Check the"
            + " CodeDeploy agent logs on your host and make sure the agent is running and can connect to the CodeDeploy"
            + " server.";

    private final Object lock;
    private final World world;
    private final Agents agents;
    private final TrafficControl traffic;
    private final DeployTimings timings;
    private final Executor work;
    private final Consumer<Deployment> oneIsOver;
    private Predicate<String> silent = instance -> false;

    /** @param oneIsOver told under the lock that an instance of the deployment has come to its end */
    Lifecycle(
            Object lock,
            World world,
            Agents agents,
            DeployTimings timings,
            Executor work,
            Consumer<Deployment> oneIsOver) {
        this.lock = lock;
        this.world = world;
        this.agents = agents;
        this.traffic = new TrafficControl(world);
        this.timings = timings;
        this.work = work;
        this.oneIsOver = oneIsOver;
    }

    /** From now on the agents of these instances answer nothing. */
    void silence(Predicate<String> instances) {
        silent = instances;
    }

    /** Begins with the first event. */
    void begin(Deployment deployment, Target target) {
        next(deployment, target, 0);
    }

    /** Lets the instance have gone through all events with success, in no time. */
    void passInNoTime(Deployment deployment, Target target) {
        for (EventRun event : target.events) {
            Result result = TrafficControl.does(event.name)
                    ? Result.succeeded()
                    : agents.perform(deployment, target, event.name);
            if (!result.ok()) {
                throw new IllegalStateException(
                        event.name + " of " + deployment.order.revision() + " failed: " + result);
            }
            event.end(LifecycleEventStatus.SUCCEEDED, result, now());
            tellWorld(target, event.name);
        }
        agents.succeeded(target.instanceId);
        target.end(TargetStatus.SUCCEEDED, now());
    }

    private void next(Deployment deployment, Target target, int index) {
        if (index == target.events.size()) {
            agents.succeeded(target.instanceId);
            target.end(TargetStatus.SUCCEEDED, now());
            deployment.group.unhealthy.remove(target.instanceId);
            oneIsOver.accept(deployment);
            return;
        }
        String what = deployment.events.get(index) + " on " + target.instanceId;
        Instant deadline = now().plus(timings.pickUp()).plus(AGENT_SILENCE);
        world.clock().after(timings.pickUp(), what, () -> start(deployment, target, index, deadline));
    }

    /** Starts the event, or looks again until the agent has been silent for too long. */
    private void start(Deployment deployment, Target target, int index, Instant deadline) {
        synchronized (lock) {
            if (target.over()) {
                return;
            }
            EventRun event = target.events.get(index);
            if (silent.test(target.instanceId) || !alive(target.instanceId)) {
                if (now().isBefore(deadline)) {
                    world.clock()
                            .after(
                                    POLL,
                                    "agent of " + target.instanceId,
                                    () -> start(deployment, target, index, deadline));
                } else {
                    ended(deployment, target, index, Result.broken(NO_AGENT));
                }
                return;
            }
            event.status = LifecycleEventStatus.IN_PROGRESS;
            event.started = now();
            target.status = TargetStatus.IN_PROGRESS;
            target.updated = event.started;
            work.execute(() -> perform(deployment, target, index));
        }
    }

    private void perform(Deployment deployment, Target target, int index) {
        String event = target.events.get(index).name;
        Result result = TrafficControl.does(event)
                ? traffic.perform(deployment.group, target.instanceId, event, target.events.get(index).started)
                : agents.perform(deployment, target, event);
        if (result.over()) {
            Duration takes = timings.event().plus(result.took());
            world.clock().after(takes, "end of " + event, () -> ended(deployment, target, index, result));
        } else {
            world.clock().after(result.took(), event + " goes on", () -> goOn(deployment, target, index));
        }
    }

    private void goOn(Deployment deployment, Target target, int index) {
        synchronized (lock) {
            if (!target.over()) {
                work.execute(() -> perform(deployment, target, index));
            }
        }
    }

    private void ended(Deployment deployment, Target target, int index, Result result) {
        synchronized (lock) {
            if (target.over()) {
                return;
            }
            EventRun event = target.events.get(index);
            boolean tolerated = event.name.equals("ApplicationStop")
                    && event.started != null
                    && deployment.order.ignoreApplicationStopFailures();
            event.end(result.ok() ? LifecycleEventStatus.SUCCEEDED : LifecycleEventStatus.FAILED, result, now());
            target.updated = now();
            if (result.ok()) {
                tellWorld(target, event.name);
            }
            if (result.ok() || tolerated) {
                next(deployment, target, index + 1);
            } else {
                target.end(TargetStatus.FAILED, now());
                deployment.group.unhealthy.add(target.instanceId);
                oneIsOver.accept(deployment);
            }
        }
    }

    private void tellWorld(Target target, String event) {
        world.instance(target.instanceId).ifPresent(instance -> {
            if (event.equals("ApplicationStart")) {
                instance.revision(agents.labelInHand(target.instanceId));
            } else if (event.equals("ApplicationStop") && agents.stopsApplication(target.instanceId)) {
                instance.revision(null);
            }
        });
    }

    private boolean alive(String instanceId) {
        return world.instance(instanceId)
                .filter(i -> i.running() && i.state().counts())
                .isPresent();
    }

    private Instant now() {
        return world.clock().instant();
    }
}
