package dev.greenlight.adapter.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The AWS that functions in processes of their own call, on loopback: it takes the answers to pipeline jobs, to CodeDeploy's
 * hooks and to CloudFormation itself, which moto does not know, passes everything else on, and remembers it all.
 */
final class AwsGateway implements AutoCloseable {

    /** What becomes of a call that is not an answer. */
    enum Mood {
        /** It is passed on to moto; where there is none, it is denied. */
        WORKING,
        /** Nothing comes back, ever. */
        SILENT
    }

    /**
     * A call that arrived.
     *
     * @param operation {@code PutJobSuccessResult}, {@code DescribeRules}, or method and path where the service has no names
     */
    record Call(String operation, String body) {}

    private static final String STACKS = "/cloudformation";
    private static final String SESSION = "/session";
    private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=([A-Za-z]+)");
    private static final String DENIED = "{\"__type\":\"AccessDeniedException\",\"message\":\"not here\"}";

    private final Optional<URI> behind;
    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Mood mood = Mood.WORKING;
    private volatile CompletableFuture<Void> silenced = new CompletableFuture<>();

    /** @param behind where calls are passed on to */
    AwsGateway(Optional<URI> behind) throws IOException {
        this.behind = behind;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    URI address() {
        return URI.create("http://" + authority());
    }

    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The event with the address that CloudFormation waits at turned to this gateway; its secret query stays. */
    byte[] answeredHere(byte[] event) {
        String text = new String(event, StandardCharsets.ISO_8859_1);
        return text.replaceAll(
                        "https://cloudformation-custom-resource-response-[^/]*",
                        Matcher.quoteReplacement(address() + STACKS))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Where a function that was restored from a snapshot finds its credentials. */
    String session() {
        return address() + SESSION;
    }

    void mood(Mood next) {
        silenced = new CompletableFuture<>();
        mood = next;
    }

    /** Completes when a call has met silence. */
    CompletableFuture<Void> silencedCall() {
        return silenced;
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The answers that pipeline jobs got. */
    List<Call> jobAnswers() {
        return calls.stream()
                .filter(call -> call.operation().startsWith("PutJob"))
                .toList();
    }

    /** The answers that CloudFormation got. */
    List<Call> stackAnswers() {
        return calls.stream()
                .filter(call -> call.operation().startsWith("PUT " + STACKS))
                .toList();
    }

    void forget() {
        calls.clear();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String operation = operation(exchange, body);
            calls.add(new Call(operation, new String(body, StandardCharsets.UTF_8)));
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith(SESSION)) {
                reply(exchange, 200, credentials());
            } else if (path.startsWith(STACKS) || isAnswer(operation)) {
                reply(exchange, 200, "{}");
            } else if (mood == Mood.SILENT) {
                silenced.complete(null);
                closed.await();
            } else if (behind.isPresent()) {
                pass(exchange, body, behind.get());
            } else {
                reply(exchange, 400, DENIED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isAnswer(String operation) {
        return operation.startsWith("PutJob") || operation.equals("PutLifecycleEventHookExecutionStatus");
    }

    private static String operation(HttpExchange exchange, byte[] body) {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target != null) {
            return target.substring(target.indexOf('.') + 1);
        }
        Matcher action = ACTION.matcher(new String(body, StandardCharsets.UTF_8));
        return action.find()
                ? action.group(1)
                : exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    }

    private static String credentials() {
        return "{\"AccessKeyId\":\"AKIDEXAMPLE\",\"SecretAccessKey\":\"example\",\"Token\":\"example\","
                + "\"Expiration\":\"2099-01-01T00:00:00Z\"}";
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void pass(HttpExchange exchange, byte[] body, URI to) throws IOException {
        HttpURLConnection call = (HttpURLConnection)
                to.resolve(exchange.getRequestURI().toString()).toURL().openConnection();
        call.setRequestMethod(exchange.getRequestMethod());
        for (Map.Entry<String, List<String>> header :
                exchange.getRequestHeaders().entrySet()) {
            header.getValue().forEach(value -> call.addRequestProperty(header.getKey(), value));
        }
        if (body.length > 0) {
            call.setDoOutput(true);
            call.setFixedLengthStreamingMode(body.length);
            call.getOutputStream().write(body);
        }
        int status = call.getResponseCode();
        try (var stream = status < 400 ? call.getInputStream() : call.getErrorStream()) {
            byte[] answer = stream == null ? new byte[0] : stream.readAllBytes();
            String type = call.getContentType();
            if (type != null) {
                exchange.getResponseHeaders().set("Content-Type", type);
            }
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
