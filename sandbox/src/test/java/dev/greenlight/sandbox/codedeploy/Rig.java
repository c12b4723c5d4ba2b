package dev.greenlight.sandbox.codedeploy;

import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.eventbridge.Event;
import dev.greenlight.sandbox.lambda.Threads;
import dev.greenlight.sandbox.world.Account;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.InstanceState;
import dev.greenlight.sandbox.world.Timings;
import dev.greenlight.sandbox.world.World;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.InstanceTarget;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;

/** One fleet with a deployment group, on a ticked clock. */
final class Rig {

    final SandboxClock clock = SandboxClock.ticked(Instant.parse("2026-03-02T09:00:00Z"));
    final World world = new World(clock, Timings.ordinary(), 1);
    final Revisions revisions = new Revisions();
    final List<Event> events = new ArrayList<>();
    final List<String> invoked = new ArrayList<>();
    final SimulatedCodeDeploy codeDeploy;

    Rig(ScriptRunner scripts, Path disks) {
        codeDeploy = new SimulatedCodeDeploy(
                world,
                Account.example(),
                revisions,
                new SimulatedCodeDeploy.Settings(
                        scripts, new InstanceDisks(disks), DeployTimings.ordinary(), Threads.callers(clock)),
                events::add,
                (function, payload) -> invoked.add(function + " " + new String(payload, StandardCharsets.UTF_8)));
        world.createAutoScalingGroup("fleet-a", new Capacity(0, 0, 10), List.of(), Map.of());
        codeDeploy.createApplication(r -> r.applicationName("checkout"));
        codeDeploy.createDeploymentGroup(
                r -> r.applicationName("checkout").deploymentGroupName("a").autoScalingGroups("fleet-a"));
    }

    Rig instances(int number) {
        world.capacity("fleet-a", new Capacity(0, number, 10));
        pass(Duration.ofMinutes(3));
        return this;
    }

    void pass(Duration time) {
        clock.advance(time);
    }

    RevisionLocation put(String key, Zip zip) {
        Revisions.Stored stored = revisions.put("bucket", key, zip.bytes());
        return RevisionLocation.builder()
                .revisionType(RevisionLocationType.S3)
                .s3Location(s -> s.bucket("bucket").key(key).bundleType("zip").version(stored.version()))
                .build();
    }

    String deploy(RevisionLocation revision) {
        return codeDeploy
                .createDeployment(r -> r.applicationName("checkout")
                        .deploymentGroupName("a")
                        .revision(revision)
                        .ignoreApplicationStopFailures(true)
                        .fileExistsBehavior("OVERWRITE"))
                .deploymentId();
    }

    /** Deploys and lets five minutes pass. */
    String deployed(RevisionLocation revision) {
        String id = deploy(revision);
        pass(Duration.ofMinutes(5));
        return id;
    }

    DeploymentInfo info(String id) {
        return codeDeploy.getDeployment(r -> r.deploymentId(id)).deploymentInfo();
    }

    InstanceTarget target(String id, String instanceId) {
        return codeDeploy
                .getDeploymentTarget(r -> r.deploymentId(id).targetId(instanceId))
                .deploymentTarget()
                .instanceTarget();
    }

    LifecycleEvent event(String id, String instanceId, String name) {
        return target(id, instanceId).lifecycleEvents().stream()
                .filter(e -> e.lifecycleEventName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    List<String> inService() {
        return world.instances("fleet-a").stream()
                .filter(i -> i.state() == InstanceState.IN_SERVICE)
                .map(Instance::id)
                .toList();
    }

    Optional<String> revisionOf(String instanceId) {
        return world.instance(instanceId).orElseThrow().revision();
    }

    List<String> deployments() {
        return codeDeploy
                .listDeployments(r -> r.applicationName("checkout").deploymentGroupName("a"))
                .deployments();
    }
}
