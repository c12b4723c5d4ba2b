package dev.greenlight.sandbox.cloudwatch;

import dev.greenlight.sandbox.fault.ServiceErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** Answers GetMetricData: one result for each query, with a point only for the periods that have samples. */
final class MetricData {

    private static final int MINUTE = 60;

    private final MetricStore store;

    MetricData(MetricStore store) {
        this.store = store;
    }

    GetMetricDataResponse get(GetMetricDataRequest request, Instant now) {
        if (request.startTime() == null
                || request.endTime() == null
                || !request.startTime().isBefore(request.endTime())) {
            throw invalid("The parameter StartTime must be less than the parameter EndTime.");
        }
        return GetMetricDataResponse.builder()
                .metricDataResults(request.metricDataQueries().stream()
                        .filter(query -> query.returnData() == null || query.returnData())
                        .map(query -> result(query, request, now))
                        .toList())
                .build();
    }

    private MetricDataResult result(MetricDataQuery query, GetMetricDataRequest request, Instant now) {
        MetricStat stat = Optional.ofNullable(query.metricStat())
                .orElseThrow(() -> new UnsupportedOperationException("the sandbox has no metric math: " + query.id()));
        if (stat.period() == null || stat.period() < MINUTE || stat.period() % MINUTE != 0) {
            throw invalid("The period of query " + query.id() + " must be a multiple of 60 seconds.");
        }
        var asked = stat.metric();
        Metric metric = Shapes.metric(asked.namespace(), asked.metricName(), asked.dimensions());
        List<Instant> times = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        Duration period = Duration.ofSeconds(stat.period());
        // Periods lie on whole multiples of themselves; a start in the middle of one is moved back to its beginning.
        Instant from = Instant.ofEpochSecond(
                Math.floorDiv(request.startTime().getEpochSecond(), stat.period()) * stat.period());
        for (; from.isBefore(request.endTime()); from = from.plus(period)) {
            OptionalDouble point = point(metric, stat.stat(), from, from.plus(period), now);
            if (point.isPresent()) {
                times.add(from);
                values.add(point.getAsDouble());
            }
        }
        if (request.scanBy() != ScanBy.TIMESTAMP_ASCENDING) {
            Collections.reverse(times);
            Collections.reverse(values);
        }
        return MetricDataResult.builder()
                .id(query.id())
                .label(Optional.ofNullable(query.label()).orElse(asked.metricName()))
                .timestamps(times)
                .values(values)
                .statusCode(StatusCode.COMPLETE)
                .build();
    }

    private OptionalDouble point(Metric metric, String statistic, Instant from, Instant to, Instant now) {
        try {
            return store.published(metric, statistic, from, to, now);
        } catch (IllegalArgumentException unknownStatistic) {
            throw invalid(unknownStatistic.getMessage());
        }
    }

    private static AwsServiceException invalid(String message) {
        return ServiceErrors.of(CloudWatchClient.class, "ValidationError", 400, message);
    }
}
