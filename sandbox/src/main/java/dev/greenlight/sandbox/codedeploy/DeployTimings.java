package dev.greenlight.sandbox.codedeploy;

import java.time.Duration;
import java.util.Objects;

/**
 * How long CodeDeploy takes for what it does by itself, in sandbox time.
 *
 * @param queue from CreateDeployment until the deployment is in progress
 * @param pickUp from the end of one lifecycle event until the agent starts the next
 * @param event how long a lifecycle event takes, its scripts' own wall time not counted
 */
public record DeployTimings(Duration queue, Duration pickUp, Duration event) {

    public DeployTimings {
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(pickUp, "pickUp");
        Objects.requireNonNull(event, "event");
    }

    /** What an account sees on an ordinary day: about half a minute for the seven events. */
    public static DeployTimings ordinary() {
        return new DeployTimings(Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(3));
    }
}
