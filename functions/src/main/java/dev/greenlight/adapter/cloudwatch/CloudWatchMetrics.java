package dev.greenlight.adapter.cloudwatch;

import dev.greenlight.adapter.Aws;
import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.check.Measured;
import dev.greenlight.domain.check.Traffic;
import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.strategy.Trial;
import dev.greenlight.port.Metrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * What CloudWatch counted for both fleets, in one GetMetricData, and the state of alarms, metric and composite ones.
 *
 * <p>Crashed targets show as 502 and 504 of the load balancer, which no target group owns: lost requests are those for which
 * no answer of a target was counted. A WebSocket upgrade is answered with 101, which no metric counts, and so looks lost.
 * Follows "GetMetricData", "DescribeAlarms" and "CloudWatch metrics for your Application Load Balancer".
 */
public final class CloudWatchMetrics implements Metrics {

    private static final int PAGES_AT_MOST = 10;
    private static final int NAMES_PER_CALL = 100;

    private final CloudWatchClient cloudWatch;
    private final Aws aws;
    private final Map<FleetName, Counts> counts = new EnumMap<>(FleetName.class);
    private final Map<FleetName, String> groups = new EnumMap<>(FleetName.class);

    /** @param loadBalancer the load balancer's ARN, or the part of it that is its metric dimension, {@code app/name/id} */
    public CloudWatchMetrics(CloudWatchClient cloudWatch, Aws aws, String loadBalancer, Fleet a, Fleet b) {
        this.cloudWatch = cloudWatch;
        this.aws = aws;
        for (Fleet fleet : List.of(a, b)) {
            List<Dimension> dimensions = List.of(
                    dimension("LoadBalancer", after(":loadbalancer/", loadBalancer)),
                    dimension("TargetGroup", "targetgroup/" + after(":targetgroup/", fleet.targetGroup())));
            groups.put(fleet.name(), fleet.autoScalingGroup());
            counts.put(fleet.name(), new Counts("fleet" + fleet.name() + "_", dimensions));
        }
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }

    private static String after(String mark, String arn) {
        int at = arn.indexOf(mark);
        return at < 0 ? arn : arn.substring(at + mark.length());
    }

    @Override
    public Map<FleetName, Traffic> traffic(Instant from, Instant to) {
        Span span = Span.of(from, to);
        List<MetricDataQuery> queries = new ArrayList<>();
        counts.values().forEach(c -> queries.addAll(c.queries(span.period())));
        Map<String, List<Double>> values = ask(queries, span);
        Map<FleetName, Traffic> seen = new EnumMap<>(FleetName.class);
        counts.forEach((fleet, c) -> seen.put(fleet, c.read(values)));
        return Map.copyOf(seen);
    }

    @Override
    public Map<FleetName, Measured> measured(Trial.Metric metric, Instant from, Instant to) {
        Span span = Span.of(from, to);
        List<OwnMetric> sides = groups.entrySet().stream()
                .map(side -> new OwnMetric(side.getKey(), side.getValue(), metric))
                .toList();
        List<MetricDataQuery> queries = sides.stream()
                .flatMap(side -> side.queries(span.period()).stream())
                .toList();
        Map<String, List<Double>> values = ask(queries, span);
        return sides.stream().collect(Collectors.toMap(OwnMetric::fleet, side -> side.read(values)));
    }

    private Map<String, List<Double>> ask(List<MetricDataQuery> queries, Span span) {
        if (!span.start().isBefore(span.end())) {
            return Map.of();
        }
        Map<String, List<Double>> values = new HashMap<>();
        String page = null;
        int pages = 0;
        do {
            String token = page;
            GetMetricDataResponse answered = aws.repeatable(
                    "cloudwatch:GetMetricData",
                    () -> cloudWatch.getMetricData(r -> r.metricDataQueries(queries)
                            .startTime(span.start())
                            .endTime(span.end())
                            .nextToken(token)));
            answered.metricDataResults()
                    .forEach(m -> values.computeIfAbsent(m.id(), id -> new ArrayList<>())
                            .addAll(m.values()));
            page = answered.nextToken();
        } while (page != null && ++pages < PAGES_AT_MOST);
        return values;
    }

    @Override
    public Map<String, AlarmState> alarms(List<String> names, Instant since) {
        Map<String, AlarmState> states = new HashMap<>();
        names.forEach(name -> states.put(name, AlarmState.MISSING));
        for (int from = 0; from < names.size(); from += NAMES_PER_CALL) {
            List<String> some = names.subList(from, Math.min(names.size(), from + NAMES_PER_CALL));
            // Composite alarms are answered only where their type is asked for.
            DescribeAlarmsResponse answered = aws.repeatable(
                    "cloudwatch:DescribeAlarms",
                    () -> cloudWatch.describeAlarms(r -> r.alarmNames(some)
                            .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)
                            .maxRecords(NAMES_PER_CALL)));
            answered.metricAlarms()
                    .forEach(a -> states.put(
                            name(a.alarmName()), state(a.stateValue(), a.stateTransitionedTimestamp(), since)));
            answered.compositeAlarms()
                    .forEach(a -> states.put(
                            name(a.alarmName()), state(a.stateValue(), a.stateTransitionedTimestamp(), since)));
        }
        return Map.copyOf(states);
    }

    private static String name(String told) {
        return Aws.present(told, "cloudwatch:DescribeAlarms", "AlarmName");
    }

    /** The time of the transition, not of the latest update: an alarm that goes on firing is updated again and again. */
    private static AlarmState state(StateValue value, Instant changed, Instant since) {
        return switch (value == null ? StateValue.UNKNOWN_TO_SDK_VERSION : value) {
            case OK -> AlarmState.OK;
            case ALARM -> changed != null && changed.isBefore(since) ? AlarmState.FIRING_ALREADY : AlarmState.FIRING;
            case INSUFFICIENT_DATA, UNKNOWN_TO_SDK_VERSION -> AlarmState.NO_DATA;
        };
    }
}
