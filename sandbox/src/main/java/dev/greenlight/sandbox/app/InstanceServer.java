package dev.greenlight.sandbox.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One instance's web server: it answers with the release that the bundle's scripts installed and started in the
 * instance's directory, and with 503 while nothing runs there.
 *
 * <p>It listens on 127.0.0.1 from boot to death. {@code /}, {@code /health}, {@code /version} and {@code /checkout}
 * exist; each answer of a release carries its version in {@value #VERSION_HEADER}.
 */
public final class InstanceServer implements AutoCloseable {

    /** The response header that names the release that answered. */
    public static final String VERSION_HEADER = "X-App-Version";

    static {
        // Read once, when jdk.httpserver loads: without it Nagle and delayed acknowledgement add 40 ms to an answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private record Answer(int status, String body) {}

    private final InstalledApp installed;
    private final InstantSource wall;
    private final Served served;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Map<String, AtomicLong> seen = new ConcurrentHashMap<>();

    /**
     * Starts to listen on a free port.
     *
     * @param root the instance's directory, where absolute destinations of an appspec.yml are placed
     * @param wall real time, for the startup delay
     * @param served where answers are counted
     */
    public InstanceServer(Path root, InstantSource wall, Served served) {
        this.installed = new InstalledApp(root);
        this.wall = wall;
        this.served = served;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Requests that were received and are not answered yet. */
    public int inFlight() {
        return inFlight.get();
    }

    /** Dies at once: the port refuses, and connections break, also those in the middle of a request. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        inFlight.incrementAndGet();
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            Optional<InstalledApp.Running> running = installed.running();
            Answer answer;
            if (running.isEmpty()) {
                answer = new Answer(503, "nothing is running here\n");
            } else {
                InstalledApp.Running release = running.get();
                answer = answer(release, path);
                exchange.getResponseHeaders().set(VERSION_HEADER, release.version());
                served.count(release.version(), path);
            }
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the instance died while this request was under way: no answer
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private Answer answer(InstalledApp.Running release, String path) throws InterruptedException {
        Behaviour behaviour = release.behaviour();
        if (wall.instant().isBefore(release.startedAt().plus(behaviour.startupDelay()))) {
            return new Answer(503, "starting\n");
        }
        if (path.equals("/health")) {
            return behaviour.healthy() ? new Answer(200, "ok\n") : new Answer(503, "unhealthy\n");
        }
        // This is the release's own slowness, which visitors feel in wall time.
        Thread.sleep(behaviour.latency());
        if (isToFail(release.version(), path, behaviour.errorShare(path))) {
            return new Answer(500, "checkout failed\n");
        }
        return switch (path) {
            case "/" -> new Answer(200, "checkout " + release.version() + "\n");
            case "/version" -> new Answer(200, release.version() + "\n");
            case "/checkout" -> new Answer(200, "order placed\n");
            default -> new Answer(404, "no such page\n");
        };
    }

    /** Spreads the failures evenly: of the first n requests of a path, exactly floor(n x share) fail. */
    private boolean isToFail(String version, String path, double share) {
        if (share == 0) {
            return false;
        }
        long number = seen.computeIfAbsent(version + " " + path, key -> new AtomicLong())
                .incrementAndGet();
        return Math.floor(number * share) > Math.floor((number - 1) * share);
    }
}
