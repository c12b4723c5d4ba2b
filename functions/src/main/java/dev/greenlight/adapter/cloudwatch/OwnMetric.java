package dev.greenlight.adapter.cloudwatch;

import dev.greenlight.domain.check.Measured;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.strategy.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/**
 * A service's own metric on one side, told apart by its Auto Scaling group's name. CloudWatch answers a metric by the very dimensions with
 * which it was published, all of them ("CloudWatch concepts", Dimensions).
 */
record OwnMetric(FleetName fleet, String group, Trial.Metric metric) {

    List<MetricDataQuery> queries(Duration period) {
        return List.of(query("Sum", period), query("SampleCount", period));
    }

    private MetricDataQuery query(String statistic, Duration period) {
        return MetricDataQuery.builder()
                .id(id(statistic))
                .metricStat(s -> s.stat(statistic)
                        .period(Math.toIntExact(period.toSeconds()))
                        .metric(m -> m.namespace(metric.namespace())
                                .metricName(metric.name())
                                .dimensions(dimensions())))
                .build();
    }

    private List<Dimension> dimensions() {
        List<Dimension> dimensions = new ArrayList<>();
        metric.dimensions().forEach((name, value) -> dimensions.add(dimension(name, value)));
        dimensions.add(dimension(metric.side(), group));
        return dimensions;
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }

    Measured read(Map<String, List<Double>> values) {
        return new Measured(total(values, "Sum"), Math.round(total(values, "SampleCount")));
    }

    private double total(Map<String, List<Double>> values, String statistic) {
        return values.getOrDefault(id(statistic), List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private String id(String statistic) {
        return "own%s_%s".formatted(fleet, statistic.toLowerCase(java.util.Locale.ROOT));
    }
}
