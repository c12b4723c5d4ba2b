package dev.greenlight.sandbox.world;

import dev.greenlight.sandbox.cloudwatch.Metric;
import dev.greenlight.sandbox.cloudwatch.MetricStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/** Turns answers into the metrics of AWS/ApplicationELB (user guide, "CloudWatch metrics for your Application Load Balancer"). */
final class Traffic {

    private static final String NAMESPACE = "AWS/ApplicationELB";

    private static final List<String> OF_TARGET = byHundreds("HTTPCode_Target_");
    private static final List<String> OF_ELB = byHundreds("HTTPCode_ELB_");

    private final MetricStore metrics;
    private final LoadBalancer loadBalancer;
    private final Balancer balancer;
    private final Map<String, MetricStore.Series> ofBalancer = new HashMap<>();
    private final Map<String, Map<String, MetricStore.Series>> ofGroups = new HashMap<>();

    Traffic(MetricStore metrics, LoadBalancer loadBalancer, Balancer balancer) {
        this.metrics = metrics;
        this.loadBalancer = loadBalancer;
        this.balancer = balancer;
    }

    /** Counts the same answer so many times. */
    void answered(Choice choice, int status, Duration latency, boolean elbError, long times, Instant at) {
        switch (choice) {
            case Choice.Fixed fixed -> one("HTTP_Fixed_Response_Count", times, at);
            case Choice.NoTarget none -> byBalancer(status, times, at);
            case Choice.Target target -> {
                TargetGroup group = group(target.targetGroupArn());
                if (elbError) {
                    insteadOfTarget(group, status, times, at);
                } else {
                    byTarget(group, status, latency, times, at);
                }
            }
        }
    }

    /** Counts answers that a target gave. */
    private void byTarget(TargetGroup group, int status, Duration latency, long times, Instant at) {
        both(group, "RequestCount", 1, times, at);
        both(group, OF_TARGET.get(status / 100), 1, times, at);
        // A tenth of a millisecond is finer than any threshold on it, and keeps a minute's samples few.
        both(group, "TargetResponseTime", Math.round(latency.toNanos() / 1e5) / 1e4, times, at);
    }

    /** Counts answers of the load balancer itself for requests that had a target; no target group owns the 5xx. */
    private void insteadOfTarget(TargetGroup group, int status, long times, Instant at) {
        both(group, "RequestCount", 1, times, at);
        if (status == 502) {
            both(group, "TargetConnectionErrorCount", 1, times, at);
        }
        byBalancer(status, times, at);
    }

    /** Counts errors for requests that got no target: they are in no RequestCount. */
    private void byBalancer(int status, long times, Instant at) {
        one(OF_ELB.get(status / 100), times, at);
        if (status == 500 || status == 502 || status == 503 || status == 504) {
            one("HTTPCode_ELB_" + status + "_Count", times, at);
        }
    }

    /** Notes how many targets of the group are well, once. */
    void hosts(TargetSet set, Instant at) {
        ofGroup(set.group(), "HealthyHostCount").record(at, set.count(TargetState.HEALTHY), 1);
        ofGroup(set.group(), "UnHealthyHostCount").record(at, set.count(TargetState.UNHEALTHY), 1);
    }

    /** The requests that the group's targets got in the minutes that begin in this time. */
    double requests(String targetGroupArn, Instant from, Instant to) {
        return metrics.recorded(metric(group(targetGroupArn), "RequestCount"), "Sum", from, to)
                .orElse(0);
    }

    private static List<String> byHundreds(String prefix) {
        return IntStream.rangeClosed(0, 5)
                .mapToObj(hundreds -> prefix + hundreds + "XX_Count")
                .toList();
    }

    private TargetGroup group(String arn) {
        return balancer.set(arn)
                .orElseThrow(() -> new NoSuchElementException("no target group " + arn))
                .group();
    }

    private void both(TargetGroup group, String name, double value, long times, Instant at) {
        ofGroup(group, name).record(at, value, times);
        ofBalancer(name).record(at, value, times);
    }

    private void one(String name, long times, Instant at) {
        ofBalancer(name).record(at, 1, times);
    }

    private MetricStore.Series ofGroup(TargetGroup group, String name) {
        Map<String, MetricStore.Series> known = ofGroups.computeIfAbsent(group.arn(), unseen -> new HashMap<>());
        MetricStore.Series series = known.get(name);
        if (series == null) {
            series = metrics.series(metric(group, name));
            known.put(name, series);
        }
        return series;
    }

    private Metric metric(TargetGroup group, String name) {
        return new Metric(
                NAMESPACE, name, Map.of("TargetGroup", group.dimension(), "LoadBalancer", loadBalancer.dimension()));
    }

    private MetricStore.Series ofBalancer(String name) {
        return ofBalancer.computeIfAbsent(
                name,
                unseen ->
                        metrics.series(new Metric(NAMESPACE, name, Map.of("LoadBalancer", loadBalancer.dimension()))));
    }
}
