package dev.greenlight.sandbox.world;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the load balancer looks at when it routes one request.
 *
 * @param host the host name without the port
 * @param path the path without the query
 * @param headers by name; looked up without regard to case
 */
public record Request(String method, String host, String path, Map<String, List<String>> headers) {

    /** The cookie that remembers the target group (user guide, "Sticky sessions for your Application Load Balancer"). */
    public static final String STICKINESS_COOKIE = "AWSALBTG";

    public Request {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = copy;
        host = host.toLowerCase(Locale.ROOT);
    }

    /** A GET without headers. */
    public static Request get(String host, String path) {
        return new Request("GET", host, path, Map.of());
    }

    /** The same request with one more header. */
    public Request with(String header, String value) {
        Map<String, List<String>> more = new TreeMap<>(headers);
        more.put(header, List.of(value));
        return new Request(method, host, path, more);
    }

    List<String> header(String name) {
        return headers.getOrDefault(name, List.of());
    }

    Optional<String> cookie(String name) {
        return header("Cookie").stream()
                .flatMap(line -> List.of(line.split(";")).stream())
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }
}
