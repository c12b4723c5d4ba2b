package dev.greenlight.adapter.cloudwatch;

import dev.greenlight.domain.check.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/**
 * The metrics of one fleet's target group, and what they add up to. Follows "CloudWatch metrics for your Application Load
 * Balancer": a metric without data is left out, so what is missing counts as none.
 */
record Counts(String prefix, List<Dimension> dimensions) {

    private static final String REQUESTS = "requests";
    private static final String ANSWERS_5XX = "answers5xx";
    private static final List<String> OTHER_ANSWERS = List.of("answers2xx", "answers3xx", "answers4xx");
    private static final String REFUSED = "refused";
    private static final String P99 = "p99";

    private static final int MINUTE = 60;

    /** Counts come by the minute, so that none outside the window is added; a percentile cannot be added up, so it spans it. */
    List<MetricDataQuery> queries(Duration window) {
        List<MetricDataQuery> queries = new ArrayList<>();
        queries.add(sum(REQUESTS, "RequestCount"));
        queries.add(sum(ANSWERS_5XX, "HTTPCode_Target_5XX_Count"));
        queries.add(sum("answers2xx", "HTTPCode_Target_2XX_Count"));
        queries.add(sum("answers3xx", "HTTPCode_Target_3XX_Count"));
        queries.add(sum("answers4xx", "HTTPCode_Target_4XX_Count"));
        queries.add(sum(REFUSED, "TargetConnectionErrorCount"));
        queries.add(query(P99, "TargetResponseTime", "p99", Math.toIntExact(window.toSeconds())));
        return queries;
    }

    private MetricDataQuery sum(String what, String metric) {
        return query(what, metric, "Sum", MINUTE);
    }

    private MetricDataQuery query(String what, String metric, String statistic, int seconds) {
        return MetricDataQuery.builder()
                .id(prefix + what)
                .metricStat(s -> s.stat(statistic)
                        .period(seconds)
                        .metric(m -> m.namespace("AWS/ApplicationELB")
                                .metricName(metric)
                                .dimensions(dimensions)))
                .build();
    }

    /** @param values what CloudWatch answered, by query id */
    Traffic read(Map<String, List<Double>> values) {
        long requests = total(values, REQUESTS);
        long errors = total(values, ANSWERS_5XX);
        long answered =
                errors + OTHER_ANSWERS.stream().mapToLong(w -> total(values, w)).sum();
        // A refused connection is also a request without an answer: the larger of the two, not their sum.
        long lost = Math.max(total(values, REFUSED), Math.max(0, requests - answered));
        OptionalDouble slowest = values.getOrDefault(prefix + P99, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .map(seconds -> seconds * 1000)
                .max();
        return new Traffic(requests, errors, lost, slowest);
    }

    private long total(Map<String, List<Double>> values, String what) {
        return Math.round(values.getOrDefault(prefix + what, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .sum());
    }
}
