package dev.greenlight.adapter.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.greenlight.port.LaunchSources;
import dev.greenlight.port.StackAnswers;
import dev.greenlight.port.TrafficRules;
import dev.greenlight.usecase.Within;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** CloudFormation is answered in time, whatever becomes of the work. The time is the function's own, as its context tells it. */
class StackHandlerTest {

    /** What a function keeps back for its answer; what is left of its time beyond that is for its work. */
    private static final Duration KEPT_BACK = Duration.ofSeconds(35);

    /** Long enough for work to begin. */
    private static final Duration A_MOMENT = Duration.ofMillis(500);

    /** Work that ends only when somebody ends it, and answers that are kept. */
    private static final class Stuck implements StackHooks {

        private final CountDownLatch ended = new CountDownLatch(1);
        private final List<String> answers = new ArrayList<>();
        private final List<String> complaints = new ArrayList<>();
        private final Runnable work;

        Stuck() {
            this.work = () -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    ended.countDown();
                    throw new IllegalStateException("interrupted", e);
                }
            };
        }

        Stuck(Error dying) {
            this.work = () -> {
                throw dying;
            };
        }

        @Override
        public TrafficRules trafficRules() {
            work.run();
            throw new AssertionError("the work is never done");
        }

        @Override
        public LaunchSources launchSources() {
            work.run();
            throw new AssertionError("the work is never done");
        }

        @Override
        public StackAnswers stackAnswers() {
            return (URI to, byte[] answer) -> answers.add(new String(answer, StandardCharsets.UTF_8));
        }

        @Override
        public Within within() {
            return Within.ownThreads();
        }

        @Override
        public void complain(String message) {
            complaints.add(message);
        }
    }

    private interface Maker extends Function<Supplier<StackHooks>, RequestStreamHandler> {}

    static Stream<Arguments> handlers() {
        Maker rule = hooks -> new TrafficRuleHandler(hooks);
        Maker version = hooks -> new LaunchVersionHandler(hooks);
        return Stream.of(
                Arguments.of(rule, "cloudformation-create.json", TrafficRuleHandler.NOT_MADE),
                Arguments.of(version, "cloudformation-launch-version-create.json", LaunchVersionHandler.NOT_MADE),
                Arguments.of(
                        version,
                        "cloudformation-launch-version-update.json",
                        "launch-version-of-greenlight-checkout-a"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("handlers")
    void work_that_outlasts_the_functions_time_is_given_up_and_answered_as_failed(
            Maker handler, String event, String id) throws Exception {
        Stuck world = new Stuck();

        call(handler.apply(() -> world), event, KEPT_BACK.plus(A_MOMENT));

        assertThat(world.answers)
                .singleElement()
                .asString()
                .contains(
                        "\"Status\":\"FAILED\"",
                        "time was over before its work was",
                        "\"PhysicalResourceId\":\"" + id + "\"");
        assertThat(world.complaints).singleElement().asString().contains("time was over");
        // The work itself is told to stop; a rule that is written after its failure was told would be nobody's.
        assertThat(world.ended.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("handlers")
    void a_process_that_is_dying_answers_all_the_same(Maker handler, String event, String id) throws Exception {
        Stuck world = new Stuck(new OutOfMemoryError("as a test wants it"));

        call(handler.apply(() -> world), event, Duration.ofMinutes(2));

        assertThat(world.answers).singleElement().asString().contains("FAILED", "unexpected OutOfMemoryError", id);
    }

    @Test
    void hooks_that_cannot_be_made_are_answered_as_failed() throws Exception {
        Stuck world = new Stuck();
        Supplier<StackHooks> broken = () -> {
            throw new NoClassDefFoundError("as a test wants it");
        };

        call(
                new LaunchVersionHandler(broken, world::stackAnswers),
                "cloudformation-launch-version-update.json",
                Duration.ofMinutes(2));

        assertThat(world.answers).singleElement().asString().contains("FAILED", "unexpected NoClassDefFoundError");
    }

    @Test
    void a_caller_who_is_interrupted_is_answered_and_stays_interrupted() throws Exception {
        Stuck world = new Stuck();
        Thread.currentThread().interrupt();

        call(new TrafficRuleHandler(() -> world), "cloudformation-create.json", Duration.ofMinutes(2));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(world.answers).singleElement().asString().contains("FAILED", "interrupted");
    }

    private static void call(RequestStreamHandler handler, String event, Duration remaining) throws IOException {
        handler.handleRequest(
                new ByteArrayInputStream(EventFiles.bytes(event)),
                new ByteArrayOutputStream(),
                new FakeContext(remaining));
    }
}
