package dev.greenlight.sandbox.http;

import dev.greenlight.sandbox.load.OneShot;
import dev.greenlight.sandbox.world.Choice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The load balancer's request path: choose, forward once, answer.
 *
 * <p>A request is written to one target at most. A target that refuses or breaks the connection gives 502, one that is too
 * slow 504, a group without targets 503 (Application Load Balancers guide, "Troubleshoot your Application Load Balancers").
 */
final class Balancer extends ProxyHandler.Reverse {

    /** Fewer than the 200 idle connections that an instance's server keeps, for the reason of {@link HttpSettings#IDLE_CONNECTION}. */
    private static final int MOST_CONNECTIONS_TO_A_TARGET = 128;

    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** How long a copy waits for its answer, which nobody gets. */
    private static final Duration COPY = Duration.ofSeconds(10);

    private final Routing routing;
    private final HttpSettings settings;

    Balancer(Routing routing, HttpSettings settings) {
        super(request -> Exchange.of(request).target());
        this.routing = routing;
        this.settings = settings;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Optional<Choice> choice = routing.choose(asked(request));
        if (choice.isEmpty()) {
            answer(request, response, callback, 503, "text/html", page(503));
            return true;
        }
        switch (choice.get()) {
            case Choice.Fixed fixed -> {
                routing.answered(fixed, fixed.status(), Duration.ZERO, false);
                answer(request, response, callback, fixed.status(), fixed.contentType(), fixed.body());
            }
            case Choice.NoTarget none -> {
                routing.answered(none, none.status(), Duration.ZERO, true);
                answer(request, response, callback, none.status(), "text/html", page(none.status()));
            }
            case Choice.Target target -> forward(target, request, response, callback);
        }
        return true;
    }

    private void forward(Choice.Target target, Request request, Response response, Callback callback) {
        OptionalInt port = routing.port(target.instanceId());
        if (port.isEmpty()) {
            // Nothing listens there any more. Its old port is not tried: by now it may be another instance's.
            routing.answered(target, 502, Duration.ZERO, true);
            answer(request, response, callback, 502, "text/html", page(502));
            return;
        }
        copy(request);
        Exchange.begin(routing, target, request, port.getAsInt());
        target.cookie().ifPresent(cookie -> setCookies(response, cookie));
        super.handle(request, response, callback);
    }

    /** What the instance's own nginx does: it sends a copy back to where the request came from, and waits for nobody. */
    private void copy(Request request) {
        routing.copyOf(asked(request)).ifPresent(copy -> {
            Map<String, String> headers = new HashMap<>();
            copy.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            headers.put("Host", copy.host());
            headers.remove("Connection");
            int door = Request.getLocalPort(request);
            String target = request.getHttpURI().getPathQuery();
            Thread.ofVirtual().name("copy of a request").start(() -> OneShot.get(door, target, headers, COPY));
        });
    }

    /** The second cookie serves cross-origin requests (user guide, "Sticky sessions for your Application Load Balancer"). */
    private static void setCookies(Response response, Choice.Cookie cookie) {
        String rest = "=" + cookie.value() + "; Max-Age=" + cookie.maxAge().toSeconds() + "; Path=/";
        response.getHeaders().add(HttpHeader.SET_COOKIE, cookie.name() + rest);
        response.getHeaders().add(HttpHeader.SET_COOKIE, cookie.name() + "CORS" + rest + "; SameSite=None; Secure");
    }

    private static dev.greenlight.sandbox.world.Request asked(Request request) {
        Map<String, List<String>> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.computeIfAbsent(field.getName(), name -> new ArrayList<>()).add(field.getValue());
        }
        return new dev.greenlight.sandbox.world.Request(
                request.getMethod(),
                Request.getServerName(request),
                request.getHttpURI().getPath(),
                Optional.ofNullable(request.getHttpURI().getQuery()).orElse(""),
                headers,
                Request.getRemoteAddr(request));
    }

    @Override
    protected HttpClient newHttpClient() {
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setExecutor(getServer().getThreadPool());
        connector.setScheduler(getServer().getScheduler());
        connector.setByteBufferPool(getServer().getByteBufferPool());
        return new HttpClient(new HttpClientTransportOverHTTP(connector));
    }

    @Override
    protected void configureHttpClient(HttpClient client) {
        super.configureHttpClient(client);
        client.setConnectTimeout(CONNECT.toMillis());
        client.setIdleTimeout(HttpSettings.IDLE_CONNECTION.toMillis());
        client.setMaxConnectionsPerDestination(MOST_CONNECTIONS_TO_A_TARGET);
        client.setUserAgentField(null);
    }

    /** What this load balancer adds is {@code X-Forwarded-*}, not {@code Via} and {@code Forwarded}. */
    @Override
    protected void addProxyHeaders(Request request, org.eclipse.jetty.client.Request toTarget) {
        toTarget.headers(headers -> headers.add("X-Forwarded-For", Request.getRemoteAddr(request))
                .put("X-Forwarded-Proto", "http")
                .put("X-Forwarded-Port", String.valueOf(Request.getLocalPort(request))));
    }

    @Override
    protected void sendProxyToServerRequest(
            Request request, org.eclipse.jetty.client.Request toTarget, Response response, Callback callback) {
        toTarget.timeout(settings.targetTimeout().toMillis(), TimeUnit.MILLISECONDS);
        // TargetResponseTime ends with the head of the answer; from there on the answer counts as the target's.
        toTarget.onResponseHeaders(head -> Exchange.of(request).answered(head.getStatus()));
        super.sendProxyToServerRequest(request, toTarget, response, callback);
    }

    @Override
    protected void onServerToProxyResponseFailure(
            Request request,
            org.eclipse.jetty.client.Request toTarget,
            org.eclipse.jetty.client.Response fromTarget,
            Response response,
            Callback callback,
            Throwable failure) {
        int status = failure instanceof TimeoutException ? 504 : 502;
        Exchange.of(request).failed(status);
        if (response.isCommitted()) {
            callback.failed(failure); // the client has the head already; all that is left is to break off
        } else {
            response.reset();
            answer(request, response, callback, status, "text/html", page(status));
        }
    }

    private static void answer(
            Request request, Response response, Callback callback, int status, String contentType, String body) {
        // A body that nobody will read would otherwise hold the client's connection.
        if (!request.consumeAvailable()) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.SERVER, "awselb/2.0");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        Content.Sink.write(response, true, body, callback);
    }

    private static String page(int status) {
        String title = switch (status) {
            case 502 -> "502 Bad Gateway";
            case 504 -> "504 Gateway Time-out";
            default -> "503 Service Temporarily Unavailable";
        };
        return "<html><head><title>" + title + "</title></head><body><h1>" + title + "</h1></body></html>\n";
    }
}
