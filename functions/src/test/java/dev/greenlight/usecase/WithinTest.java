package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WithinTest {

    static List<Within> both() {
        return List.of(Within.ownThreads(), Within.callersThread());
    }

    @ParameterizedTest
    @MethodSource("both")
    void answers_come_in_the_order_in_which_the_works_were_given(Within within) {
        List<Supplier<String>> works = List.of(() -> "a", () -> "b", () -> "c");

        assertThat(within.together(works, () -> "interrupted")).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @MethodSource("both")
    void a_work_that_fails_keeps_none_of_the_others_from_being_done_and_its_failure_is_told(Within within) {
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        List<Supplier<Boolean>> works = List.of(
                () -> done.add("first"),
                () -> {
                    throw new IllegalStateException("the second broke");
                },
                () -> {
                    throw new StackOverflowError("the third died");
                },
                () -> done.add("last"));

        assertThatThrownBy(() -> within.together(works, () -> false))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("the second broke");
        assertThat(done).containsExactlyInAnyOrder("first", "last");
    }

    @ParameterizedTest
    @MethodSource("both")
    void what_the_work_answers_in_time_is_the_answer(Within within) {
        assertThat(within.limit(Duration.ofMinutes(1), () -> "in time", () -> "late"))
                .isEqualTo("in time");
    }

    /** Whoever ends the function's process asks its threads to stop: they do not wait for what never comes, and say so upwards. */
    @Test
    void a_caller_that_is_asked_to_stop_waits_for_nothing_and_stays_asked() {
        Within within = Within.ownThreads();
        Supplier<String> hangs = () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                return "interrupted as well";
            }
            return "done";
        };

        Thread.currentThread().interrupt();
        assertThat(within.limit(Duration.ofMinutes(1), hangs, () -> "late")).isEqualTo("late");
        assertThat(Thread.interrupted()).isTrue();

        Thread.currentThread().interrupt();
        assertThat(within.together(List.of(hangs, hangs), () -> "stopped")).containsExactly("stopped", "stopped");
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("both")
    void what_the_work_throws_comes_out_as_it_is(Within within) {
        assertThatThrownBy(() -> within.limit(
                        Duration.ofMinutes(1),
                        () -> {
                            throw new StackOverflowError("died");
                        },
                        () -> "late"))
                .isExactlyInstanceOf(StackOverflowError.class);
    }

    @Test
    void work_on_a_thread_of_its_own_that_hangs_is_left_behind() {
        CountDownLatch never = new CountDownLatch(1);

        String answer = Within.ownThreads()
                .limit(
                        Duration.ofMillis(50),
                        () -> {
                            try {
                                never.await();
                            } catch (InterruptedException e) {
                                return "interrupted";
                            }
                            return "done";
                        },
                        () -> "late");

        assertThat(answer).isEqualTo("late");
    }

    @Test
    void the_callers_thread_does_one_thing_after_the_other_and_everything_itself() {
        Thread caller = Thread.currentThread();
        List<String> done = new ArrayList<>();
        List<Supplier<Thread>> works = List.of(
                () -> {
                    done.add("first");
                    return Thread.currentThread();
                },
                () -> {
                    done.add("second");
                    return Thread.currentThread();
                });

        assertThat(Within.callersThread().together(works, () -> null)).containsExactly(caller, caller);
        assertThat(done).containsExactly("first", "second");
    }
}
