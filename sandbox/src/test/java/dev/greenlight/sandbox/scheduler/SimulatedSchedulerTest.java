package dev.greenlight.sandbox.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.sandbox.clock.SandboxClock;
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
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindow;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.Target;
import software.amazon.awssdk.services.scheduler.model.ValidationException;

class SimulatedSchedulerTest {

    private final SandboxClock clock = SandboxClock.ticked(Instant.parse("2026-03-02T09:00:00Z"));
    private final SimulatedLambda lambda =
            new SimulatedLambda(clock, Account.example(), new Faults(clock), Threads.callers(clock));
    private final SimulatedScheduler scheduler = new SimulatedScheduler(clock, Account.example(), lambda);
    private final List<String> seen = new ArrayList<>();

    SimulatedSchedulerTest() {
        lambda.register(
                Function.named("retire", Duration.ofMinutes(1)),
                () -> (in, out, context) -> seen.add(clock.instant() + " " + new String(in.readAllBytes(), UTF_8)));
    }

    private static CreateScheduleRequest.Builder schedule(String name, String expression) {
        return CreateScheduleRequest.builder()
                .name(name)
                .scheduleExpression(expression)
                .flexibleTimeWindow(FlexibleTimeWindow.builder().mode("OFF").build())
                .target(Target.builder()
                        .arn("arn:aws:lambda:ap-northeast-2:123456789012:function:retire")
                        .roleArn("arn:aws:iam::123456789012:role/scheduler")
                        .input("{\"rollout\":7}")
                        .build());
    }

    private List<String> names() {
        return scheduler.listSchedules(r -> r.groupName("default")).schedules().stream()
                .map(s -> s.name())
                .toList();
    }

    @Test
    void a_one_time_schedule_invokes_its_function_once_and_goes() {
        scheduler.createSchedule(schedule("retire-7", "at(2026-03-02T10:30:00)")
                .actionAfterCompletion("DELETE")
                .build());
        assertThat(names()).containsExactly("retire-7");

        clock.advance(Duration.ofHours(5));

        assertThat(seen).containsExactly("2026-03-02T10:30:00Z {\"rollout\":7}");
        assertThat(names()).isEmpty();
    }

    @Test
    void a_schedule_without_an_action_after_completion_stays() {
        scheduler.createSchedule(schedule("retire-7", "at(2026-03-02T10:30:00)").build());

        clock.advance(Duration.ofHours(5));

        assertThat(seen).hasSize(1);
        assertThat(names()).containsExactly("retire-7");
    }

    @Test
    void the_time_zone_counts() {
        scheduler.createSchedule(schedule("retire-7", "at(2026-03-02T19:30:00)")
                .scheduleExpressionTimezone("Asia/Seoul")
                .build());

        clock.advance(Duration.ofHours(5));

        assertThat(seen).containsExactly("2026-03-02T10:30:00Z {\"rollout\":7}");
    }

    @Test
    void a_rate_invokes_again_and_again() {
        scheduler.createSchedule(schedule("sweep", "rate(15 minutes)").build());

        clock.advance(Duration.ofHours(1));

        assertThat(seen).hasSize(4);
    }

    @Test
    void a_name_is_taken_once_but_the_same_request_may_be_repeated() {
        var request = schedule("retire-7", "at(2026-03-02T10:30:00)")
                .clientToken("t1")
                .build();
        String arn = scheduler.createSchedule(request).scheduleArn();

        assertThat(scheduler.createSchedule(request).scheduleArn()).isEqualTo(arn);
        assertThatThrownBy(() -> scheduler.createSchedule(
                        request.toBuilder().clientToken("t2").build()))
                .isInstanceOfSatisfying(
                        ConflictException.class, e -> assertThat(e.statusCode()).isEqualTo(409));
    }

    @Test
    void an_update_moves_the_time() {
        scheduler.createSchedule(schedule("retire-7", "at(2026-03-02T10:30:00)").build());
        var now = scheduler.getSchedule(r -> r.name("retire-7"));

        scheduler.updateSchedule(r -> r.name("retire-7")
                .scheduleExpression("at(2026-03-02T11:00:00)")
                .flexibleTimeWindow(now.flexibleTimeWindow())
                .target(now.target()));
        clock.advance(Duration.ofHours(5));

        assertThat(seen).containsExactly("2026-03-02T11:00:00Z {\"rollout\":7}");
    }

    @Test
    void a_deleted_schedule_does_not_fire_but_what_was_due_arrives() {
        scheduler.deliveries().plan(Plan.late(Duration.ofSeconds(50)));
        scheduler.createSchedule(schedule("one", "at(2026-03-02T10:00:00)").build());
        scheduler.createSchedule(schedule("two", "at(2026-03-02T10:30:00)").build());
        clock.advance(Duration.ofHours(1));

        scheduler.deleteSchedule(r -> r.name("one"));
        scheduler.deleteSchedule(r -> r.name("two"));
        clock.advance(Duration.ofHours(1));

        assertThat(seen).containsExactly("2026-03-02T10:00:50Z {\"rollout\":7}");
        assertThatThrownBy(() -> scheduler.deleteSchedule(r -> r.name("one")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void what_is_due_may_arrive_twice() {
        scheduler.deliveries().plan(Plan.twice(Duration.ofMinutes(3)));
        scheduler.createSchedule(schedule("retire-7", "at(2026-03-02T10:30:00)").build());

        clock.advance(Duration.ofHours(5));

        assertThat(seen).hasSize(2);
    }

    @Test
    void what_is_no_expression_or_no_group_is_refused() {
        assertThatThrownBy(() ->
                        scheduler.createSchedule(schedule("a", "at(tomorrow)").build()))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> scheduler.createSchedule(
                        schedule("a", "rate(0 minutes)").build()))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> scheduler.createSchedule(
                        schedule("a", "rate(5 minutes)").groupName("none").build()))
                .isInstanceOf(ResourceNotFoundException.class);
    }
}
