package dev.greenlight.sandbox.cloudwatch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Between the API's shapes and the sandbox's. */
final class Shapes {

    private Shapes() {}

    static Metric metric(String namespace, String name, List<Dimension> dimensions) {
        Map<String, String> byName = dimensions.stream().collect(Collectors.toMap(Dimension::name, Dimension::value));
        return new Metric(namespace, name, byName);
    }

    /** The alarm that the request makes; a new one has no data yet. */
    static MetricAlarm alarm(PutMetricAlarmRequest request, String arn, Instant now) {
        return MetricAlarm.builder()
                .alarmName(request.alarmName())
                .alarmArn(arn)
                .alarmDescription(request.alarmDescription())
                .actionsEnabled(request.actionsEnabled() == null || request.actionsEnabled())
                .namespace(request.namespace())
                .metricName(request.metricName())
                .dimensions(request.dimensions())
                .statistic(request.statistic())
                .extendedStatistic(request.extendedStatistic())
                .period(request.period())
                .evaluationPeriods(request.evaluationPeriods())
                .datapointsToAlarm(request.datapointsToAlarm())
                .threshold(request.threshold())
                .comparisonOperator(request.comparisonOperator())
                .treatMissingData(request.treatMissingData())
                .stateValue(StateValue.INSUFFICIENT_DATA)
                .stateReason("Unchecked: Initial alarm creation")
                .stateUpdatedTimestamp(now)
                .stateTransitionedTimestamp(now)
                .build();
    }

    /** The alarm as it is asked for now, in the state that it was in before. */
    static MetricAlarm inStateOf(MetricAlarm before, MetricAlarm asked) {
        return asked.toBuilder()
                .stateValue(before.stateValue())
                .stateReason(before.stateReason())
                .stateUpdatedTimestamp(before.stateUpdatedTimestamp())
                .stateTransitionedTimestamp(before.stateTransitionedTimestamp())
                .build();
    }
}
