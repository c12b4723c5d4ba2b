package dev.greenlight.sandbox.paper;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** CloudWatch as it tells of alarms; unknown names are left out without an error. */
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
        return DescribeAlarmsResponse.builder().metricAlarms(alarms).build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
