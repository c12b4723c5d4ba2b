package dev.greenlight.sandbox.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SandboxClockTest {

    private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

    private final List<String> seen = new ArrayList<>();

    @Test
    void ticked_time_moves_only_when_it_is_advanced() {
        try (SandboxClock clock = SandboxClock.ticked(START)) {
            assertThat(clock.instant()).isEqualTo(START);
            clock.advance(Duration.ofHours(3));
            assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofHours(3)));
        }
    }

    @Test
    void due_tasks_run_in_the_order_of_their_time_then_of_their_insertion_and_see_their_own_time() {
        try (SandboxClock clock = SandboxClock.ticked(START)) {
            clock.after(Duration.ofSeconds(2), "late", () -> note(clock, "late"));
            clock.after(Duration.ofSeconds(1), "early", () -> note(clock, "early"));
            clock.after(Duration.ofSeconds(2), "later", () -> note(clock, "later"));
            clock.at(START.minusSeconds(9), "overdue", () -> note(clock, "overdue"));
            clock.advance(Duration.ofSeconds(2));
        }
        assertThat(seen).containsExactly("overdue at 0", "early at 1", "late at 2", "later at 2");
    }

    @Test
    void a_task_may_schedule_what_falls_due_within_the_same_advance() {
        try (SandboxClock clock = SandboxClock.ticked(START)) {
            clock.after(
                    Duration.ofSeconds(1),
                    "first",
                    () -> clock.after(Duration.ofSeconds(1), "second", () -> note(clock, "second")));
            clock.advance(Duration.ofSeconds(2));
        }
        assertThat(seen).containsExactly("second at 2");
    }

    @Test
    void a_repeated_task_runs_until_it_is_cancelled_also_by_itself() {
        try (SandboxClock clock = SandboxClock.ticked(START)) {
            Timer[] timer = new Timer[1];
            timer[0] = clock.every(Duration.ofSeconds(10), "turn", () -> {
                note(clock, "turn");
                if (seen.size() == 3) {
                    timer[0].cancel();
                }
            });
            clock.advance(Duration.ofMinutes(5));
        }
        assertThat(seen).containsExactly("turn at 10", "turn at 20", "turn at 30");
    }

    @Test
    void an_advance_inside_of_an_advance_is_a_mistake() {
        try (SandboxClock clock = SandboxClock.ticked(START)) {
            clock.after(Duration.ofSeconds(1), "nested", () -> clock.advance(Duration.ofSeconds(1)));
            assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(5)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("advance inside advance");
            clock.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void a_wall_clock_lets_an_hour_pass_in_well_under_a_second_when_its_factor_says_so() throws Exception {
        CountDownLatch hour = new CountDownLatch(1);
        try (SandboxClock clock = SandboxClock.wall(START, 1)) {
            clock.after(Duration.ofHours(1), "the hour", hour::countDown);
            clock.factor(36_000);
            assertThat(hour.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(clock.instant()).isAfterOrEqualTo(START.plus(Duration.ofHours(1)));
        }
    }

    @Test
    void a_task_that_fails_on_a_wall_clock_is_kept_and_stops_nothing() throws Exception {
        CountDownLatch after = new CountDownLatch(1);
        try (SandboxClock clock = SandboxClock.wall(START, 1000)) {
            clock.after(Duration.ofSeconds(1), "the bad task", () -> {
                throw new IllegalArgumentException("no");
            });
            clock.after(Duration.ofSeconds(2), "the next task", after::countDown);
            assertThat(after.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(clock.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure)
                            .hasMessageContaining("the bad task")
                            .hasRootCauseMessage("no"));
        }
    }

    @Test
    void each_kind_of_clock_refuses_what_only_the_other_can_do() {
        try (SandboxClock ticked = SandboxClock.ticked(START);
                SandboxClock wall = SandboxClock.wall(START, 1)) {
            assertThatThrownBy(() -> ticked.factor(2)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> wall.advance(Duration.ofSeconds(1))).isInstanceOf(IllegalStateException.class);
        }
    }

    private void note(SandboxClock clock, String what) {
        seen.add(what + " at " + Duration.between(START, clock.instant()).toSeconds());
    }
}
