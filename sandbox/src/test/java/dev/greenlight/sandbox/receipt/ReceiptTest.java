package dev.greenlight.sandbox.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.greenlight.sandbox.load.Outcome;
import dev.greenlight.sandbox.load.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReceiptTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<Sample> samples = new ArrayList<>();

    private static Instant at(double seconds) {
        return START.plusNanos((long) (seconds * 1e9));
    }

    private void answered(double second, String version, int status, int latencyMillis) {
        samples.add(new Sample(
                at(second),
                START,
                new Outcome.Answered(status),
                Optional.of(version),
                Duration.ofMillis(latencyMillis)));
    }

    private void steady(double from, double to, String version) {
        for (int i = 0; from + i / 10.0 < to; i++) {
            answered(from + i / 10.0, version, 200, 10);
        }
    }

    private Receipt receipt(double to, Mark... marks) {
        return Receipt.of(samples, new Window(START, at(to)), List.of(marks), SECOND);
    }

    @Test
    void requests_and_failures_are_counted_by_version_and_lost_ones_by_none() {
        answered(0.1, "v1", 200, 5);
        answered(0.2, "v1", 302, 5);
        answered(0.3, "v2", 500, 5);
        answered(0.4, "v2", 404, 5);
        samples.add(new Sample(
                at(0.5), START, new Outcome.Lost(Outcome.Reason.BROKEN), Optional.empty(), Duration.ofMillis(5)));
        samples.add(new Sample(at(0.6), START, new Outcome.Answered(502), Optional.empty(), Duration.ofMillis(5)));

        Receipt receipt = receipt(1);

        assertThat(receipt.requests()).isEqualTo(6);
        assertThat(receipt.failed()).isEqualTo(4);
        assertThat(receipt.requestsByVersion()).isEqualTo(Map.of("v1", 2L, "v2", 2L, "none", 2L));
        assertThat(receipt.failedByVersion()).isEqualTo(Map.of("v2", 2L, "none", 2L));
    }

    @Test
    void only_requests_that_were_due_in_the_window_count() {
        answered(-0.001, "v1", 500, 100);
        answered(0, "v1", 200, 5);
        answered(0.999, "v1", 200, 500);
        answered(1, "v1", 500, 5);

        assertThat(receipt(1).requests()).isEqualTo(2);
        assertThat(receipt(1).failed()).isZero();
    }

    @Test
    void percentiles_come_from_all_latencies() {
        for (int i = 1; i <= 100; i++) {
            answered(i / 1000.0, "v1", 200, i);
        }

        assertThat(receipt(1).p50Millis().orElseThrow()).isCloseTo(50, within(0.1));
        assertThat(receipt(1).p99Millis().orElseThrow()).isCloseTo(99, within(0.1));
    }

    @Test
    void a_window_without_requests_has_no_percentiles_and_no_seconds() {
        Receipt receipt = receipt(1, new Mark(Mark.Kind.SHIFT, at(0.5), "v1"));

        assertThat(receipt.requests()).isZero();
        assertThat(receipt.p50Millis()).isEmpty();
        assertThat(receipt.switchSeconds()).isEmpty();
        assertThat(receipt.rollbackSeconds()).isEmpty();
    }

    @Test
    void a_switch_lasts_from_the_call_to_the_last_answer_of_the_side_that_left() {
        steady(0, 3, "v1");
        steady(3, 6, "v2");
        answered(3.5, "v1", 200, 250);

        Receipt receipt = receipt(6, new Mark(Mark.Kind.SHIFT, at(2), "v1"));

        assertThat(receipt.switchSeconds().orElseThrow()).isCloseTo(1.75, within(0.001));
        assertThat(receipt.rollbackSeconds()).isEmpty();
    }

    @Test
    void a_rollback_ends_the_switch_and_is_measured_by_the_version_that_it_sends_away() {
        steady(0, 2, "v1");
        steady(2, 5, "v3");
        steady(5, 8, "v1");

        Receipt receipt =
                receipt(8, new Mark(Mark.Kind.SHIFT, at(1.5), "v1"), new Mark(Mark.Kind.ROLL_BACK, at(4.5), "v3"));

        assertThat(receipt.switchSeconds().orElseThrow()).isCloseTo(0.41, within(0.001));
        assertThat(receipt.rollbackSeconds().orElseThrow()).isCloseTo(0.41, within(0.001));
    }

    @Test
    void a_side_that_still_answers_at_the_end_has_not_left() {
        steady(0, 6, "v1");
        steady(2, 6, "v2");

        assertThat(receipt(6, new Mark(Mark.Kind.SHIFT, at(2), "v1")).switchSeconds())
                .isEmpty();
    }

    @Test
    void of_several_shifts_the_last_one_is_measured() {
        steady(0, 4, "v1");
        steady(2, 8, "v2");

        Receipt receipt = receipt(8, new Mark(Mark.Kind.SHIFT, at(2), "v1"), new Mark(Mark.Kind.SHIFT, at(3.5), "v1"));

        assertThat(receipt.switchSeconds().orElseThrow()).isCloseTo(0.41, within(0.001));
    }

    @Test
    void the_window_is_cut_into_buckets_for_a_chart_the_empty_ones_too() {
        steady(0, 1, "v1");
        steady(2, 2.5, "v2");
        answered(2.5, "v2", 500, 5);

        List<Bucket> buckets = receipt(2.7).buckets();

        assertThat(buckets).extracting(Bucket::from).containsExactly(at(0), at(1), at(2));
        assertThat(buckets)
                .extracting(Bucket::requestsByVersion)
                .containsExactly(Map.of("v1", 10L), Map.of(), Map.of("v2", 6L));
        assertThat(buckets).extracting(Bucket::failedByVersion).containsExactly(Map.of(), Map.of(), Map.of("v2", 1L));
    }
}
