package dev.greenlight.sandbox.world;

import java.time.Duration;

/**
 * A target group of type instance.
 *
 * @param deregistrationDelay how long a deregistered target drains; 300 s unless set
 * @param slowStart how long a target that joins healthy ones gets less than its share; zero where that is off
 * @param sticky whether it keeps a client on one target; a rule that weighs it against another group must then keep groups, too
 */
public record TargetGroup(
        String arn,
        String name,
        int port,
        HealthCheck healthCheck,
        Duration deregistrationDelay,
        Duration slowStart,
        boolean sticky) {

    TargetGroup with(HealthCheck otherCheck, Duration otherDelay, Duration otherStart) {
        return new TargetGroup(arn, name, port, otherCheck, otherDelay, otherStart, sticky);
    }

    /** The value of CloudWatch's TargetGroup dimension: {@code targetgroup/name/id}. */
    public String dimension() {
        return arn.substring(arn.indexOf("targetgroup/"));
    }
}
