package dev.greenlight.adapter.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.adapter.SandboxFleets;
import dev.greenlight.adapter.lambda.Events;
import dev.greenlight.adapter.lambda.Parsed;
import dev.greenlight.adapter.scheduler.EventBridgeAppointments.Book;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.CallFailed;
import dev.greenlight.sandbox.lambda.Function;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ScheduleSummary;

class EventBridgeAppointmentsTest {

    private static final RolloutId ROLLOUT = new RolloutId("3f2b7c1e-5a4d-4e8f-9b21-6c0d1e2f3a4b");
    private static final Instant EVENING = SandboxFleets.START.plus(Duration.ofHours(8));

    private final SandboxFleets world = SandboxFleets.serving(1);
    private final List<Trigger> called = new ArrayList<>();
    private final EventBridgeAppointments appointments = appointments("checkout");

    private EventBridgeAppointments appointments(String service) {
        return new EventBridgeAppointments(
                world.sandbox().scheduler(),
                world.aws(),
                world.clock(),
                new Book(
                        service,
                        "greenlight",
                        "arn:aws:iam::123456789012:role/greenlight-scheduler",
                        world.sandbox().lambda().arn("retire-blue"),
                        Optional.of(world.sandbox().lambda().arn("before-allow-traffic"))));
    }

    @BeforeEach
    void functionsAndTheirScheduleGroup() {
        for (String function : List.of("retire-blue", "before-allow-traffic")) {
            world.sandbox()
                    .lambda()
                    .register(Function.named(function, Duration.ofSeconds(30)), () -> (input, output, context) -> {
                        Parsed event =
                                Events.read(input.readAllBytes(), world.clock().instant());
                        called.add(((Parsed.Understood) event).trigger());
                    });
        }
        world.sandbox().scheduler().createScheduleGroup(r -> r.name("greenlight"));
    }

    @Test
    void blue_is_retired_when_its_time_is_up_and_not_before() {
        appointments.retireBlue(ROLLOUT, EVENING);
        world.pass(Duration.ofHours(8).minusMinutes(1));
        assertThat(called).isEmpty();
        world.pass(Duration.ofMinutes(3));
        assertThat(called).contains(new Trigger.BlueTimeUp(ROLLOUT));
        assertThat(schedules()).isEmpty();
    }

    @Test
    void a_schedule_is_made_as_documented() {
        appointments.retireBlue(ROLLOUT, EVENING.plusMillis(7));
        GetScheduleResponse made = only();
        assertThat(made.name()).isEqualTo("checkout-" + ROLLOUT);
        assertThat(made.scheduleExpression()).isEqualTo("at(2026-01-05T17:00:00)");
        assertThat(made.scheduleExpressionTimezone()).isEqualTo("UTC");
        assertThat(made.flexibleTimeWindow().modeAsString()).isEqualTo("OFF");
        assertThat(made.actionAfterCompletionAsString()).isEqualTo("DELETE");
        assertThat(made.target().retryPolicy().maximumRetryAttempts()).isPositive();
        assertThat(made.target().roleArn()).endsWith("role/greenlight-scheduler");
    }

    @Test
    void booking_again_moves_the_appointment() {
        appointments.retireBlue(ROLLOUT, EVENING);
        appointments.retireBlue(ROLLOUT, EVENING.plus(Duration.ofHours(1)));
        assertThat(only().scheduleExpression()).isEqualTo("at(2026-01-05T18:00:00)");
        world.pass(Duration.ofHours(8).plusMinutes(5));
        assertThat(called).isEmpty();
        world.pass(Duration.ofHours(1));
        assertThat(called).isNotEmpty();
    }

    @Test
    void a_cancelled_appointment_is_not_kept() {
        appointments.retireBlue(ROLLOUT, EVENING);
        appointments.cancel(ROLLOUT);
        world.pass(Duration.ofHours(10));
        assertThat(called).isEmpty();
    }

    @Test
    void cancelling_what_was_never_booked_does_nothing() {
        appointments.cancel(ROLLOUT);
        assertThat(schedules()).isEmpty();
    }

    @Test
    void an_appointment_in_the_past_is_kept_in_a_minute() {
        appointments.retireBlue(ROLLOUT, SandboxFleets.START.minus(Duration.ofDays(1)));
        assertThat(only().scheduleExpression()).isEqualTo("at(2026-01-05T09:01:00)");
        world.pass(Duration.ofMinutes(2));
        assertThat(called).contains(new Trigger.BlueTimeUp(ROLLOUT));
    }

    @Test
    void a_name_that_is_too_long_is_cut_and_stays_its_own() {
        EventBridgeAppointments longNamed = appointments("a-service-with-a-rather-long-name");
        RolloutId other = new RolloutId(ROLLOUT.value().substring(0, 35) + "c");
        longNamed.retireBlue(ROLLOUT, EVENING);
        longNamed.retireBlue(other, EVENING);
        assertThat(schedules())
                .hasSize(2)
                .allSatisfy(
                        s -> assertThat(s.name()).hasSizeLessThanOrEqualTo(64).matches("[0-9a-zA-Z-_.]+"));
        longNamed.cancel(other);
        assertThat(schedules()).hasSize(1);
    }

    @Test
    void a_hook_comes_back_with_its_execution_and_its_first_call() {
        Trigger.HookExecution execution =
                new Trigger.HookExecution("d-A1B2C3D4E", "eyJleGVjdXRpb24iOiJcIiJ9\"\\\n\t\u0001", SandboxFleets.START);
        appointments.comeBack(execution, SandboxFleets.START.plusSeconds(60));
        appointments.comeBack(execution, SandboxFleets.START.plusSeconds(180));
        world.pass(Duration.ofMinutes(2));
        assertThat(called).containsOnly(execution);
        world.pass(Duration.ofMinutes(5));
        assertThat(called).hasSizeGreaterThanOrEqualTo(2).containsOnly(execution);
    }

    @Test
    void a_function_that_does_not_know_itself_cannot_come_back() {
        EventBridgeAppointments nameless = new EventBridgeAppointments(
                world.sandbox().scheduler(),
                world.aws(),
                world.clock(),
                new Book("checkout", "greenlight", "role", "retire", Optional.empty()));
        assertThatThrownBy(() -> nameless.comeBack(
                        new Trigger.HookExecution("d-1", "e", SandboxFleets.START), SandboxFleets.START))
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(CallFailed.Kind.INVALID);
    }

    private List<ScheduleSummary> schedules() {
        return world.sandbox()
                .scheduler()
                .listSchedules(r -> r.groupName("greenlight"))
                .schedules();
    }

    private GetScheduleResponse only() {
        assertThat(schedules()).hasSize(1);
        String name = schedules().getFirst().name();
        return world.sandbox()
                .scheduler()
                .getSchedule(r -> r.groupName("greenlight").name(name));
    }
}
