package dev.greenlight.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.adapter.scheduler.EventBridgeAppointments.Book;
import dev.greenlight.counterpart.GroundContract;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.domain.rollout.RolloutId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ScheduleSummary;

/** What everything that keeps appointments does; that they are kept is seen where time can be passed. */
public abstract class AppointmentsContract extends GroundContract {

    private final RolloutId rollout = new RolloutId(UUID.randomUUID().toString());

    /** A service of this test's own: appointments are told apart by its name. */
    private final String service = "c" + UUID.randomUUID().toString().substring(0, 8);

    private Appointments appointments() {
        return appointments(service);
    }

    private Appointments appointments(String of) {
        return adapters().appointments(book(of));
    }

    private Book book(String of) {
        Book book = ground().book();
        return new Book(of, book.group(), book.role(), book.retireBlue(), Optional.of(book.retireBlue()));
    }

    private Instant evening() {
        return ground().clock().instant().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofHours(8));
    }

    private static String at(Instant time) {
        return "at(" + time.toString().replace("Z", "") + ")";
    }

    @AfterEach
    void leaveNothingBehind() {
        booked().forEach(s -> ground().clients()
                .scheduler()
                .deleteSchedule(r -> r.groupName(ground().book().group()).name(s.name())));
    }

    private List<ScheduleSummary> booked() {
        return ground().clients()
                .scheduler()
                .listSchedules(r -> r.groupName(ground().book().group()).namePrefix(service))
                .schedules();
    }

    private GetScheduleResponse only() {
        assertThat(booked()).hasSize(1);
        return ground().clients()
                .scheduler()
                .getSchedule(r -> r.groupName(ground().book().group())
                        .name(booked().getFirst().name()));
    }

    @Test
    void a_schedule_is_made_as_documented() {
        Instant evening = evening();
        appointments().retireBlue(rollout, evening.plusMillis(7));
        GetScheduleResponse made = only();
        assertThat(made.name()).isEqualTo(service + "-" + rollout);
        assertThat(made.scheduleExpression()).isEqualTo(at(evening));
        assertThat(made.scheduleExpressionTimezone()).isEqualTo("UTC");
        assertThat(made.stateAsString()).isEqualTo("ENABLED");
        assertThat(made.flexibleTimeWindow().modeAsString()).isEqualTo("OFF");
        assertThat(made.actionAfterCompletionAsString()).isEqualTo("DELETE");
        assertThat(made.target().arn()).isEqualTo(ground().book().retireBlue());
        assertThat(made.target().roleArn()).isEqualTo(ground().book().role());
        assertThat(made.target().input())
                .isEqualTo("{\"greenlight\":\"retire-blue\",\"rollout\":\"%s\"}".formatted(rollout));
        assertThat(made.target().retryPolicy().maximumRetryAttempts()).isEqualTo(20);
        assertThat(made.target().retryPolicy().maximumEventAgeInSeconds()).isEqualTo(21_600);
    }

    @Test
    void booking_again_moves_the_appointment() {
        Instant evening = evening();
        appointments().retireBlue(rollout, evening);
        appointments().retireBlue(rollout, evening.plus(Duration.ofHours(1)));
        assertThat(only().scheduleExpression()).isEqualTo(at(evening.plus(Duration.ofHours(1))));
        assertThat(only().actionAfterCompletionAsString()).isEqualTo("DELETE");
    }

    @Test
    void a_cancelled_appointment_is_gone_and_can_be_made_again() {
        appointments().retireBlue(rollout, evening());
        appointments().cancel(rollout);
        assertThat(booked()).isEmpty();
        appointments().retireBlue(rollout, evening());
        assertThat(booked()).hasSize(1);
    }

    @Test
    void cancelling_what_was_never_booked_does_nothing() {
        appointments().cancel(rollout);
        assertThat(booked()).isEmpty();
    }

    @Test
    void an_appointment_in_the_past_is_made_for_soon() {
        Instant now = ground().clock().instant();
        appointments().retireBlue(rollout, now.minus(Duration.ofDays(1)));
        String expression = only().scheduleExpression();
        Instant made = Instant.parse(expression.substring("at(".length(), expression.length() - 1) + "Z");
        assertThat(made).isBetween(now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(60), now.plusSeconds(120));
    }

    @Test
    void a_name_that_is_too_long_is_cut_and_stays_its_own() {
        Appointments longNamed = appointments(service + "-a-service-with-a-rather-long-name");
        RolloutId other = new RolloutId(rollout.value().substring(0, 35) + "x");
        longNamed.retireBlue(rollout, evening());
        longNamed.retireBlue(other, evening());
        assertThat(booked())
                .hasSize(2)
                .allSatisfy(
                        s -> assertThat(s.name()).hasSizeLessThanOrEqualTo(64).matches("[0-9a-zA-Z-_.]+"));
        longNamed.cancel(other);
        assertThat(booked()).hasSize(1);
    }

    @Test
    void each_return_of_a_hook_is_an_appointment_of_its_own() {
        Instant evening = evening();
        Trigger.HookExecution execution =
                new Trigger.HookExecution("d-A1B2C3D4E", "eyJleGVjdXRpb24iOiJcIiJ9\"\\\n\t\u0001", evening);
        appointments().comeBack(execution, evening);
        appointments().comeBack(execution, evening.plusSeconds(60));
        assertThat(booked()).hasSize(2);
        appointments().comeBack(execution, evening);
        assertThat(booked()).hasSize(2);
    }

    @Test
    void a_function_that_does_not_know_itself_cannot_come_back() {
        Book book = book(service);
        Appointments nameless = adapters()
                .appointments(new Book(service, book.group(), book.role(), book.retireBlue(), Optional.empty()));
        assertThatThrownBy(() -> nameless.comeBack(new Trigger.HookExecution("d-1", "e", evening()), evening()))
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(CallFailed.Kind.INVALID);
    }
}
