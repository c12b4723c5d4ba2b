package dev.greenlight.sandbox.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.fault.Faults;
import dev.greenlight.sandbox.fault.SandboxCrash;
import dev.greenlight.sandbox.lambda.Deliveries.Plan;
import dev.greenlight.sandbox.world.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

class SimulatedLambdaTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SandboxClock clock = SandboxClock.ticked(START);
    private final Faults faults = new Faults(clock);
    private final SimulatedLambda lambda =
            new SimulatedLambda(clock, Account.example(), faults, Threads.callers(clock));
    private final List<String> seen = new ArrayList<>();

    private void register(String name, RequestStreamHandler handler) {
        lambda.register(Function.named(name, MINUTE), () -> handler);
    }

    private void registerRecorder(String name) {
        register(name, (in, out, context) -> seen.add(new String(in.readAllBytes(), UTF_8)));
    }

    private static byte[] json(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void a_function_is_invoked_with_its_payload_and_answers() {
        register("echo", (in, out, context) -> {
            context.getLogger().log("by logger");
            System.out.println("by standard output for " + context.getFunctionName());
            in.transferTo(out);
        });

        Invocation invocation = lambda.invoke(lambda.arn("echo"), json("{\"a\":1}"));

        assertThat(invocation.text()).isEqualTo("{\"a\":1}");
        assertThat(invocation.succeeded()).isTrue();
        assertThat(invocation.log()).containsExactly("by logger", "by standard output for echo");
        assertThat(lambda.invocations()).containsExactly(invocation);
    }

    @Test
    void the_time_that_is_left_is_that_of_the_clock() {
        register("clock", (in, out, context) -> out.write(json(Integer.toString(context.getRemainingTimeInMillis()))));

        assertThat(lambda.invoke("clock", json("{}")).text()).isEqualTo("60000");
    }

    @Test
    void an_exception_is_a_function_error() {
        register("broken", (in, out, context) -> {
            throw new IllegalStateException("no");
        });

        Invocation invocation = lambda.invoke("broken", json("{}"));

        assertThat(invocation.error()).hasValue("Unhandled");
        assertThat(invocation.text())
                .isEqualTo("{\"errorMessage\":\"no\",\"errorType\":\"java.lang.IllegalStateException\"}");
    }

    @Test
    void a_crash_is_a_function_error_and_the_next_invocation_starts_cold() {
        AtomicInteger coldStarts = new AtomicInteger();
        lambda.register(Function.named("fragile", MINUTE), () -> {
            int number = coldStarts.incrementAndGet();
            return (in, out, context) -> {
                if (number == 1) {
                    throw new SandboxCrash("here");
                }
            };
        });

        assertThat(lambda.invoke("fragile", json("{}")).error()).hasValue("Unhandled");
        assertThat(lambda.invoke("fragile", json("{}")).succeeded()).isTrue();
        assertThat(lambda.invoke("fragile", json("{}")).succeeded()).isTrue();
        assertThat(coldStarts).hasValue(2);
    }

    @Test
    void each_invocation_labels_its_calls() {
        register("caller", (in, out, context) -> seen.add(faults.invocationLabel()));

        Invocation invocation = lambda.invoke("caller", json("{}"));

        assertThat(seen).containsExactly(invocation.label());
        assertThat(faults.invocationLabel()).isEmpty();
    }

    @Test
    void a_function_that_invokes_another_keeps_its_own_log() {
        register("inner", (in, out, context) -> System.out.println("inner"));
        register("outer", (in, out, context) -> {
            System.out.println("before");
            lambda.invoke("inner", json("{}"));
            System.out.println("after");
        });

        assertThat(lambda.invoke("outer", json("{}")).log()).containsExactly("before", "after");
        assertThat(lambda.invocations().getFirst().log()).containsExactly("inner");
    }

    @Test
    void an_unknown_function_is_not_found() {
        assertThatThrownBy(() -> lambda.invokeAsync("nobody", json("{}")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("function:nobody");
    }

    @Test
    void an_asynchronous_event_that_fails_is_tried_after_one_and_two_more_minutes() {
        List<Instant> attempts = new ArrayList<>();
        register("broken", (in, out, context) -> {
            attempts.add(clock.instant());
            throw new IllegalStateException("no");
        });

        lambda.invokeAsync("broken", json("{}"));
        clock.advance(Duration.ofHours(1));

        assertThat(attempts).containsExactly(START, START.plus(MINUTE), START.plus(MINUTE.multipliedBy(3)));
        assertThat(lambda.invocations()).extracting(Invocation::attempt).containsExactly(1, 2, 3);
        assertThat(lambda.invocations())
                .extracting(Invocation::requestId)
                .containsOnly(lambda.invocations().getFirst().requestId());
    }

    @Test
    void what_failed_for_good_goes_to_the_failure_destination_with_its_payload() throws Exception {
        registerRecorder("guardian");
        lambda.register(Function.named("broken", MINUTE).onFailure("guardian"), () -> (in, out, context) -> {
            throw new IllegalStateException("no");
        });

        lambda.invokeAsync("broken", json("{\"job\":7}"));
        clock.advance(Duration.ofHours(1));

        JsonNode record = new ObjectMapper().readTree(seen.getFirst());
        assertThat(seen).hasSize(1);
        assertThat(record.at("/version").asText()).isEqualTo("1.0");
        assertThat(record.at("/requestContext/condition").asText()).isEqualTo("RetriesExhausted");
        assertThat(record.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(3);
        assertThat(record.at("/requestContext/functionArn").asText())
                .isEqualTo("arn:aws:lambda:ap-northeast-2:123456789012:function:broken:$LATEST");
        assertThat(record.at("/requestPayload/job").asInt()).isEqualTo(7);
        assertThat(record.at("/responseContext/functionError").asText()).isEqualTo("Unhandled");
        assertThat(record.at("/responsePayload/errorMessage").asText()).isEqualTo("no");
    }

    @Test
    void without_retries_the_first_failure_is_for_good() {
        registerRecorder("guardian");
        lambda.register(Function.named("broken", MINUTE).onFailure("guardian").retries(0), () -> (in, out, context) -> {
            throw new IllegalStateException("no");
        });

        lambda.invokeAsync("broken", json("{}"));
        clock.advance(Duration.ZERO);

        assertThat(seen).hasSize(1);
    }

    @Test
    void deliveries_can_be_doubled_delayed_and_swapped_but_not_lost() {
        registerRecorder("recorder");

        lambda.deliveries().plan(Plan.twice(MINUTE));
        lambda.invokeAsync("recorder", json("1"));
        clock.advance(MINUTE);
        lambda.deliveries().plan(Plan.late(MINUTE));
        lambda.invokeAsync("recorder", json("2"));
        clock.advance(Duration.ofSeconds(59));
        assertThat(seen).containsExactly("1", "1");
        clock.advance(Duration.ofSeconds(1));
        lambda.deliveries().plan(Plan.swapped(MINUTE));
        lambda.invokeAsync("recorder", json("3"));
        lambda.invokeAsync("recorder", json("4"));
        clock.advance(MINUTE);

        assertThat(seen).containsExactly("1", "1", "2", "4", "3");
        lambda.deliveries().plan(Plan.lost());
        assertThatThrownBy(() -> lambda.invokeAsync("recorder", json("5"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_client_invokes_both_ways() {
        registerRecorder("recorder");
        register("broken", (in, out, context) -> {
            throw new IllegalStateException("no");
        });
        try (LambdaClient client = new SimulatedLambdaClient(lambda)) {
            assertThat(client.invoke(r -> r.functionName("recorder").invocationType(InvocationType.EVENT))
                            .statusCode())
                    .isEqualTo(202);
            assertThat(seen).isEmpty();
            clock.advance(Duration.ZERO);
            assertThat(seen).containsExactly("{}");
            assertThat(client.invoke(r -> r.functionName("broken")).functionError())
                    .isEqualTo("Unhandled");
        }
    }

    @Test
    void on_wall_time_a_function_that_overstays_is_stopped() throws InterruptedException {
        try (SandboxClock wall = SandboxClock.wall(START, 60)) {
            SimulatedLambda patient = new SimulatedLambda(wall, Account.example(), new Faults(wall), Threads.own());
            CountDownLatch interrupted = new CountDownLatch(1);
            patient.register(Function.named("slow", Duration.ofMillis(200)), () -> (in, out, context) -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            });

            Invocation invocation = patient.invoke("slow", json("{}"));

            assertThat(invocation.text()).contains("Task timed out after 0.20 seconds");
            interrupted.await();
        }
    }
}
