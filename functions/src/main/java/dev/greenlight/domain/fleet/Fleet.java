package dev.greenlight.domain.fleet;

import java.util.Optional;

/**
 * One of the two permanent fleets of a service and where AWS keeps it.
 *
 * @param autoScalingGroup name of the group
 * @param targetGroup ARN of the target group that the load balancer routes to
 * @param deploymentGroup name of the CodeDeploy deployment group that installs revisions on it
 * @param newest what the stack wants it to launch from by its next rollout; empty for who prepares none
 */
public record Fleet(
        FleetName name,
        String autoScalingGroup,
        String targetGroup,
        String deploymentGroup,
        Optional<LaunchSource.Template> newest) {}
