package dev.greenlight.adapter.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.adapter.SandboxFleets;
import dev.greenlight.counterpart.Ground;
import dev.greenlight.domain.check.Traffic;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.port.Metrics;
import dev.greenlight.port.MetricsContract;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.sandbox.world.ModelledDataPlane;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class CloudWatchMetricsTest extends MetricsContract {

    private final SandboxFleets world = SandboxFleets.serving(2);
    private final Metrics metrics = adapters().metrics();

    @Override
    protected Ground ground() {
        return world;
    }

    @Test
    void what_the_load_balancer_of_the_sandbox_sees_is_counted() {
        load(new Behaviour(Duration.ofSeconds(30), 0.1, Duration.ofMillis(120)), 10);
        world.pass(Duration.ofMinutes(10));
        Instant to = world.clock().instant().minus(Duration.ofMinutes(3));
        Map<FleetName, Traffic> seen = metrics.traffic(to.minus(Duration.ofMinutes(5)), to);
        Traffic a = seen.get(FleetName.A);
        assertThat(a.requests()).isCloseTo(3_000, Percentage.withPercentage(2));
        assertThat(a.errorShare()).isBetween(0.08, 0.12);
        assertThat(a.lost()).isZero();
        assertThat(a.p99Millis()).isPresent();
        assertThat(a.p99Millis().getAsDouble()).isCloseTo(120, Percentage.withPercentage(20));
        assertThat(seen.get(FleetName.B)).isEqualTo(Traffic.NONE);
    }

    /** A percentile over the whole window began where a multiple of its length does, up to a window earlier. */
    @Test
    void what_was_slow_before_the_window_says_nothing_of_it() {
        Instant from = SandboxFleets.START.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofMinutes(12));
        world.count(FleetName.A, "TargetResponseTime", from.minus(Duration.ofMinutes(2)), 4.0, 100);
        world.count(FleetName.A, "TargetResponseTime", from, 0.1, 100);
        world.count(FleetName.A, "TargetResponseTime", from.plus(Duration.ofMinutes(4)), 0.1, 100);
        world.count(FleetName.A, "TargetResponseTime", from.plus(Duration.ofMinutes(5)), 4.0, 100);
        world.pass(Duration.ofMinutes(30));
        Traffic a = metrics.traffic(from, from.plus(Duration.ofMinutes(5))).get(FleetName.A);
        assertThat(a.p99Millis().orElseThrow()).isBetween(95.0, 105.0);
    }

    @Test
    void both_fleets_are_asked_about_in_one_call() {
        metrics.traffic(SandboxFleets.START.minus(Duration.ofMinutes(5)), SandboxFleets.START);
        assertThat(world.calls("GetMetricData")).isEqualTo(1);
    }

    @Test
    void what_is_not_published_yet_is_no_traffic() {
        load(new Behaviour(Duration.ofSeconds(30), 0, Duration.ofMillis(50)), 10);
        world.pass(Duration.ofMinutes(1));
        Instant now = world.clock().instant();
        assertThat(metrics.traffic(now.minus(Duration.ofMinutes(1)), now).get(FleetName.A))
                .isEqualTo(Traffic.NONE);
    }

    @Test
    void a_window_of_less_than_a_minute_asks_nobody() {
        Instant now = SandboxFleets.START;
        assertThat(metrics.traffic(now, now.plusSeconds(30)).get(FleetName.A)).isEqualTo(Traffic.NONE);
        assertThat(world.calls("GetMetricData")).isZero();
    }

    @Test
    void requests_that_no_target_answered_are_lost() {
        assertThat(traffic(Map.of(
                        "fleetA_requests", 100.0,
                        "fleetA_answers2xx", 80.0,
                        "fleetA_answers4xx", 5.0,
                        "fleetA_answers5xx", 3.0,
                        "fleetA_refused", 4.0)))
                .isEqualTo(new Traffic(100, 3, 12, OptionalDouble.empty()));
    }

    @Test
    void refused_connections_are_lost_even_where_the_counts_match() {
        assertThat(traffic(Map.of("fleetA_requests", 10.0, "fleetA_answers2xx", 10.0, "fleetA_refused", 2.0))
                        .lost())
                .isEqualTo(2);
    }

    private static Traffic traffic(Map<String, Double> sums) {
        Map<String, List<Double>> values = new HashMap<>();
        sums.forEach((id, sum) -> values.put(id, List.of(sum)));
        return new Counts("fleetA_", List.of()).read(values);
    }

    @Test
    void no_alarms_are_no_call() {
        assertThat(metrics.alarms(List.of(), Instant.EPOCH)).isEmpty();
        assertThat(world.calls("DescribeAlarms")).isZero();
    }

    private void load(Behaviour behaviour, double perSecond) {
        ModelledDataPlane plane = new ModelledDataPlane(world.sandbox().world());
        plane.behaviour("v1", behaviour);
        plane.load(world.site().request("/checkout"), perSecond);
    }
}
