package dev.greenlight.sandbox.world;

import java.time.Instant;
import java.util.Optional;

/**
 * One entry of a group's activity history.
 *
 * @param status a ScalingActivityStatusCode, such as InProgress, Successful, Cancelled
 * @param message what went wrong; empty when nothing did
 */
public record Activity(
        String id,
        String group,
        String description,
        String cause,
        String status,
        String message,
        Instant started,
        Optional<Instant> ended) {

    Activity ended(String finalStatus, String finalMessage, Instant at) {
        return new Activity(id, group, description, cause, finalStatus, finalMessage, started, Optional.of(at));
    }

    Activity goingOn(String newStatus) {
        return new Activity(id, group, description, cause, newStatus, message, started, ended);
    }

    /** 100 once it has ended. */
    public int progress() {
        return ended.isPresent() ? 100 : 50;
    }
}
