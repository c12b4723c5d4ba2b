package dev.greenlight.sandbox.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nX-App-Version: v1\r\nContent-Length: 0\r\n\r\n";
    private static final Instant SANDBOX = Instant.parse("2026-01-01T00:00:00Z");

    private static List<Sample> run(LoadPlan plan) throws InterruptedException {
        try (LoadGenerator load =
                LoadGenerator.start(plan, new WallTime(), InstantSource.fixed(SANDBOX), sample -> {})) {
            return load.await();
        }
    }

    @Test
    void a_broken_connection_is_one_failure_and_the_request_is_never_sent_again() throws Exception {
        try (RawServer server = new RawServer(n -> n % 20 == 0 ? OK : "")) {
            List<Sample> samples = run(LoadPlan.steady(server.port(), 500).ending(100));

            assertThat(server.requests()).isEqualTo(100);
            assertThat(samples).hasSize(100);
            assertThat(samples).filteredOn(Sample::failed).hasSize(95);
            assertThat(samples)
                    .filteredOn(Sample::failed)
                    .extracting(Sample::outcome)
                    .containsOnly(new Outcome.Lost(Outcome.Reason.BROKEN));
        }
    }

    @Test
    void requests_are_due_at_a_fixed_rate_and_carry_version_and_sandbox_time() throws Exception {
        try (RawServer server = new RawServer(n -> OK)) {
            List<Sample> samples = run(LoadPlan.steady(server.port(), 200).ending(40)).stream()
                    .sorted(Comparator.comparing(Sample::intendedAt))
                    .toList();

            for (int i = 1; i < samples.size(); i++) {
                assertThat(Duration.between(
                                samples.get(i - 1).intendedAt(), samples.get(i).intendedAt()))
                        .isEqualTo(Duration.ofMillis(5));
            }
            assertThat(samples).allSatisfy(sample -> {
                assertThat(sample.version()).contains("v1");
                assertThat(sample.sandboxAt()).isEqualTo(SANDBOX);
                assertThat(sample.failed()).isFalse();
            });
        }
    }

    @Test
    void a_stall_shows_in_every_request_that_it_delayed() throws Exception {
        long stall = Duration.ofMillis(300).toNanos();
        AtomicLong firstAt = new AtomicLong();
        try (RawServer server = new RawServer(n -> {
            firstAt.compareAndSet(0, System.nanoTime());
            while (System.nanoTime() - firstAt.get() < stall) {
                LockSupport.parkNanos(1_000_000);
            }
            return OK;
        })) {
            List<Sample> samples = run(new LoadPlan(
                    server.port(), List.of("/"), Map.of(), 100, 1, 20, Duration.ofSeconds(10), Duration.ofSeconds(10)));

            // Due every 10 ms, all held up until the same moment: a closed loop would show one slow request.
            assertThat(samples)
                    .filteredOn(sample -> sample.latency().compareTo(Duration.ofMillis(100)) > 0)
                    .hasSizeGreaterThan(10);
        }
    }

    @Test
    void never_more_requests_are_under_way_than_the_plan_allows() throws Exception {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (RawServer server = new RawServer(n -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            LockSupport.parkNanos(20_000_000);
            underWay.decrementAndGet();
            return OK;
        })) {
            LoadPlan plan = new LoadPlan(
                    server.port(), List.of("/"), Map.of(), 1000, 3, 30, Duration.ofSeconds(10), Duration.ofSeconds(10));

            assertThat(run(plan)).hasSize(30);
            assertThat(most.get()).isBetween(1, 3);
        }
    }

    @Test
    void the_load_ends_with_its_time_although_requests_are_left() throws Exception {
        try (RawServer server = new RawServer(n -> OK)) {
            LoadPlan plan = new LoadPlan(
                    server.port(),
                    List.of("/"),
                    Map.of(),
                    100,
                    10,
                    1_000_000,
                    Duration.ofMillis(200),
                    Duration.ofSeconds(10));

            assertThat(run(plan)).hasSize(20);
        }
    }

    @Test
    void a_stopped_load_sends_no_more_and_keeps_what_was_under_way() throws Exception {
        CountDownLatch some = new CountDownLatch(5);
        try (RawServer server = new RawServer(n -> OK)) {
            LoadGenerator load = LoadGenerator.start(
                    LoadPlan.steady(server.port(), 200),
                    new WallTime(),
                    InstantSource.fixed(SANDBOX),
                    sample -> some.countDown());
            some.await();
            load.close();

            assertThat(load.samples()).hasSize(server.requests()).hasSizeGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void a_plan_without_bounds_is_refused() {
        assertThatThrownBy(() -> LoadPlan.steady(8080, 100_000)).hasMessageContaining("1..1000");
        assertThatThrownBy(() -> LoadPlan.steady(8080, 10).ending(0)).hasMessageContaining("bound below 1");
        assertThatThrownBy(() -> LoadPlan.steady(8080, 10).on()).hasMessageContaining("paths");
        assertThatThrownBy(() -> LoadPlan.steady(8080, 10).header("A", "b\r\nC: d"))
                .hasMessageContaining("line break");
    }
}
