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
 * @param query as it was sent, without the question mark; empty where there is none
 * @param headers by name; looked up without regard to case
 * @param source the address that the connection comes from
 */
public record Request(
        String method, String host, String path, String query, Map<String, List<String>> headers, String source) {

    /** Whom nobody told apart: an address for documentation (RFC 5737). */
    private static final String ANYBODY = "192.0.2.1";

    /** The cookie that remembers the target group (user guide, "Sticky sessions for your Application Load Balancer"). */
    public static final String STICKINESS_COOKIE = "AWSALBTG";

    public Request {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = copy;
        host = host.toLowerCase(Locale.ROOT);
    }

    /** A GET without headers. @param target the path, perhaps with a query behind it */
    public static Request get(String host, String target) {
        int mark = target.indexOf('?');
        return mark < 0
                ? new Request("GET", host, target, "", Map.of(), ANYBODY)
                : new Request("GET", host, target.substring(0, mark), target.substring(mark + 1), Map.of(), ANYBODY);
    }

    /** The same request with another query. */
    public Request asking(String other) {
        return new Request(method, host, path, other, headers, source);
    }

    /** The same request from another address. */
    public Request from(String address) {
        return new Request(method, host, path, query, headers, address);
    }

    /** The same request with one more header. */
    public Request with(String header, String value) {
        Map<String, List<String>> more = new TreeMap<>(headers);
        more.put(header, List.of(value));
        return new Request(method, host, path, query, more, source);
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
