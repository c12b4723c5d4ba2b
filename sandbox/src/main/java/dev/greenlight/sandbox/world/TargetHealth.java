package dev.greenlight.sandbox.world;

/**
 * The state of one target in one target group.
 *
 * @param reason ELB's reason code; empty for healthy targets
 */
public record TargetHealth(String instanceId, TargetState state, String reason, String description) {

    static TargetHealth healthy(String instanceId) {
        return new TargetHealth(instanceId, TargetState.HEALTHY, "", "");
    }

    static TargetHealth registering(String instanceId) {
        return new TargetHealth(
                instanceId, TargetState.INITIAL, "Elb.RegistrationInProgress", "Target registration is in progress");
    }

    static TargetHealth checking(String instanceId) {
        return new TargetHealth(
                instanceId, TargetState.INITIAL, "Elb.InitialHealthChecking", "Initial health checks in progress");
    }

    static TargetHealth unhealthy(String instanceId, Health failed) {
        return new TargetHealth(instanceId, TargetState.UNHEALTHY, failed.reason(), failed.description());
    }

    static TargetHealth draining(String instanceId) {
        return new TargetHealth(
                instanceId,
                TargetState.DRAINING,
                "Target.DeregistrationInProgress",
                "Target deregistration is in progress");
    }

    static TargetHealth notInUse(String instanceId) {
        return new TargetHealth(
                instanceId,
                TargetState.UNUSED,
                "Target.NotInUse",
                "Target group is not configured to receive traffic from the load balancer");
    }

    /** What DescribeTargetHealth answers when it is asked for a target that is not registered. */
    public static TargetHealth notRegistered(String instanceId) {
        return new TargetHealth(
                instanceId, TargetState.UNUSED, "Target.NotRegistered", "Target is not registered to the target group");
    }
}
