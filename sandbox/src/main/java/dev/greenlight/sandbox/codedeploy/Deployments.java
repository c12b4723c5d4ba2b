package dev.greenlight.sandbox.codedeploy;

import dev.greenlight.sandbox.codedeploy.Deployment.EventRun;
import dev.greenlight.sandbox.codedeploy.Deployment.Order;
import dev.greenlight.sandbox.codedeploy.Deployment.Target;
import dev.greenlight.sandbox.codedeploy.ScriptRunner.Result;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.InstanceState;
import dev.greenlight.sandbox.world.LaunchHook;
import dev.greenlight.sandbox.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.services.codedeploy.model.DeploymentCreator;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.TargetStatus;

/**
 * Moves deployments on: event by event on every instance, on the world's clock, the scripts on an executor and outside the lock.
 *
 * <p>Everything that is reached from here is guarded by this object's lock; the world's lock may be taken inside it, never the other way
 * round.
 */
final class Deployments {

    /** An event that no agent has started by then has failed (page "CodeDeploy quotas"). */
    static final Duration AGENT_SILENCE = Duration.ofMinutes(5);

    private static final Duration POLL = Duration.ofSeconds(15);

    private static final String NO_AGENT = "CodeDeploy agent was not able to receive the lifecycle event. Check the"
            + " CodeDeploy agent logs on your host and make sure the agent is running and can connect to the CodeDeploy"
            + " server.";

    private final World world;
    private final Agents agents;
    private final TrafficControl traffic;
    private final DeployTimings timings;
    private final Executor work;
    private final Consumer<Deployment> changed;
    private final Map<String, Deployment> all = new LinkedHashMap<>();
    private final Map<String, Consumer<Boolean>> whenOver = new LinkedHashMap<>();
    private Predicate<String> silent = instance -> false;

    Deployments(World world, Agents agents, DeployTimings timings, Executor work, Consumer<Deployment> changed) {
        this.world = world;
        this.agents = agents;
        this.traffic = new TrafficControl(world);
        this.timings = timings;
        this.work = work;
        this.changed = changed;
    }

    synchronized Map<String, Deployment> all() {
        return all;
    }

    /** From now on the agents of these instances answer nothing. */
    synchronized void silence(Predicate<String> instances) {
        silent = instances;
    }

    /** Starts a deployment that holds the group, to the instances that are in service now. */
    synchronized Deployment deploy(Group group, Order order, Configuration configuration) {
        group.updated.clear();
        return hold(group, order, configuration, inService(group));
    }

    /** Ends it for good: what runs on an instance is not called back, and nothing more is started. */
    synchronized void stop(Deployment deployment) {
        for (Target target : deployment.targets.values()) {
            if (!target.over()) {
                boolean begun = target.status == TargetStatus.IN_PROGRESS;
                target.end(begun ? TargetStatus.UNKNOWN : TargetStatus.SKIPPED, now());
                if (begun) {
                    deployment.group.unhealthy.add(target.instanceId);
                }
            }
        }
        finish(deployment, DeploymentStatus.STOPPED, ErrorCode.MANUAL_STOP, "The deployment was stopped by the user.");
    }

    /**
     * An instance of the group was launched: it gets the last successful revision, whichever is being deployed at the moment, or goes into
     * service as it is when there is none.
     */
    synchronized void launched(Group group, String instanceId, LaunchHook.Completion completion) {
        Deployment last = group.lastSuccessful;
        if (last == null) {
            world.clock().after(Duration.ZERO, "nothing to install on " + instanceId, () -> {
                completion.continue_();
                updateSoon(group);
            });
            return;
        }
        Order order = Order.byItself(DeploymentCreator.AUTOSCALING, last.order.revision());
        Deployment deployment = add(group, order, Configuration.ALL_AT_ONCE, List.of(instanceId));
        whenOver.put(deployment.id, succeeded -> {
            if (succeeded) {
                completion.continue_();
                updateSoon(group);
            } else {
                completion.abandon();
            }
        });
    }

    /** Lets the revision have been deployed to the instances in service, in no time. */
    synchronized void record(Group group, RevisionLocation revision) {
        Order order = Order.byItself(DeploymentCreator.USER, revision);
        Deployment deployment =
                new Deployment(Ids.deployment(all.size()), group, order, Configuration.ALL_AT_ONCE, now());
        all.put(deployment.id, deployment);
        deployment.started = now();
        for (String instanceId : inService(group)) {
            Target target = target(deployment, instanceId);
            for (EventRun event : target.events) {
                Result result = TrafficControl.does(event.name)
                        ? Result.succeeded()
                        : agents.perform(deployment, target, event.name);
                if (!result.ok()) {
                    throw new IllegalStateException(event.name + " of " + revision + " failed: " + result);
                }
                event.end(LifecycleEventStatus.SUCCEEDED, result, now());
                tellWorld(target, event.name);
            }
            agents.succeeded(instanceId);
            target.end(TargetStatus.SUCCEEDED, now());
        }
        group.updated.addAll(deployment.targets.keySet());
        group.lastAttempted = deployment;
        group.lastSuccessful = deployment;
        deployment.status = DeploymentStatus.SUCCEEDED;
        deployment.completed = now();
    }

    private List<String> inService(Group group) {
        return world.instances(group.autoScalingGroup).stream()
                .filter(i -> i.state() == InstanceState.IN_SERVICE)
                .map(Instance::id)
                .toList();
    }

    private Target target(Deployment deployment, String instanceId) {
        String zone = world.instance(instanceId).map(Instance::zone).orElse("");
        boolean unhealthy = deployment.group.unhealthy.contains(instanceId);
        Target target = new Target(instanceId, zone, unhealthy, deployment.events, now());
        deployment.targets.put(instanceId, target);
        return target;
    }

    private Deployment hold(Group group, Order order, Configuration configuration, List<String> instances) {
        Deployment deployment = add(group, order, configuration, instances);
        group.active = deployment;
        group.lastAttempted = deployment;
        group.updated.addAll(instances);
        return deployment;
    }

    private Deployment add(Group group, Order order, Configuration configuration, List<String> instances) {
        Deployment deployment = new Deployment(Ids.deployment(all.size()), group, order, configuration, now());
        instances.forEach(id -> target(deployment, id));
        all.put(deployment.id, deployment);
        world.clock().after(timings.queue(), "start of " + deployment.id, () -> begin(deployment));
        return deployment;
    }

    private synchronized void begin(Deployment deployment) {
        if (deployment.over()) {
            return;
        }
        deployment.status = DeploymentStatus.IN_PROGRESS;
        deployment.started = now();
        changed.accept(deployment);
        if (deployment.targets.isEmpty()) {
            finish(
                    deployment,
                    DeploymentStatus.FAILED,
                    ErrorCode.NO_INSTANCES,
                    "The deployment failed because no instances were found for your deployment group.");
        }
        goOn(deployment, new Waves(deployment));
    }

    /** Begins on whoever may be begun on now; each that ends asks again. */
    private void goOn(Deployment deployment, Waves waves) {
        if (deployment.over()) {
            return;
        }
        deployment.waves = waves;
        switch (waves.next()) {
            case Waves.Next.Begin begin -> begin.targets().forEach(target -> next(deployment, target, 0));
            case Waves.Next.Rest rest ->
                world.clock().after(rest.monitor(), "next zone of " + deployment.id, () -> nextZone(deployment, waves));
            case Waves.Next.Over over -> finish(deployment, waves.isSuccess());
            case Waves.Next.Stuck stuck -> {
                deployment.targets.values().stream()
                        .filter(target -> !target.over())
                        .forEach(target -> target.end(TargetStatus.SKIPPED, now()));
                finish(deployment, false);
            }
        }
    }

    private synchronized void nextZone(Deployment deployment, Waves waves) {
        waves.rested();
        goOn(deployment, waves);
    }

    private void next(Deployment deployment, Target target, int index) {
        if (index == target.events.size()) {
            agents.succeeded(target.instanceId);
            target.end(TargetStatus.SUCCEEDED, now());
            deployment.group.unhealthy.remove(target.instanceId);
            goOn(deployment, deployment.waves);
            return;
        }
        String what = deployment.events.get(index) + " on " + target.instanceId;
        Instant deadline = now().plus(timings.pickUp()).plus(AGENT_SILENCE);
        world.clock().after(timings.pickUp(), what, () -> start(deployment, target, index, deadline));
    }

    /** Starts the event, or looks again until the agent has been silent for too long. */
    private synchronized void start(Deployment deployment, Target target, int index, Instant deadline) {
        if (target.over()) {
            return;
        }
        EventRun event = target.events.get(index);
        if (silent.test(target.instanceId) || !alive(target.instanceId)) {
            if (now().isBefore(deadline)) {
                world.clock()
                        .after(POLL, "agent of " + target.instanceId, () -> start(deployment, target, index, deadline));
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

    private synchronized void goOn(Deployment deployment, Target target, int index) {
        if (!target.over()) {
            work.execute(() -> perform(deployment, target, index));
        }
    }

    private synchronized void ended(Deployment deployment, Target target, int index, Result result) {
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
            goOn(deployment, deployment.waves);
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

    private void finish(Deployment deployment, boolean succeeded) {
        if (succeeded) {
            finish(deployment, DeploymentStatus.SUCCEEDED, null, null);
        } else {
            finish(
                    deployment,
                    DeploymentStatus.FAILED,
                    ErrorCode.HEALTH_CONSTRAINTS,
                    "The overall deployment failed because too many individual instances failed deployment, too few"
                            + " healthy instances are available for deployment, or some instances in your deployment"
                            + " group are experiencing problems.");
        }
    }

    private void finish(Deployment deployment, DeploymentStatus status, ErrorCode error, String message) {
        deployment.status = status;
        deployment.completed = now();
        deployment.error = error;
        deployment.errorMessage = message;
        Group group = deployment.group;
        boolean succeeded = status == DeploymentStatus.SUCCEEDED;
        if (group.active == deployment) {
            group.active = null;
            if (succeeded) {
                group.lastSuccessful = deployment;
                updateSoon(group);
            }
        }
        changed.accept(deployment);
        Consumer<Boolean> then = whenOver.remove(deployment.id);
        if (then != null) {
            world.clock().after(Duration.ZERO, "launch hook after " + deployment.id, () -> then.accept(succeeded));
        }
    }

    /** Gives an instance that just completed its launch the time to come into service. */
    private void updateSoon(Group group) {
        world.clock().after(Duration.ofSeconds(15), "outdated instances of " + group.name, () -> update(group));
    }

    /** Instances that came up while the group was deployed to have an older revision, or none: CodeDeploy brings them up to date. */
    private synchronized void update(Group group) {
        Deployment last = group.lastSuccessful;
        if (last == null || group.active != null) {
            return;
        }
        List<String> outdated = new ArrayList<>(inService(group));
        outdated.removeAll(group.updated);
        outdated.removeIf(id -> hasRevisionOf(last, id));
        if (!outdated.isEmpty()) {
            Order order = Order.byItself(DeploymentCreator.CODE_DEPLOY_AUTO_UPDATE, last.order.revision());
            hold(group, order, group.configuration, outdated);
        }
    }

    private boolean hasRevisionOf(Deployment deployment, String instanceId) {
        var location = deployment.order.revision().s3Location();
        return agents.revision(instanceId)
                .filter(r -> r.bucket().equals(location.bucket()) && r.key().equals(location.key()))
                .filter(r -> location.version() == null || location.version().equals(r.version()))
                .filter(r -> location.eTag() == null
                        || location.eTag().replace("\"", "").equals(r.eTag()))
                .isPresent();
    }

    private Instant now() {
        return world.clock().instant();
    }
}
