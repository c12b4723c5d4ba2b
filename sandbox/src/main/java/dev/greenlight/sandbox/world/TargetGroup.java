package dev.greenlight.sandbox.world;

import java.time.Duration;

/**
 * A target group of type instance.
 *
 * @param deregistrationDelay how long a deregistered target drains; 300 s unless set
 * @param sticky whether it keeps a client on one target; a rule that weighs it against another group must then keep groups, too
 */
public record TargetGroup(
        String arn, String name, int port, HealthCheck healthCheck, Duration deregistrationDelay, boolean sticky) {

    TargetGroup with(HealthCheck otherCheck, Duration otherDelay) {
        return new TargetGroup(arn, name, port, otherCheck, otherDelay, sticky);
    }

    /** The value of CloudWatch's TargetGroup dimension: {@code targetgroup/name/id}. */
    public String dimension() {
        return arn.substring(arn.indexOf("targetgroup/"));
    }
}
