package dev.greenlight.adapter.cloudwatch;

import dev.greenlight.domain.check.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
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
    private static final String TIMED = "timed";
    private static final String TIME = "TargetResponseTime";

    /**
     * What is asked, by the minute or by the hour. One period as long as the window would begin before it: CloudWatch's periods begin at
     * multiples of their length. A percentile cannot be added up, so each period's comes with how much it counts.
     */
    List<MetricDataQuery> queries(Duration period) {
        int seconds = Math.toIntExact(period.toSeconds());
        List<MetricDataQuery> queries = new ArrayList<>();
        queries.add(query(REQUESTS, "RequestCount", "Sum", seconds));
        queries.add(query(ANSWERS_5XX, "HTTPCode_Target_5XX_Count", "Sum", seconds));
        queries.add(query("answers2xx", "HTTPCode_Target_2XX_Count", "Sum", seconds));
        queries.add(query("answers3xx", "HTTPCode_Target_3XX_Count", "Sum", seconds));
        queries.add(query("answers4xx", "HTTPCode_Target_4XX_Count", "Sum", seconds));
        queries.add(query(REFUSED, "TargetConnectionErrorCount", "Sum", seconds));
        queries.add(query(P99, TIME, "p99", seconds));
        queries.add(query(TIMED, TIME, "SampleCount", seconds));
        return queries;
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
        return new Traffic(requests, errors, lost, p99Millis(values));
    }

    /** Of several periods the mean, each by its requests: the slowest one of few would stand for that time, not for the fleet. */
    private OptionalDouble p99Millis(Map<String, List<Double>> values) {
        List<Double> slowest = values.getOrDefault(prefix + P99, List.of());
        List<Double> timed = values.getOrDefault(prefix + TIMED, List.of());
        double all = timed.stream().mapToDouble(Double::doubleValue).sum();
        // One without the other would be a page that is missing: what there is, is then as good as a single value.
        if (all == 0 || timed.size() != slowest.size()) {
            return slowest.stream().mapToDouble(s -> s * 1000).max();
        }
        return OptionalDouble.of(IntStream.range(0, timed.size())
                        .mapToDouble(n -> slowest.get(n) * 1000 * timed.get(n))
                        .sum()
                / all);
    }

    private long total(Map<String, List<Double>> values, String what) {
        return Math.round(values.getOrDefault(prefix + what, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .sum());
    }
}
