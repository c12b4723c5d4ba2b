package dev.greenlight.sandbox.load;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much load, where to, and where it ends whatever happens.
 *
 * @param port the port on 127.0.0.1; no other host can be loaded
 * @param paths asked in turn
 * @param headers sent with each request, {@code Host} among them if a rule asks for one
 * @param requestsPerSecond the rate, kept whether or not answers come
 * @param concurrencyAtMost requests under way at the same time; one that finds no place waits, and its latency counts
 * @param requestsAtMost after this many the load ends
 * @param lastsAtMost after this wall time the load ends
 * @param timeout from the sending of a request to the end of its answer
 */
public record LoadPlan(
        int port,
        List<String> paths,
        Map<String, String> headers,
        int requestsPerSecond,
        int concurrencyAtMost,
        long requestsAtMost,
        Duration lastsAtMost,
        Duration timeout) {

    private static final int FASTEST = 1000;

    public LoadPlan {
        paths = List.copyOf(paths);
        headers = Map.copyOf(headers);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("no port: " + port);
        }
        if (paths.isEmpty() || paths.stream().anyMatch(path -> !path.startsWith("/"))) {
            throw new IllegalArgumentException("paths start with /, and there is one at least: " + paths);
        }
        if (requestsPerSecond < 1 || requestsPerSecond > FASTEST) {
            throw new IllegalArgumentException(
                    "requests per second not within 1.." + FASTEST + ": " + requestsPerSecond);
        }
        if (concurrencyAtMost < 1 || requestsAtMost < 1) {
            throw new IllegalArgumentException("a bound below 1: " + concurrencyAtMost + ", " + requestsAtMost);
        }
        if (!lastsAtMost.isPositive() || !timeout.isPositive()) {
            throw new IllegalArgumentException("a duration that is not positive: " + lastsAtMost + ", " + timeout);
        }
        headers.forEach((name, value) -> {
            if ((name + value).chars().anyMatch(c -> c == '\r' || c == '\n')) {
                throw new IllegalArgumentException("a line break in the header " + name);
            }
        });
    }

    /** Steady load on {@code /checkout}: at most 64 at a time, five minutes and 60,000 requests, 10 s for each answer. */
    public static LoadPlan steady(int port, int requestsPerSecond) {
        return new LoadPlan(
                port,
                List.of("/checkout"),
                Map.of(),
                requestsPerSecond,
                64,
                60_000,
                Duration.ofMinutes(5),
                Duration.ofSeconds(10));
    }

    /** The same load on another port. */
    public LoadPlan to(int otherPort) {
        return new LoadPlan(
                otherPort, paths, headers, requestsPerSecond, concurrencyAtMost, requestsAtMost, lastsAtMost, timeout);
    }

    /** The same load with one header more. */
    public LoadPlan header(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new LoadPlan(
                port, paths, more, requestsPerSecond, concurrencyAtMost, requestsAtMost, lastsAtMost, timeout);
    }

    /** The same load on other paths, asked in turn. */
    public LoadPlan on(String... others) {
        return new LoadPlan(
                port,
                List.of(others),
                headers,
                requestsPerSecond,
                concurrencyAtMost,
                requestsAtMost,
                lastsAtMost,
                timeout);
    }

    /** The same load, ending after this many requests. */
    public LoadPlan ending(long requests) {
        return new LoadPlan(port, paths, headers, requestsPerSecond, concurrencyAtMost, requests, lastsAtMost, timeout);
    }

    /** The same load with another time limit for each answer. */
    public LoadPlan timeout(Duration other) {
        return new LoadPlan(
                port, paths, headers, requestsPerSecond, concurrencyAtMost, requestsAtMost, lastsAtMost, other);
    }
}
