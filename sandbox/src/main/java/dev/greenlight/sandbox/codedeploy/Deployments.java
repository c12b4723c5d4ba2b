package dev.greenlight.sandbox.codedeploy;

import dev.greenlight.sandbox.codedeploy.Deployment.Order;
import dev.greenlight.sandbox.codedeploy.Deployment.Target;
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
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.TargetStatus;

/**
 * Moves deployments on: who is installed on next, when it is over, and which instances get a revision that nobody asked for.
 *
 * <p>Everything that is reached from here is guarded by this object's lock; the world's lock may be taken inside it, never the other way
 * round.
 */
final class Deployments {

    private final World world;
    private final Agents agents;
    private final Lifecycle lifecycle;
    private final DeployTimings timings;
    private final Consumer<Deployment> changed;
    private final Map<String, Deployment> all = new LinkedHashMap<>();
    private final Map<String, Consumer<Boolean>> whenOver = new LinkedHashMap<>();

    Deployments(World world, Agents agents, DeployTimings timings, Executor work, Consumer<Deployment> changed) {
        this.world = world;
        this.agents = agents;
        this.timings = timings;
        this.lifecycle = new Lifecycle(this, world, agents, timings, work, this::goOn);
        this.changed = changed;
    }

    synchronized Map<String, Deployment> all() {
        return all;
    }

    /** From now on the agents of these instances answer nothing. */
    synchronized void silence(Predicate<String> instances) {
        lifecycle.silence(instances);
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
            lifecycle.passInNoTime(deployment, target(deployment, instanceId));
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
        deployment.waves = new Waves(deployment);
        goOn(deployment);
    }

    /** Begins on whoever may be begun on now; each that ends asks again. */
    private void goOn(Deployment deployment) {
        if (deployment.over()) {
            return;
        }
        Waves waves = deployment.waves;
        switch (waves.next()) {
            case Waves.Next.Begin begin -> begin.targets().forEach(target -> lifecycle.begin(deployment, target));
            case Waves.Next.Rest rest ->
                world.clock().after(rest.monitor(), "next zone of " + deployment.id, () -> nextZone(deployment));
            case Waves.Next.Over over -> finish(deployment, waves.isSuccess());
            case Waves.Next.Stuck stuck -> {
                deployment.targets.values().stream()
                        .filter(target -> !target.over())
                        .forEach(target -> target.end(TargetStatus.SKIPPED, now()));
                finish(deployment, false);
            }
        }
    }

    private synchronized void nextZone(Deployment deployment) {
        deployment.waves.rested();
        goOn(deployment);
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
