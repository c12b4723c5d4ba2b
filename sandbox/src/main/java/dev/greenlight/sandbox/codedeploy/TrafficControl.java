package dev.greenlight.sandbox.codedeploy;

import dev.greenlight.sandbox.codedeploy.ScriptRunner.Result;
import dev.greenlight.sandbox.world.TargetHealth;
import dev.greenlight.sandbox.world.TargetState;
import dev.greenlight.sandbox.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes an instance out of its group's target groups before it is installed on, and in again after it. BlockTraffic waits until it has drained,
 * AllowTraffic until it is healthy, an hour at most. Follows "Integrating CodeDeploy with Elastic Load Balancing" and "AppSpec 'hooks' section".
 */
final class TrafficControl {

    static final String BLOCK = "BlockTraffic";
    static final String ALLOW = "AllowTraffic";

    private static final Duration LOOK = Duration.ofSeconds(5);

    /** An event lasts so long at most ("CodeDeploy quotas"). */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final World world;

    TrafficControl(World world) {
        this.world = world;
    }

    static boolean does(String event) {
        return event.equals(BLOCK) || event.equals(ALLOW);
    }

    Result perform(Group group, String instanceId, String event, Instant since) {
        boolean blocks = event.equals(BLOCK);
        boolean alive = world.instance(instanceId)
                .filter(instance -> instance.running() && instance.state().counts())
                .isPresent();
        if (!blocks && !alive) {
            // RegisterTargets refuses it: "not in a running state".
            return Result.broken("The instance is not running and cannot be registered with its load balancer.");
        }
        for (String arn : group.targetGroups) {
            if (blocks) {
                world.deregister(arn, instanceId);
            } else {
                world.register(arn, instanceId);
            }
        }
        boolean done = group.targetGroups.stream().allMatch(arn -> {
            Optional<TargetState> state = state(arn, instanceId);
            return blocks
                    ? state.isEmpty()
                    : state.filter(now -> now == TargetState.HEALTHY || now == TargetState.UNUSED)
                            .isPresent();
        });
        if (done) {
            return Result.succeeded();
        }
        return world.clock().instant().isBefore(since.plus(LONGEST))
                ? Result.waiting(LOOK)
                : Result.broken("The instance did not become healthy in its load balancer in time.");
    }

    private Optional<TargetState> state(String arn, String instanceId) {
        return world.targetHealth(arn).stream()
                .filter(health -> health.instanceId().equals(instanceId))
                .map(TargetHealth::state)
                .findFirst();
    }
}
