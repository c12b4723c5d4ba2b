package dev.greenlight.infra.watch;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.Sorted;
import dev.greenlight.infra.fleet.Fleet;
import dev.greenlight.infra.fleet.Fleets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.constructs.Construct;

/** A rollout on one screen: who takes the requests, how they are answered, who is healthy, what was decided. */
public final class RolloutDashboard extends Construct {

    private static final List<String> DECISIONS =
            List.of("begin", "shift", "promote", "roll back", "reject", "refuse", "retire");

    private final Names names;
    private final String loadBalancer;
    private final Fleets fleets;

    public RolloutDashboard(Construct scope, String id, Names names, String loadBalancerArn, Fleets fleets) {
        super(scope, id);
        this.names = names;
        // …:loadbalancer/app/name/id becomes app/name/id, the dimension of its metrics.
        this.loadBalancer = Fn.select(1, Fn.split(":loadbalancer/", loadBalancerArn));
        this.fleets = fleets;
        Dashboard dashboard = Dashboard.Builder.create(this, "Dashboard")
                .dashboardName(names.root())
                .build();
        dashboard.addWidgets(
                graph("Requests", both("RequestCount", "Sum")),
                graph("Answers 5xx of targets", both("HTTPCode_Target_5XX_Count", "Sum")));
        dashboard.addWidgets(
                graph("Slowest percent, seconds", both("TargetResponseTime", "p99")),
                graph("Healthy targets", both("HealthyHostCount", "Minimum")));
        dashboard.addWidgets(
                graph("Decisions", DECISIONS.stream().map(this::decision).toList()));
    }

    private static GraphWidget graph(String title, List<IMetric> metrics) {
        return GraphWidget.Builder.create().title(title).left(metrics).width(12).build();
    }

    private List<IMetric> both(String metric, String statistic) {
        return Stream.of(fleets.a(), fleets.b())
                .map(fleet -> of(fleet, metric, statistic))
                .toList();
    }

    private IMetric of(Fleet fleet, String metric, String statistic) {
        return Metric.Builder.create()
                .namespace("AWS/ApplicationELB")
                .metricName(metric)
                .statistic(statistic)
                .label(fleet.name())
                .dimensionsMap(
                        Sorted.map(Map.of("LoadBalancer", loadBalancer, "TargetGroup", fleet.targetGroupFullName())))
                .build();
    }

    private IMetric decision(String decision) {
        return Metric.Builder.create()
                .namespace("Greenlight")
                .metricName("Decisions")
                .statistic("Sum")
                .label(decision)
                .dimensionsMap(Sorted.map(Map.of("service", names.service(), "decision", decision)))
                .build();
    }
}
