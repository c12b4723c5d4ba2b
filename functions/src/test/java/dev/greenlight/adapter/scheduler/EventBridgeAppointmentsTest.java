package dev.greenlight.adapter.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.adapter.SandboxFleets;
import dev.greenlight.adapter.lambda.Events;
import dev.greenlight.adapter.lambda.Parsed;
import dev.greenlight.counterpart.Ground;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.Appointments;
import dev.greenlight.port.AppointmentsContract;
import dev.greenlight.sandbox.lambda.Function;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.scheduler.model.ScheduleSummary;

class EventBridgeAppointmentsTest extends AppointmentsContract {

    private static final RolloutId ROLLOUT = new RolloutId("3f2b7c1e-5a4d-4e8f-9b21-6c0d1e2f3a4b");
    private static final Instant EVENING = SandboxFleets.START.plus(Duration.ofHours(8));

    private final SandboxFleets world = SandboxFleets.serving(1);
    private final List<Trigger> called = new ArrayList<>();
    private final Appointments appointments = adapters().appointments(world.book());

    @Override
    protected Ground ground() {
        return world;
    }

    @BeforeEach
    void functions() {
        for (String function : List.of("retire-blue", "before-allow-traffic")) {
            world.sandbox()
                    .lambda()
                    .register(Function.named(function, Duration.ofSeconds(30)), () -> (input, output, context) -> {
                        Parsed event =
                                Events.read(input.readAllBytes(), world.clock().instant());
                        called.add(((Parsed.Understood) event).trigger());
                    });
        }
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
    void a_moved_appointment_is_kept_at_its_new_time() {
        appointments.retireBlue(ROLLOUT, EVENING);
        appointments.retireBlue(ROLLOUT, EVENING.plus(Duration.ofHours(1)));
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
    void an_appointment_in_the_past_is_kept_in_a_minute() {
        appointments.retireBlue(ROLLOUT, SandboxFleets.START.minus(Duration.ofDays(1)));
        world.pass(Duration.ofMinutes(2));
        assertThat(called).contains(new Trigger.BlueTimeUp(ROLLOUT));
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

    private List<ScheduleSummary> schedules() {
        return world.sandbox()
                .scheduler()
                .listSchedules(r -> r.groupName("greenlight"))
                .schedules();
    }
}
