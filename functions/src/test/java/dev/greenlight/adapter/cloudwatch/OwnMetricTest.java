package dev.greenlight.adapter.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.adapter.SandboxFleets;
import dev.greenlight.counterpart.Adapters;
import dev.greenlight.domain.check.Measured;
import dev.greenlight.domain.check.Traffic;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.strategy.Trial;
import dev.greenlight.port.Metrics;
import dev.greenlight.sandbox.cloudwatch.Metric;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is asked of CloudWatch about an A/B test: the service's own metric, and times of many hours. */
class OwnMetricTest {

    private static final Trial.Metric ORDERS = new Trial.Metric(
            "Shop",
            "Orders",
            "AutoScalingGroupName",
            Map.of("Stage", "prod"),
            Trial.Counted.PER_REQUEST,
            true,
            0.05,
            1);

    private final SandboxFleets world = SandboxFleets.serving(2);
    private final Metrics metrics = new Adapters(world).metrics();
    private final Instant hour =
            world.clock().instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(20));

    private void ordered(FleetName fleet, Instant at, double value, int times) {
        String group = fleet == FleetName.A
                ? world.site().a().autoScalingGroup()
                : world.site().b().autoScalingGroup();
        world.sandbox()
                .world()
                .metrics()
                .record(
                        new Metric("Shop", "Orders", Map.of("Stage", "prod", "AutoScalingGroupName", group)),
                        at,
                        value,
                        times);
    }

    @Test
    void each_side_has_what_its_own_group_published() {
        ordered(FleetName.A, hour, 2, 50);
        ordered(FleetName.A, hour.plusSeconds(90), 1, 5);
        ordered(FleetName.B, hour, 3, 7);
        world.pass(Duration.ofMinutes(10));
        assertThat(metrics.measured(ORDERS, hour, hour.plus(Duration.ofMinutes(30))))
                .isEqualTo(Map.of(FleetName.A, new Measured(105, 55), FleetName.B, new Measured(21, 7)));
    }

    @Test
    void of_many_hours_the_whole_ones_are_added_up() {
        ordered(FleetName.B, hour.plusSeconds(60), 1, 1);
        ordered(FleetName.B, hour.plus(Duration.ofHours(1)), 1, 10);
        ordered(FleetName.B, hour.plus(Duration.ofHours(5)), 1, 100);
        ordered(FleetName.B, hour.plus(Duration.ofHours(6)), 1, 1_000);
        world.pass(Duration.ofMinutes(10));
        assertThat(metrics.measured(
                                ORDERS,
                                hour.plus(Duration.ofMinutes(1)),
                                hour.plus(Duration.ofHours(6)).plus(Duration.ofMinutes(59)))
                        .get(FleetName.B))
                .isEqualTo(new Measured(110, 110));
    }

    @Test
    void what_nobody_published_is_nothing() {
        assertThat(metrics.measured(ORDERS, hour, hour.plus(Duration.ofHours(12)))
                        .get(FleetName.A))
                .isEqualTo(Measured.NOTHING);
    }

    /** The night's one slow request stands for one request, not for a side. */
    @Test
    void each_hour_counts_for_the_latency_of_a_day_by_its_requests() {
        world.count(FleetName.A, "TargetResponseTime", hour, 0.100, 990);
        world.count(FleetName.A, "TargetResponseTime", hour.plus(Duration.ofHours(9)), 5.0, 10);
        world.count(FleetName.A, "RequestCount", hour, 1, 990);
        world.count(FleetName.A, "RequestCount", hour.plus(Duration.ofHours(9)), 1, 10);
        world.count(FleetName.A, "HTTPCode_Target_2XX_Count", hour, 1, 1_000);
        world.pass(Duration.ofMinutes(10));
        Traffic a = metrics.traffic(hour, hour.plus(Duration.ofHours(10))).get(FleetName.A);
        assertThat(a.requests()).isEqualTo(1_000);
        assertThat(a.lost()).isZero();
        assertThat(a.p99Millis().orElseThrow()).isBetween(140.0, 160.0);
    }
}
