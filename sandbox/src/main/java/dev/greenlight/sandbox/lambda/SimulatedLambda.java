package dev.greenlight.sandbox.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.fault.Faults;
import dev.greenlight.sandbox.fault.SandboxCrash;
import dev.greenlight.sandbox.fault.ServiceErrors;
import dev.greenlight.sandbox.lambda.Deliveries.Delivery;
import dev.greenlight.sandbox.world.Account;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * Lambda: runs the deployed handlers unchanged, synchronously or from the queue of asynchronous events.
 *
 * <p>Follows the pages "Invoking a function asynchronously", "How Lambda handles errors and retries with asynchronous invocation" and
 * "Capturing records of Lambda asynchronous invocations": a failed event is tried again after one and after two more minutes, then a record
 * of it, with its payload, goes to the failure destination. A handler that failed is not used again, others stay
 * warm; one handler has one invocation at a time.
 */
public final class SimulatedLambda {

    private static final List<Duration> BACKOFF = List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SandboxClock clock;
    private final Account account;
    private final Faults faults;
    private final Threads threads;
    private final Map<String, Environments> functions = new ConcurrentHashMap<>();
    private final Deliveries deliveries = Deliveries.atLeastOnce();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final List<Invocation> invocations = new CopyOnWriteArrayList<>();
    private final List<Consumer<Invocation>> listeners = new CopyOnWriteArrayList<>();

    /** One event in the queue. */
    private record Queued(Function function, String requestId, byte[] payload) {}

    public SimulatedLambda(SandboxClock clock, Account account, Faults faults, Threads threads) {
        this.clock = clock;
        this.account = account;
        this.faults = faults;
        this.threads = threads;
    }

    /** Deploys a function; the supplier makes a handler for each cold start. A function of the same name is replaced. */
    public void register(Function function, Supplier<? extends RequestStreamHandler> handlers) {
        functions.put(function.name(), new Environments(function, handlers));
    }

    /** Removes a function; what waits in its queue finds nobody. */
    public void remove(String function) {
        functions.remove(name(function));
    }

    /** Sets what becomes of an asynchronous event that fails: so many retries, then a record to the function that the ARN names. */
    public void onFailure(String function, int retries, String destination) {
        Environments known = environments(function);
        functions.put(
                known.function().name(),
                known.with(known.function().retries(retries).onFailure(destination)));
    }

    /** How asynchronous events are delivered; at least once, whatever the plan. */
    public Deliveries deliveries() {
        return deliveries;
    }

    /** All invocations that are over, in the order in which they ended. */
    public List<Invocation> invocations() {
        return List.copyOf(invocations);
    }

    /** Tells the listener of each invocation when it is over. */
    public void onInvocation(Consumer<Invocation> listener) {
        listeners.add(listener);
    }

    /** The function's ARN. */
    public String arn(String function) {
        return account.arn("lambda", "function:" + name(function));
    }

    /**
     * Invokes a function and waits for it. An error of the function is an outcome, not an exception.
     *
     * @param function its name or its ARN
     * @throws ResourceNotFoundException when there is no such function
     */
    public Invocation invoke(String function, byte[] payload) {
        return run(environments(function), requestId(), 1, payload);
    }

    /**
     * Puts an event into the function's queue and returns.
     *
     * @param function its name or its ARN
     * @throws ResourceNotFoundException when there is no such function
     */
    public void invokeAsync(String function, byte[] payload) {
        Queued event = new Queued(environments(function).function(), requestId(), payload.clone());
        Delivery delivery = new Delivery(
                event.function().name(), events.getAndIncrement(), new String(payload, StandardCharsets.UTF_8));
        for (Duration delay : deliveries.delays(delivery)) {
            clock.after(delay, "event for " + delivery.to(), () -> threads.execute(() -> attempt(event, 1)));
        }
    }

    private void attempt(Queued event, int attempt) {
        Invocation invocation = run(environments(event.function().name()), event.requestId(), attempt, event.payload());
        if (invocation.succeeded()) {
            return;
        }
        if (attempt <= event.function().retries()) {
            clock.after(
                    BACKOFF.get(attempt - 1),
                    "retry of " + event.function().name(),
                    () -> threads.execute(() -> attempt(event, attempt + 1)));
        } else {
            event.function()
                    .onFailure()
                    .ifPresent(destination -> invokeAsync(destination, failureRecord(event, invocation)));
        }
    }

    private Invocation run(Environments environments, String requestId, int attempt, byte[] payload) {
        Function function = environments.function();
        String label = function.name() + " " + requestId + " #" + attempt;
        Instant started = clock.instant();
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        InvocationContext context = new InvocationContext(
                function,
                arn(function.name()),
                requestId,
                threads.stopwatch(),
                threads.stopwatch().instant().plus(function.timeout()),
                log);
        AtomicReference<Outcome> outcome = new AtomicReference<>();
        boolean ended = threads.runWithin(
                function.timeout(), () -> outcome.set(execute(environments, label, payload, context)));
        Outcome known = ended ? outcome.get() : Outcome.timedOut(function.timeout());
        Invocation invocation = new Invocation(
                function.name(),
                requestId,
                attempt,
                label,
                started,
                clock.instant(),
                log.toString(StandardCharsets.UTF_8).lines().toList(),
                known.payload(),
                known.error());
        invocations.add(invocation);
        listeners.forEach(listener -> listener.accept(invocation));
        return invocation;
    }

    /** Runs on the function's thread. Every throwable ends here: a function's crash is the function's. */
    private Outcome execute(Environments environments, String label, byte[] payload, InvocationContext context) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        faults.invocationStarted(label, environments.function().name());
        ByteArrayOutputStream before = Stdout.capture(context.log());
        try {
            RequestStreamHandler handler = environments.take();
            handler.handleRequest(new ByteArrayInputStream(payload), output, context);
            if (faults.invocationCrashed()) {
                // A handler that catches everything and goes on: a dead process would not have.
                return Outcome.failed(new SandboxCrash("and its handler went on"));
            }
            environments.giveBack(handler);
            return new Outcome(output.toByteArray(), Optional.empty());
        } catch (Throwable failure) {
            return Outcome.failed(failure);
        } finally {
            Stdout.restore(before);
            faults.invocationEnded();
        }
    }

    private byte[] failureRecord(Queued event, Invocation last) {
        try {
            return JSON.writeValueAsBytes(Map.of(
                    "version", "1.0",
                    "timestamp", clock.instant().toString(),
                    "requestContext",
                            Map.of(
                                    "requestId",
                                    event.requestId(),
                                    "functionArn",
                                    arn(event.function().name()) + ":$LATEST",
                                    "condition",
                                    "RetriesExhausted",
                                    "approximateInvokeCount",
                                    last.attempt()),
                    "requestPayload", JSON.readTree(event.payload()),
                    "responseContext",
                            Map.of(
                                    "statusCode",
                                    200,
                                    "executedVersion",
                                    "$LATEST",
                                    "functionError",
                                    last.error().orElseThrow()),
                    "responsePayload", JSON.readTree(last.payload())));
        } catch (IOException e) {
            throw new IllegalStateException("Lambda takes JSON only, got something else for " + event.function(), e);
        }
    }

    private Environments environments(String function) {
        return Optional.ofNullable(functions.get(name(function)))
                .orElseThrow(() -> ServiceErrors.named(
                        ResourceNotFoundException.builder(),
                        404,
                        "Function not found: " + account.arn("lambda", "function:" + name(function))));
    }

    /** The name in a name, in an ARN, or in either with a version behind it. */
    private static String name(String function) {
        String unqualified = function.startsWith("arn:") ? function.split(":")[6] : function;
        return unqualified.split(":")[0];
    }

    private String requestId() {
        String seed = "request " + requests.getAndIncrement();
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
