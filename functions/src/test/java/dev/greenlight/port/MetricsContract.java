package dev.greenlight.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.counterpart.GroundContract;
import dev.greenlight.counterpart.Reads;
import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.check.Traffic;
import dev.greenlight.domain.fleet.FleetName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** What everything that has counted does. */
public abstract class MetricsContract extends GroundContract {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final String alarms = "greenlight-contract-" + UUID.randomUUID() + "-";

    private final List<String> made = new ArrayList<>();

    private Metrics metrics() {
        return adapters().metrics();
    }

    /** A whole minute that is over and published for long. */
    private Instant minute() {
        return ground().clock().instant().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(30));
    }

    private void requests(FleetName fleet, Instant at, int times) {
        ground().count(fleet, "RequestCount", at, 1, times);
    }

    @AfterEach
    void leaveNothingBehind() {
        if (!made.isEmpty()) {
            ground().clients().cloudWatch().deleteAlarms(r -> r.alarmNames(made));
        }
    }

    @Reads
    @Test
    void both_fleets_are_always_answered() {
        Instant now = ground().clock().instant();
        assertThat(metrics().traffic(now.minus(Duration.ofMinutes(5)), now))
                .containsOnlyKeys(FleetName.A, FleetName.B)
                .allSatisfy((fleet, traffic) -> assertThat(traffic.requests()).isNotNegative());
    }

    @Test
    void what_nobody_counted_is_no_traffic() {
        assertThat(metrics().traffic(minute(), minute().plus(MINUTE)))
                .isEqualTo(Map.of(FleetName.A, Traffic.NONE, FleetName.B, Traffic.NONE));
    }

    @Test
    void requests_errors_and_latency_are_counted_for_each_fleet() {
        Instant minute = minute();
        requests(FleetName.A, minute, 100);
        ground().count(FleetName.A, "HTTPCode_Target_2XX_Count", minute, 1, 80);
        ground().count(FleetName.A, "HTTPCode_Target_4XX_Count", minute, 1, 5);
        ground().count(FleetName.A, "HTTPCode_Target_5XX_Count", minute, 1, 3);
        requests(FleetName.B, minute, 7);
        ground().count(FleetName.B, "HTTPCode_Target_3XX_Count", minute, 1, 7);
        ground().settle();
        assertThat(metrics().traffic(minute, minute.plus(MINUTE)))
                .isEqualTo(Map.of(
                        FleetName.A, new Traffic(100, 3, 12, OptionalDouble.empty()),
                        FleetName.B, new Traffic(7, 0, 0, OptionalDouble.empty())));
    }

    @Test
    void the_minutes_of_the_window_are_added_up_and_no_others() {
        Instant minute = minute();
        for (int i = 0; i < 5; i++) {
            requests(FleetName.A, minute.plus(MINUTE.multipliedBy(i)).plusSeconds(20), 10);
        }
        ground().settle();
        Instant from = minute.plus(MINUTE);
        assertThat(metrics()
                        .traffic(from, from.plus(MINUTE.multipliedBy(3)))
                        .get(FleetName.A)
                        .requests())
                .isEqualTo(30);
        assertThat(metrics().traffic(from, from.plusSeconds(59)).get(FleetName.A))
                .isEqualTo(Traffic.NONE);
    }

    @Test
    void the_slowest_hundredth_is_told_in_milliseconds() {
        Instant minute = minute();
        ground().count(FleetName.A, "TargetResponseTime", minute, 0.120, 100);
        ground().settle();
        OptionalDouble slowest =
                metrics().traffic(minute, minute.plus(MINUTE)).get(FleetName.A).p99Millis();
        assertThat(slowest).isPresent();
        assertThat(slowest.getAsDouble()).isBetween(115.0, 125.0);
    }

    @Test
    void every_alarm_has_a_state() {
        for (StateValue state : List.of(StateValue.OK, StateValue.ALARM, StateValue.INSUFFICIENT_DATA)) {
            alarm(alarms + state, state);
        }
        assertThat(metrics()
                        .alarms(
                                List.of(
                                        alarms + "OK",
                                        alarms + "ALARM",
                                        alarms + "INSUFFICIENT_DATA",
                                        alarms + "nowhere"),
                                ground().clock().instant().minusSeconds(60)))
                .isEqualTo(Map.of(
                        alarms + "OK", AlarmState.OK,
                        alarms + "ALARM", AlarmState.FIRING,
                        alarms + "INSUFFICIENT_DATA", AlarmState.NO_DATA,
                        alarms + "nowhere", AlarmState.MISSING));
    }

    @Test
    void an_alarm_that_fired_before_the_moment_asked_about_fires_already() {
        alarm(alarms + "old", StateValue.ALARM);
        Instant now = ground().clock().instant();
        assertThat(metrics().alarms(List.of(alarms + "old"), now.minusSeconds(60)))
                .containsEntry(alarms + "old", AlarmState.FIRING);
        assertThat(metrics().alarms(List.of(alarms + "old"), now.plusSeconds(60)))
                .containsEntry(alarms + "old", AlarmState.FIRING_ALREADY);
    }

    @Test
    void a_new_alarm_has_no_data_yet() {
        defined(alarms + "new");
        assertThat(metrics().alarms(List.of(alarms + "new"), ground().clock().instant()))
                .containsEntry(alarms + "new", AlarmState.NO_DATA);
    }

    /** As an update of the stack does it: an outage must not be forgotten by that, nor begin anew. */
    @Test
    void an_alarm_that_is_defined_anew_goes_on_firing_since_it_fired() {
        alarm(alarms + "firing", StateValue.ALARM);
        defined(alarms + "firing");
        Instant now = ground().clock().instant();
        assertThat(metrics().alarms(List.of(alarms + "firing"), now.plusSeconds(60)))
                .containsEntry(alarms + "firing", AlarmState.FIRING_ALREADY);
    }

    @Reads
    @Test
    void an_alarm_that_is_not_there_is_missing() {
        assertThat(metrics()
                        .alarms(List.of(alarms + "nowhere"), ground().clock().instant()))
                .isEqualTo(Map.of(alarms + "nowhere", AlarmState.MISSING));
    }

    private void alarm(String name, StateValue state) {
        defined(name);
        ground().clients()
                .cloudWatch()
                .setAlarmState(r -> r.alarmName(name).stateValue(state).stateReason("set by hand"));
    }

    private void defined(String name) {
        made.add(name);
        ground().clients()
                .cloudWatch()
                .putMetricAlarm(r -> r.alarmName(name)
                        .namespace("AWS/ApplicationELB")
                        .metricName("HTTPCode_Target_5XX_Count")
                        .statistic("Sum")
                        .period(60)
                        .evaluationPeriods(1)
                        .threshold(10.0)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD));
    }
}
