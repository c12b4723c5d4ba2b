package dev.greenlight.sandbox.eventbridge;

import dev.greenlight.sandbox.cloudwatch.AlarmChange;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** An alarm's change as an event (page "Alarm events and EventBridge"). */
final class AlarmEvent {

    /** CloudWatch writes these times without a colon in the offset. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx").withZone(ZoneOffset.UTC);

    private AlarmEvent() {}

    static Event of(AlarmChange change) {
        return new Event(
                "aws.cloudwatch",
                "CloudWatch Alarm State Change",
                change.at(),
                List.of(String.valueOf(change.alarm().alarmArn())),
                Map.of(
                        "alarmName", change.alarm().alarmName(),
                        "state", state(change.to().toString(), change.reason(), change.at()),
                        "previousState", state(change.from().toString(), "", change.at()),
                        "configuration", Map.of("metrics", List.of())));
    }

    private static Map<String, Object> state(String value, String reason, Instant at) {
        return Map.of("value", value, "reason", reason, "timestamp", TIME.format(at));
    }
}
