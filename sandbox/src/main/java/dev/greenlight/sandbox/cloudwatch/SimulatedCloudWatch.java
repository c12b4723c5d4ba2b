package dev.greenlight.sandbox.cloudwatch;

import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.fault.ServiceErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmResponse;
import software.amazon.awssdk.services.cloudwatch.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateResponse;

/**
 * Amazon CloudWatch over a {@link MetricStore}: metrics, and metric alarms that are evaluated every minute. A state that was set by
 * hand lasts until the next evaluation, as it does in AWS. No metric math, no composite alarms; answers are never paged. Follows the "Amazon CloudWatch API Reference".
 */
public final class SimulatedCloudWatch implements CloudWatchClient {

    private final SandboxClock clock;
    private final MetricStore store;
    private final Duration delay;
    private final MetricData data;
    private final UnaryOperator<String> alarmArns;
    private final Map<String, Alarm> alarms = new LinkedHashMap<>();
    private final List<Consumer<AlarmChange>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Starts the service.
     *
     * @param delay how late the store publishes
     * @param alarmArns makes the ARN of an alarm from its name
     */
    public SimulatedCloudWatch(SandboxClock clock, MetricStore store, Duration delay, UnaryOperator<String> alarmArns) {
        this.clock = clock;
        this.store = store;
        this.delay = delay;
        this.data = new MetricData(store);
        this.alarmArns = alarmArns;
        clock.every(Duration.ofMinutes(1), "evaluation of alarms", this::evaluate);
    }

    /** Tells the listener of every change of an alarm's state from now on, on the thread that changed it. */
    public void listen(Consumer<AlarmChange> listener) {
        listeners.add(listener);
    }

    @Override
    public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
        return data.get(request, clock.instant());
    }

    /** A new alarm has no data yet; one that is there keeps its state ("PutMetricAlarm"). */
    @Override
    public PutMetricAlarmResponse putMetricAlarm(PutMetricAlarmRequest request) {
        synchronized (this) {
            MetricAlarm asked = Shapes.alarm(request, alarmArns.apply(request.alarmName()), clock.instant());
            Alarm known = alarms.get(request.alarmName());
            alarms.put(request.alarmName(), new Alarm(known == null ? asked : Shapes.inStateOf(known.shape(), asked)));
        }
        return PutMetricAlarmResponse.builder().build();
    }

    /** Names that do not exist are left out without an error. */
    @Override
    public synchronized DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
        return DescribeAlarmsResponse.builder()
                .metricAlarms(alarms.values().stream()
                        .map(Alarm::shape)
                        .filter(alarm -> request.alarmNames().isEmpty()
                                || request.alarmNames().contains(alarm.alarmName()))
                        .filter(alarm -> request.alarmNamePrefix() == null
                                || alarm.alarmName().startsWith(request.alarmNamePrefix()))
                        .filter(alarm -> request.stateValue() == null || alarm.stateValue() == request.stateValue())
                        .toList())
                .build();
    }

    @Override
    public SetAlarmStateResponse setAlarmState(SetAlarmStateRequest request) {
        Optional<AlarmChange> change;
        synchronized (this) {
            change = Optional.ofNullable(alarms.get(request.alarmName()))
                    .orElseThrow(() -> ServiceErrors.filled(
                            ResourceNotFoundException.builder(),
                            "ResourceNotFound",
                            404,
                            "Unknown alarm " + request.alarmName()))
                    .becomes(request.stateValue(), request.stateReason(), clock.instant());
        }
        change.ifPresent(this::report);
        return SetAlarmStateResponse.builder().build();
    }

    @Override
    public synchronized DeleteAlarmsResponse deleteAlarms(DeleteAlarmsRequest request) {
        alarms.keySet().removeAll(request.alarmNames());
        return DeleteAlarmsResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    private void evaluate() {
        Instant now = clock.instant();
        List<AlarmChange> changes;
        synchronized (this) {
            changes = alarms.values().stream()
                    .map(alarm -> alarm.evaluate(store, delay, now))
                    .flatMap(Optional::stream)
                    .toList();
        }
        changes.forEach(this::report);
    }

    private void report(AlarmChange change) {
        listeners.forEach(listener -> listener.accept(change));
    }
}
