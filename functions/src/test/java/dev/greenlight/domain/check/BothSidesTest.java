package dev.greenlight.domain.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.check.Verdict.Outcome;
import dev.greenlight.domain.strategy.Trial;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What an A/B test's figures say of green: no worse, worse, or nothing. */
class BothSidesTest {

    private static final Traffic BLUE = traffic(80_000, 80, 100);
    private static final Trial.Metric ORDERS = new Trial.Metric(
            "Shop", "Orders", "AutoScalingGroupName", Map.of(), Trial.Counted.PER_REQUEST, true, 0.05, 50);
    private static final Trial.Metric PAIN = new Trial.Metric(
            "Shop", "Seconds", "AutoScalingGroupName", Map.of(), Trial.Counted.AVERAGE, false, 0.1, 50);

    private static Traffic traffic(long requests, long errors, double p99) {
        return new Traffic(requests, errors, 0, OptionalDouble.of(p99));
    }

    private static Trial trial(Optional<Trial.Metric> metric) {
        return new Trial(Optional.empty(), Trial.End.PROMOTE, new Trial.Bar(0.001, 1.2, 1_000), metric);
    }

    private static Verdict traffic(int at, Traffic green) {
        return new BothSides(BLUE, green, Measured.NOTHING, Measured.NOTHING)
                .verdicts(trial(Optional.empty()))
                .get(at);
    }

    private static Verdict measured(Trial.Metric metric, Measured blue, Measured green) {
        return new BothSides(BLUE, traffic(20_000, 20, 100), blue, green)
                .verdicts(trial(Optional.of(metric)))
                .getLast();
    }

    @Test
    void green_may_fail_a_little_more_than_blue_and_no_more() {
        assertThat(traffic(0, traffic(20_000, 40, 100)).outcome()).isEqualTo(Outcome.PASS);
        assertThat(traffic(0, traffic(20_000, 41, 100)))
                .isEqualTo(Verdict.fail(
                        "green's errors",
                        "0.21% of 20000 requests failed, blue's 0.10% of 80000, 0.10% more is let pass"));
    }

    @Test
    void green_may_be_a_little_slower_and_no_more() {
        assertThat(traffic(1, traffic(20_000, 0, 120)).outcome()).isEqualTo(Outcome.PASS);
        assertThat(traffic(1, traffic(20_000, 0, 121)))
                .isEqualTo(
                        Verdict.fail("green's latency", "p99 121 ms, blue's 100 ms, 1.20 times as much is let pass"));
    }

    @Test
    void too_few_requests_on_either_side_are_no_evidence_for_anything() {
        assertThat(new BothSides(BLUE, traffic(999, 999, 9_000), Measured.NOTHING, Measured.NOTHING)
                        .verdicts(trial(Optional.empty())))
                .extracting(Verdict::outcome)
                .containsOnly(Outcome.INCONCLUSIVE);
        assertThat(new BothSides(traffic(999, 0, 1), BLUE, Measured.NOTHING, Measured.NOTHING)
                        .verdicts(trial(Optional.empty())))
                .extracting(Verdict::outcome)
                .containsOnly(Outcome.INCONCLUSIVE);
    }

    @Test
    void no_latency_is_no_evidence() {
        assertThat(traffic(1, new Traffic(20_000, 0, 0, OptionalDouble.empty())).outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** Blue has four times the users: sums would say that green sells a quarter. */
    @Test
    void a_sum_is_compared_by_request() {
        assertThat(measured(ORDERS, new Measured(4_000, 4_000), new Measured(950, 950))
                        .outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(measured(ORDERS, new Measured(4_000, 4_000), new Measured(949, 949)))
                .isEqualTo(Verdict.fail(
                        "green's Orders", "0.04745, blue's 0.05000 (949 and 4000 samples), 5.0% less is let pass"));
    }

    @Test
    void of_what_is_better_lower_green_may_not_have_more() {
        assertThat(measured(PAIN, new Measured(1_000, 100), new Measured(1_100, 100))
                        .outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(measured(PAIN, new Measured(1_000, 100), new Measured(1_101, 100))
                        .outcome())
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void a_metric_that_nobody_published_is_no_evidence() {
        assertThat(measured(ORDERS, new Measured(4_000, 4_000), Measured.NOTHING)
                        .outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(measured(PAIN, Measured.NOTHING, Measured.NOTHING).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }
}
