package dev.greenlight.adapter.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lambda's side of one execution environment, on loopback. Follows "Using the Lambda runtime API for custom runtimes"; a
 * snapshot's {@code restore/next} is answered at once, as if no time had passed.
 */
final class RuntimeApi implements AutoCloseable {

    /** What Lambda shows of an invocation. */
    sealed interface Outcome {
        /** The function returned. */
        record Answered(String body) implements Outcome {}

        /** The function threw. */
        record Failed(String type, String body) implements Outcome {}

        /** Its time was over, which ends its process. */
        record TimedOut() implements Outcome {}

        /** Its process ended by itself, or never became ready. */
        record Died(String why) implements Outcome {}
    }

    private static final String ROOT = "/2018-06-01/runtime";

    /** Lambda gives the function its time, and a moment for the answer to arrive. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    /** A process that has not asked for an event by then never will. */
    private static final Duration READY = Duration.ofMinutes(2);

    /** @param taken completes when the process has it: its time begins then, not while the process starts */
    private record Invocation(String id, byte[] event, Duration time, CompletableFuture<String> taken) {}

    private final String functionArn;
    private final HttpServer server;
    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final Map<String, CompletableFuture<Outcome>> outcomes = new ConcurrentHashMap<>();
    private final CompletableFuture<Outcome> ended = new CompletableFuture<>();
    private final AtomicLong restored = new AtomicLong();
    private final AtomicLong number = new AtomicLong();

    RuntimeApi(String functionArn) throws IOException {
        this.functionArn = functionArn;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(ROOT, this::serve);
        server.start();
    }

    /** What {@code AWS_LAMBDA_RUNTIME_API} says. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often the process said that it may be made a snapshot of. */
    long restored() {
        return restored.get();
    }

    /** Invokes the function and waits for what comes of it, for no longer than the function has once it was given the event. */
    Outcome invoke(byte[] event, Duration time) throws InterruptedException {
        String id = "00000000-0000-4000-8000-%012d".formatted(number.incrementAndGet());
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        outcomes.put(id, outcome);
        CompletableFuture<String> taken = new CompletableFuture<>();
        waiting.add(new Invocation(id, event, time, taken));
        try {
            if (first(READY, taken, ended).isEmpty()) {
                return new Outcome.Died("the process asked for no event within " + READY);
            }
            return first(time.plus(MOMENT), outcome, ended)
                    .map(Outcome.class::cast)
                    .orElseGet(Outcome.TimedOut::new);
        } finally {
            outcomes.remove(id);
        }
    }

    /** What the first of them to be complete holds; empty if none is in time. */
    private static Optional<Object> first(Duration time, CompletableFuture<?>... of) throws InterruptedException {
        try {
            return Optional.of(CompletableFuture.anyOf(of).get(time.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Tells whoever waits for an invocation that the process is no more. */
    void processEnded(String why) {
        ended.complete(new Outcome.Died(why));
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(ROOT.length());
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (path) {
                case "/invocation/next" -> next(exchange);
                case "/restore/next" -> {
                    restored.incrementAndGet();
                    exchange.sendResponseHeaders(200, -1);
                }
                case "/init/error", "/restore/error" -> {
                    processEnded(text(body));
                    exchange.sendResponseHeaders(202, -1);
                }
                default -> report(path, exchange, body);
            }
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        try {
            Invocation invocation = waiting.take();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", invocation.id());
            exchange.getResponseHeaders()
                    .set(
                            "Lambda-Runtime-Deadline-Ms",
                            Long.toString(Instant.now().plus(invocation.time()).toEpochMilli()));
            exchange.getResponseHeaders().set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
            exchange.getResponseHeaders()
                    .set("Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0");
            exchange.sendResponseHeaders(200, invocation.event().length == 0 ? -1 : invocation.event().length);
            exchange.getResponseBody().write(invocation.event());
            invocation.taken().complete(invocation.id());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(String path, HttpExchange exchange, byte[] body) throws IOException {
        String[] parts = path.split("/");
        CompletableFuture<Outcome> outcome = parts.length == 4 ? outcomes.get(parts[2]) : null;
        if (outcome == null) {
            exchange.sendResponseHeaders(400, -1);
            return;
        }
        exchange.sendResponseHeaders(202, -1);
        String type = exchange.getRequestHeaders().getFirst("Lambda-Runtime-Function-Error-Type");
        outcome.complete(
                parts[3].equals("error") ? new Outcome.Failed(type, text(body)) : new Outcome.Answered(text(body)));
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
