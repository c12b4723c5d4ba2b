package dev.greenlight.sandbox.eventbridge;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One event as its source puts it on the bus.
 *
 * @param source for example {@code aws.codedeploy}
 * @param detailType for example {@code CodeDeploy Deployment State-change Notification}
 * @param time when it happened
 * @param resources the ARNs that it is about
 * @param detail the source's own part: strings, numbers, booleans, lists and maps of them
 */
public record Event(
        String source, String detailType, Instant time, List<String> resources, Map<String, Object> detail) {

    public Event {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(detailType, "detailType");
        Objects.requireNonNull(time, "time");
        resources = List.copyOf(resources);
        detail = Map.copyOf(detail);
    }
}
