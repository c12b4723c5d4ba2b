package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.installed.Functions;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.sandbox.lambda.Deliveries;
import dev.greenlight.sandbox.lambda.Invocation;
import dev.greenlight.sandbox.world.Behaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** An alarm takes a rollout back while users are on its green, by event or by being asked. */
class AlarmStories {

    private static final String ALARM = "festival-orders-lost";

    private static Festival watched() {
        return watched(Map.of("GREENLIGHT_ALARMS", ALARM));
    }

    private static Festival watched(Map<String, String> settings) {
        Festival festival = Festival.serving(2, settings);
        putAlarm(festival);
        set(festival, StateValue.OK);
        festival.visitors(20);
        return festival;
    }

    private static void putAlarm(Festival festival) {
        festival.sandbox
                .cloudWatch()
                .putMetricAlarm(request -> request.alarmName(ALARM)
                        .namespace("Checkout")
                        .metricName("OrdersLost")
                        .statistic("Sum")
                        .period(60)
                        .evaluationPeriods(1)
                        .threshold(1.0)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                        .treatMissingData("ignore"));
    }

    private static void set(Festival festival, StateValue state) {
        festival.sandbox
                .cloudWatch()
                .setAlarmState(request ->
                        request.alarmName(ALARM).stateValue(state).stateReason("orders were counted at the bar"));
    }

    @Test
    void an_alarm_under_traffic_takes_it_back_by_its_event_within_seconds() {
        try (Festival festival = watched()) {
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.VERIFYING);
            Instant fired = festival.clock.instant();
            set(festival, StateValue.ALARM);

            festival.passUntil(execution, Phase.ROLLED_BACK);

            assertThat(Duration.between(fired, festival.clock.instant())).isLessThan(Duration.ofSeconds(15));
            assertThat(festival.weights()).containsEntry("A", 100);
            assertThat(festival.rollout(execution).ending().orElseThrow().cause())
                    .isEqualTo(Cause.ALARM);
            festival.passUntilPipelineEnds(execution);
            assertThat(festival.failure(execution, "AfterAllowTraffic"))
                    .contains("was rolled back: alarm " + ALARM + " fired");
        }
    }

    /** The event of an alarm that was long over took back a release that had nothing to do with it. */
    @Test
    void an_alarms_event_that_comes_twenty_minutes_late_says_nothing_about_a_release_that_came_after_it() {
        try (Festival festival = watched(Map.of("GREENLIGHT_ALARMS", ALARM, "GREENLIGHT_BAKE", "PT30M"))) {
            festival.sandbox.bus().deliveries().plan(Deliveries.Plan.late(Duration.ofMinutes(20)));
            set(festival, StateValue.ALARM);
            festival.pass(Duration.ofSeconds(30));
            set(festival, StateValue.OK);

            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntilPipelineEnds(execution);

            assertThat(festival.sandbox.lambda().invocations())
                    .filteredOn(invocation -> invocation.function().endsWith("roll-back"))
                    .extracting(Invocation::text)
                    .anyMatch(text -> text.contains("users reached green at"));
            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(festival.weights()).containsEntry("B", 100);
        }
    }

    @Test
    void an_alarm_whose_event_is_lost_is_found_by_sweep_where_the_pipeline_asks_no_more() {
        try (Walk walk = new Walk(Walk.Way.A_TO_B, Map.of("GREENLIGHT_ALARMS", ALARM))) {
            putAlarm(walk.festival);
            set(walk.festival, StateValue.OK);
            walk.to(Functions.AFTER_ALLOW_TRAFFIC);
            walk.festival.sandbox.bus().deliveries().plan(Deliveries.Plan.lost());
            set(walk.festival, StateValue.ALARM);
            walk.festival.pass(Duration.ofMinutes(3));

            walk.call(Functions.SWEEP);

            assertThat(walk.festival
                            .rollout(Walk.ROLLOUT)
                            .ending()
                            .orElseThrow()
                            .reason())
                    .contains(ALARM);
            assertThat(walk.festival.weights()).containsEntry("A", 100);
        }
    }

    @Test
    void an_alarm_whose_event_is_lost_is_found_by_asking() {
        try (Festival festival = watched()) {
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.VERIFYING);
            festival.sandbox.bus().deliveries().plan(Deliveries.Plan.lost());
            set(festival, StateValue.ALARM);

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.weights()).containsEntry("A", 100);
            assertThat(festival.failure(execution, "AfterAllowTraffic")).contains("alarms: firing: " + ALARM);
        }
    }

    @Test
    void an_alarm_that_fires_all_along_holds_until_time_is_up_and_blames_nobody() {
        try (Festival festival = watched()) {
            set(festival, StateValue.ALARM);
            festival.pass(Duration.ofMinutes(5));
            String execution = festival.merge("v2", Behaviour.good());

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.succeeded(execution)).isFalse();
            assertThat(festival.weights()).containsEntry("A", 100);
            assertThat(festival.failure(execution, "AfterAllowTraffic"))
                    .contains("time is up: alarms: firing already: " + ALARM);
            assertThat(festival.store.quarantine(
                            festival.rollout(execution).revision().digest()))
                    .as("the outage is older than the release")
                    .isEmpty();
        }
    }

    @Test
    void the_fix_of_an_outage_can_be_promoted_by_hand_while_its_alarm_still_fires() {
        try (Festival festival = watched()) {
            set(festival, StateValue.ALARM);
            festival.pass(Duration.ofMinutes(5));
            String fix = festival.merge("v2", Behaviour.good());
            festival.passUntil(fix, Phase.VERIFYING);
            // Longer than the bake.
            festival.pass(Duration.ofMinutes(8));
            assertThat(festival.rollout(fix).phase()).isEqualTo(Phase.VERIFYING);
            assertThat(festival.weights()).containsEntry("B", 100);

            assertThat(festival.service
                            .call(Functions.PROMOTE, "{\"reason\":\"the outage is what this fixes\"}")
                            .path("outcome")
                            .asText())
                    .isEqualTo("done");
            festival.passUntilPipelineEnds(fix);

            assertThat(festival.succeeded(fix)).as(festival.story()).isTrue();
            assertThat(festival.weights()).containsEntry("B", 100);
        }
    }

    @Test
    void an_alarm_that_is_asked_before_users_come_holds_a_release_and_blames_nobody() {
        Map<String, String> asked =
                Map.of("GREENLIGHT_ALARMS", ALARM, "GREENLIGHT_CHECKS_BEFORE", "capacity,target-health,alarms");
        try (Festival festival = watched(asked)) {
            set(festival, StateValue.ALARM);
            String first = festival.merge("v2", Behaviour.good());
            festival.passUntilPipelineEnds(first);
            assertThat(festival.failure(first, "BeforeAllowTraffic"))
                    .contains("time is up", "firing already: " + ALARM);
            assertThat(festival.store.quarantine(
                            festival.rollout(first).revision().digest()))
                    .as("no user was on it when the alarm fired")
                    .isEmpty();

            String second = festival.merge("v2", Behaviour.good());
            festival.passUntil(second, Phase.VALIDATING);
            festival.pass(Duration.ofMinutes(5));
            set(festival, StateValue.OK);
            festival.passUntilPipelineEnds(second);
            assertThat(festival.succeeded(second)).as(festival.story()).isTrue();
        }
    }

    @Test
    void an_alarm_without_a_rollout_under_traffic_is_ignored() {
        try (Festival festival = watched()) {
            set(festival, StateValue.ALARM);
            festival.pass(Duration.ofSeconds(10));
            assertThat(rollBackSaid(festival))
                    .contains("alarm " + ALARM + " fired while no rollout had users on green");

            set(festival, StateValue.OK);
            String execution = festival.release("v2");
            set(festival, StateValue.ALARM);
            festival.pass(Duration.ofMinutes(2));
            assertThat(festival.weights()).containsEntry("B", 100);
            assertThat(festival.rollout(execution).phase()).isEqualTo(Phase.PROMOTED);
        }
    }

    private static String rollBackSaid(Festival festival) {
        return festival.sandbox.lambda().invocations().stream()
                .filter(invocation -> invocation.function().endsWith("roll-back"))
                .map(Invocation::text)
                .reduce((before, last) -> last)
                .orElseThrow();
    }
}
