package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CrewTest {

    /** A Phaser has room for 65,535 parties: a run of more lives than that once ended with no findings at all. */
    @Test
    void more_works_than_fit_into_sixteen_bits_are_done_and_handed_over_in_their_order() {
        long many = 200_000;
        List<Long> handed = new ArrayList<>();

        Crew.does(4, LongStream.range(0, many).boxed().iterator(), work -> work, handed::add);

        assertThat(handed).hasSize((int) many).isSorted();
    }

    @Test
    void works_that_end_early_wait_for_those_before_them() {
        CountDownLatch second = new CountDownLatch(1);
        List<Integer> handed = new ArrayList<>();

        Crew.does(
                2,
                IntStream.rangeClosed(1, 2).iterator(),
                work -> {
                    if (work == 2) {
                        second.countDown();
                    } else {
                        await(second);
                    }
                    return work;
                },
                handed::add);

        assertThat(handed).containsExactly(1, 2);
    }

    @Test
    void a_work_that_breaks_off_is_heard_of() {
        assertThatThrownBy(() -> Crew.does(
                        2,
                        IntStream.range(0, 9).iterator(),
                        work -> {
                            throw new AssertionError("work " + work);
                        },
                        done -> {}))
                .hasCauseInstanceOf(AssertionError.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
