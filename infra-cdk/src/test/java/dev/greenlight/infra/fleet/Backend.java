package dev.greenlight.infra.fleet;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A web server on loopback that remembers what it was asked. */
final class Backend implements AutoCloseable {

    /** A request as it arrived. */
    record Asked(String method, String target, Headers headers, String body) {
        String header(String name) {
            return headers.getFirst(name);
        }
    }

    private final HttpServer server;
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

    private Backend(HttpServer server) {
        this.server = server;
    }

    /** @param answer the status, decided when the request is there; it may take its time */
    static Backend start(String body, Function<Asked, Integer> answer) throws IOException {
        return on(HttpServer.create(loopback(), 1_024), body, answer);
    }

    static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    static Backend on(HttpServer server, String body, Function<Asked, Integer> answer) {
        Backend backend = new Backend(server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> backend.answer(exchange, body, answer));
        server.start();
        return backend;
    }

    private void answer(HttpExchange exchange, String body, Function<Asked, Integer> answer) throws IOException {
        Asked request = new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        asked.add(request);
        int status = answer.apply(request);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean bare = status == 204 || request.method().equals("HEAD");
        exchange.getResponseHeaders().set("Server", body);
        exchange.sendResponseHeaders(status, bare ? -1 : bytes.length);
        if (!bare) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The next request that it got; fails the test if none comes. */
    Asked next() throws InterruptedException {
        Asked next = asked.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nobody asks");
        }
        return next;
    }

    /** Asks for it again and again until it is asked itself: the first handshakes of a server take their time. */
    Asked nextOf(Runnable question) throws InterruptedException {
        for (int i = 0; i < 40; i++) {
            question.run();
            Asked next = asked.poll(500, TimeUnit.MILLISECONDS);
            if (next != null) {
                return next;
            }
        }
        throw new AssertionError("nobody asks");
    }

    /** What it was asked so far, and nobody has looked at. */
    List<Asked> rest() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
