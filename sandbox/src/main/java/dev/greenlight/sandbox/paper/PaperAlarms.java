package dev.greenlight.sandbox.paper;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/**
 * CloudWatch as it tells of alarms: of metric alarms only, unless it is asked for others ("DescribeAlarms", API reference); unknown
 * names are left out without an error.
 */
public final class PaperAlarms implements CloudWatchClient {

    private final PaperAccount paper;

    public PaperAlarms(PaperAccount paper) {
        this.paper = paper;
    }

    @Override
    public DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
        List<MetricAlarm> alarms = new ArrayList<>();
        for (PaperAccount.Item alarm : paper.all("AWS::CloudWatch::Alarm")) {
            alarms.add(MetricAlarm.builder()
                    .alarmName(alarm.id())
                    .actionsEnabled(alarm.properties().path("ActionsEnabled").asBoolean(true))
                    .build());
        }
        paper.alarms()
                .forEach(name -> alarms.add(MetricAlarm.builder()
                        .alarmName(name)
                        .actionsEnabled(true)
                        .build()));
        alarms.removeIf(alarm -> !request.alarmNames().contains(alarm.alarmName()));
        List<AlarmType> types = request.alarmTypes().isEmpty() ? List.of(AlarmType.METRIC_ALARM) : request.alarmTypes();
        return DescribeAlarmsResponse.builder()
                .metricAlarms(types.contains(AlarmType.METRIC_ALARM) ? alarms : List.of())
                .compositeAlarms(types.contains(AlarmType.COMPOSITE_ALARM) ? composites(request) : List.of())
                .build();
    }

    private List<CompositeAlarm> composites(DescribeAlarmsRequest request) {
        return paper.composites().stream()
                .filter(request.alarmNames()::contains)
                .map(name -> CompositeAlarm.builder()
                        .alarmName(name)
                        .actionsEnabled(true)
                        .build())
                .toList();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
