package dev.greenlight.sandbox.eventbridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.cloudwatch.AlarmChange;
import dev.greenlight.sandbox.fault.Faults;
import dev.greenlight.sandbox.lambda.Deliveries.Plan;
import dev.greenlight.sandbox.lambda.Function;
import dev.greenlight.sandbox.lambda.SimulatedLambda;
import dev.greenlight.sandbox.lambda.Threads;
import dev.greenlight.sandbox.world.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

class EventBusTest {

    private final SandboxClock clock = SandboxClock.ticked(Instant.parse("2026-03-02T09:00:00Z"));
    private final SimulatedLambda lambda =
            new SimulatedLambda(clock, Account.example(), new Faults(clock), Threads.callers(clock));
    private final EventBus bus = new EventBus(clock, Account.example(), lambda);
    private final List<JsonNode> seen = new ArrayList<>();

    EventBusTest() {
        lambda.register(
                Function.named("roll-back", Duration.ofMinutes(1)),
                () -> (in, out, context) ->
                        seen.add(new ObjectMapper().readTree(new String(in.readAllBytes(), UTF_8))));
    }

    private Event event(String state) {
        return new Event("aws.codedeploy", "State", clock.instant(), List.of("arn:x"), Map.of("state", state));
    }

    @Test
    void a_rule_hands_on_what_matches_and_nothing_else() {
        bus.rule("failures", e -> e.detail().get("state").equals("FAILURE"), "roll-back");

        bus.accept(event("SUCCESS"));
        bus.accept(event("FAILURE"));
        clock.advance(Duration.ZERO);

        assertThat(seen).hasSize(1);
        assertThat(seen.getFirst().at("/detail/state").asText()).isEqualTo("FAILURE");
        assertThat(seen.getFirst().at("/detail-type").asText()).isEqualTo("State");
        assertThat(seen.getFirst().at("/time").asText()).isEqualTo("2026-03-02T09:00:00Z");
        assertThat(seen.getFirst().at("/account").asText()).isEqualTo("123456789012");
        assertThat(bus.events()).hasSize(2);
    }

    @Test
    void delivery_is_best_effort() {
        bus.rule("all", e -> true, "roll-back");

        bus.deliveries().plan(Plan.lost());
        bus.accept(event("ONE"));
        bus.deliveries().plan(Plan.twice(Duration.ofSeconds(1)));
        bus.accept(event("TWO"));
        clock.advance(Duration.ofMinutes(1));

        assertThat(seen).extracting(e -> e.at("/detail/state").asText()).containsExactly("TWO", "TWO");
    }

    @Test
    void an_alarm_change_comes_in_the_shape_of_cloudwatch() {
        bus.rule("alarms", e -> e.source().equals("aws.cloudwatch"), "roll-back");
        MetricAlarm alarm = MetricAlarm.builder()
                .alarmName("checkout-5xx")
                .alarmArn("arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:checkout-5xx")
                .build();

        bus.accept(new AlarmChange(alarm, StateValue.OK, StateValue.ALARM, "crossed", clock.instant()));
        clock.advance(Duration.ZERO);

        JsonNode event = seen.getFirst();
        assertThat(event.at("/detail-type").asText()).isEqualTo("CloudWatch Alarm State Change");
        assertThat(event.at("/resources/0").asText()).endsWith(":alarm:checkout-5xx");
        assertThat(event.at("/detail/alarmName").asText()).isEqualTo("checkout-5xx");
        assertThat(event.at("/detail/state/value").asText()).isEqualTo("ALARM");
        assertThat(event.at("/detail/state/timestamp").asText()).isEqualTo("2026-03-02T09:00:00.000+0000");
        assertThat(event.at("/detail/previousState/value").asText()).isEqualTo("OK");
    }
}
