package dev.greenlight.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.port.CallFailed;
import dev.greenlight.port.CallFailed.Kind;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AwsTest {

    private static final String OPERATION = "elasticloadbalancing:ModifyRule";

    private final RecordingPause pause = new RecordingPause();
    private final Aws aws = new Aws(pause);
    private int calls;

    @Test
    void a_throttled_call_is_tried_again_after_a_pause() {
        assertThat(aws.repeatable(OPERATION, failing("Throttling", "Throttling")))
                .isEqualTo("answer");
        assertThat(calls).isEqualTo(3);
        assertThat(pause.lengths()).containsExactly(Duration.ofMillis(400), Duration.ofMillis(1200));
    }

    @Test
    void three_tries_are_all() {
        assertThatThrownBy(() -> aws.repeatable(OPERATION, failing("Throttling", "Throttling", "Throttling")))
                .isInstanceOf(CallFailed.class)
                .hasMessage("elasticloadbalancing:ModifyRule: Throttling: as AWS says it (request req-1)")
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(Kind.THROTTLED);
        assertThat(calls).isEqualTo(3);
    }

    @Test
    void what_a_retry_cannot_mend_is_not_tried_again() {
        assertThatThrownBy(() -> aws.repeatable(OPERATION, failing("AccessDenied")))
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(Kind.DENIED);
        assertThat(calls).isEqualTo(1);
        assertThat(pause.lengths()).isEmpty();
    }

    @Test
    void a_call_that_must_not_arrive_twice_is_made_once() {
        assertThatThrownBy(() -> aws.once("codedeploy:CreateDeployment", failing("ServiceUnavailable")))
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(Kind.UNAVAILABLE);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void an_error_of_the_process_is_never_caught() {
        Error dying = new Error("the process died");
        assertThatThrownBy(() -> aws.repeatable(OPERATION, () -> {
                    throw dying;
                }))
                .isSameAs(dying);
    }

    @Test
    void the_pauses_outlast_the_refill_of_the_smallest_bucket_for_writes() {
        double refillPerSecond = 3;
        assertThatThrownBy(() -> aws.repeatable(OPERATION, failing("Throttling", "Throttling", "Throttling")))
                .isInstanceOf(CallFailed.class);
        assertThat(pause.lengths())
                .allSatisfy(p -> assertThat(p.toMillis()).isGreaterThan((long) (1000 / refillPerSecond)));
    }

    /** The SDK lets it through as it is: a store whose answer broke off was no silent store, but a mistake of our own. */
    @Test
    void an_answer_that_breaks_off_is_no_answer() {
        assertThatThrownBy(() -> aws.repeatable(OPERATION, () -> {
                    calls++;
                    throw new UncheckedIOException(new SocketTimeoutException("Read timed out"));
                }))
                .isInstanceOfSatisfying(
                        CallFailed.class,
                        failed -> assertThat(failed.isPassing()).isTrue());
        assertThat(calls).isEqualTo(3);
    }

    /** A frozen process thaws minutes later, in the middle of work whose caller was answered long ago. */
    @Test
    void work_that_was_called_off_makes_no_more_calls() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> aws.once(OPERATION, failing())).isInstanceOf(CallFailed.class);
            assertThatThrownBy(() -> aws.repeatable(OPERATION, failing())).isInstanceOf(CallFailed.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(calls).isZero();
    }

    private Supplier<String> failing(String... codes) {
        Deque<String> left = new ArrayDeque<>(List.of(codes));
        return () -> {
            calls++;
            if (!left.isEmpty()) {
                throw AwsErrorTest.error(left.poll(), 400);
            }
            return "answer";
        };
    }
}
