package dev.greenlight.sandbox.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.greenlight.sandbox.Site;
import dev.greenlight.sandbox.Story;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.sandbox.world.Choice;
import dev.greenlight.sandbox.world.ModelledDataPlane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** User guides, "CloudWatch metrics for your Application Load Balancer" and "Using Amazon CloudWatch alarms". */
class SimulatedCloudWatchTest {

    private final Story story = Story.serving(2);
    private final CloudWatchClient cloudWatch = story.sandbox().cloudWatch();
    private final ModelledDataPlane plane = new ModelledDataPlane(story.world());

    @AfterEach
    void close() {
        story.close();
    }

    @Test
    void a_minute_is_published_two_minutes_after_it_ended() {
        plane.load(story.sandbox().site().request("/"), 10);
        story.pass(Duration.ofMinutes(3).minusSeconds(1));
        assertThat(values("RequestCount", "Sum", story.a())).isEmpty();
        story.seconds(1);
        // The load's first second is the one after the start.
        assertThat(values("RequestCount", "Sum", story.a())).containsExactly(entry(Story.MONDAY, 590.0));
        story.pass(Duration.ofMinutes(1));
        assertThat(values("RequestCount", "Sum", story.a()))
                .containsExactly(entry(Story.MONDAY.plusSeconds(60), 600.0), entry(Story.MONDAY, 590.0));
    }

    @Test
    void a_metric_without_samples_has_no_points_so_zero_errors_look_like_nothing() {
        plane.load(story.sandbox().site().request("/"), 10);
        story.pass(Duration.ofMinutes(5));
        assertThat(values("HTTPCode_Target_5XX_Count", "Sum", story.a())).isEmpty();
        assertThat(values("RequestCount", "Sum", story.b())).isEmpty();
    }

    @Test
    void errors_and_latency_are_counted_for_the_group_that_served() {
        plane.behaviour("v1", new Behaviour(Duration.ZERO, 0.25, Duration.ofMillis(120)));
        plane.load(story.sandbox().site().request("/"), 8);
        story.pass(Duration.ofMinutes(4));
        Instant second = Story.MONDAY.plusSeconds(60);
        assertThat(values("HTTPCode_Target_5XX_Count", "Sum", story.a())).containsEntry(second, 120.0);
        assertThat(values("HTTPCode_Target_2XX_Count", "Sum", story.a())).containsEntry(second, 360.0);
        assertThat(values("TargetResponseTime", "p99", story.a())).containsEntry(second, 0.12);
        assertThat(values("TargetResponseTime", "Average", story.a()))
                .hasEntrySatisfying(second, average -> assertThat(average).isBetween(0.1199, 0.1201));
    }

    @Test
    void a_crashed_target_shows_as_502_of_the_load_balancer_and_as_connection_errors_of_its_group() {
        story.world().kill(story.instances(story.a()).get(0).id());
        plane.send(story.sandbox().site().request("/"));
        plane.send(story.sandbox().site().request("/"));
        story.pass(Duration.ofMinutes(3));
        assertThat(values("TargetConnectionErrorCount", "Sum", story.a())).containsValue(1.0);
        assertThat(values("RequestCount", "Sum", story.a())).containsValue(2.0);
        assertThat(values("HTTPCode_Target_2XX_Count", "Sum", story.a())).containsValue(1.0);
        assertThat(values("HTTPCode_Target_5XX_Count", "Sum", story.a())).isEmpty();
        assertThat(ofBalancer("HTTPCode_ELB_5XX_Count")).containsValue(1.0);
        assertThat(ofBalancer("HTTPCode_ELB_502_Count")).containsValue(1.0);
    }

    @Test
    void a_request_that_gets_no_target_is_a_503_and_no_request_of_any_group() {
        story.weights(0, 100);
        story.seconds(1);
        plane.send(story.sandbox().site().request("/"));
        story.pass(Duration.ofMinutes(3));
        assertThat(ofBalancer("HTTPCode_ELB_503_Count")).containsValue(1.0);
        assertThat(ofBalancer("RequestCount")).isEmpty();
    }

    @Test
    void a_slow_target_shows_as_504_of_the_load_balancer_without_a_connection_error() {
        Choice choice = story.choose(story.sandbox().site().request("/"));
        story.world().answered(choice, 504, Duration.ofSeconds(60), true);
        story.pass(Duration.ofMinutes(3));
        assertThat(ofBalancer("HTTPCode_ELB_504_Count")).containsValue(1.0);
        assertThat(values("TargetConnectionErrorCount", "Sum", story.a())).isEmpty();
    }

    @Test
    void host_counts_are_kept_for_groups_in_use() {
        story.pass(Duration.ofMinutes(5));
        assertThat(values("HealthyHostCount", "Minimum", story.a())).containsValue(2.0);
        assertThat(values("UnHealthyHostCount", "Maximum", story.a())).containsValue(0.0);
    }

    @Test
    void an_unknown_statistic_is_a_validation_error() {
        assertThatThrownBy(() -> values("RequestCount", "Median", story.a()))
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ValidationError"));
    }

    @Test
    void an_alarm_fires_when_enough_published_points_breach_and_recovers_when_they_do_not() {
        List<String> changes = new ArrayList<>();
        story.sandbox().onAlarm(change -> changes.add(change.from() + " to " + change.to()));
        alarmOnErrors("notBreaching");
        plane.behaviour("v1", Behaviour.failing(0.5));
        plane.load(story.sandbox().site().request("/"), 10);
        story.pass(Duration.ofMinutes(6));
        assertThat(state()).isEqualTo(StateValue.ALARM);
        plane.behaviour("v1", Behaviour.good());
        story.pass(Duration.ofMinutes(6));
        assertThat(state()).isEqualTo(StateValue.OK);
        assertThat(changes).containsExactly("INSUFFICIENT_DATA to OK", "OK to ALARM", "ALARM to OK");
    }

    @Test
    void an_alarm_without_data_is_what_its_setting_says() {
        alarmOnErrors("missing");
        story.pass(Duration.ofMinutes(5));
        assertThat(state()).isEqualTo(StateValue.INSUFFICIENT_DATA);
        alarmOnErrors("breaching");
        story.pass(Duration.ofMinutes(5));
        assertThat(state()).isEqualTo(StateValue.ALARM);
    }

    @Test
    void a_state_set_by_hand_is_reported_and_lasts_until_the_next_evaluation() {
        List<AlarmChange> changes = new ArrayList<>();
        story.sandbox().onAlarm(changes::add);
        alarmOnErrors("notBreaching");
        cloudWatch.setAlarmState(request ->
                request.alarmName("errors").stateValue(StateValue.ALARM).stateReason("drill"));
        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.reason()).isEqualTo("drill");
            assertThat(change.alarm().alarmArn())
                    .isEqualTo("arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:errors");
        });
        assertThat(state()).isEqualTo(StateValue.ALARM);
        story.pass(Duration.ofMinutes(1));
        assertThat(state()).isEqualTo(StateValue.OK);
        assertThatThrownBy(() -> cloudWatch.setAlarmState(request ->
                        request.alarmName("none").stateValue(StateValue.OK).stateReason("drill")))
                .isInstanceOf(AwsServiceException.class);
    }

    private void alarmOnErrors(String missingData) {
        cloudWatch.putMetricAlarm(request -> request.alarmName("errors")
                .namespace("AWS/ApplicationELB")
                .metricName("HTTPCode_Target_5XX_Count")
                .dimensions(dimensions(Optional.of(story.a())))
                .statistic(Statistic.SUM)
                .period(60)
                .evaluationPeriods(3)
                .datapointsToAlarm(2)
                .threshold(10.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .treatMissingData(missingData));
    }

    private StateValue state() {
        return cloudWatch
                .describeAlarms(request -> request.alarmNames("errors"))
                .metricAlarms()
                .get(0)
                .stateValue();
    }

    private Map<Instant, Double> values(String metric, String statistic, Site.Fleet fleet) {
        return values(metric, statistic, dimensions(Optional.of(fleet)));
    }

    private Map<Instant, Double> ofBalancer(String metric) {
        return values(metric, "Sum", dimensions(Optional.empty()));
    }

    private Map<Instant, Double> values(String metric, String statistic, List<Dimension> dimensions) {
        MetricDataQuery query = MetricDataQuery.builder()
                .id("q")
                .metricStat(stat -> stat.stat(statistic)
                        .period(60)
                        .metric(named -> named.namespace("AWS/ApplicationELB")
                                .metricName(metric)
                                .dimensions(dimensions)))
                .build();
        MetricDataResult result = cloudWatch
                .getMetricData(request -> request.metricDataQueries(query)
                        .startTime(Story.MONDAY)
                        .endTime(story.sandbox().clock().instant().plusSeconds(1)))
                .metricDataResults()
                .get(0);
        Map<Instant, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < result.values().size(); i++) {
            values.put(result.timestamps().get(i), result.values().get(i));
        }
        return values;
    }

    private List<Dimension> dimensions(Optional<Site.Fleet> fleet) {
        List<Dimension> dimensions = new ArrayList<>();
        dimensions.add(
                dimension("LoadBalancer", story.sandbox().site().loadBalancer().dimension()));
        fleet.ifPresent(
                of -> dimensions.add(dimension("TargetGroup", of.targetGroup().dimension())));
        return dimensions;
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }
}
