package dev.greenlight.sandbox.http;

import dev.greenlight.sandbox.world.Choice;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;

/** One request on its way to one target; reports its end to the world exactly once. */
final class Exchange {

    private static final String ATTRIBUTE = Exchange.class.getName();

    private final Routing routing;
    private final Choice choice;
    private final HttpURI target;
    private final long startedNanos = System.nanoTime();
    private final AtomicBoolean reported = new AtomicBoolean();

    private Exchange(Routing routing, Choice choice, HttpURI target) {
        this.routing = routing;
        this.choice = choice;
        this.target = target;
    }

    /** Notes on the request that it goes to this port of 127.0.0.1. */
    static void begin(Routing routing, Choice choice, Request request, int port) {
        HttpURI target = HttpURI.build(request.getHttpURI())
                .scheme("http")
                .authority("127.0.0.1", port)
                .asImmutable();
        request.setAttribute(ATTRIBUTE, new Exchange(routing, choice, target));
    }

    static Exchange of(Request request) {
        return (Exchange) request.getAttribute(ATTRIBUTE);
    }

    HttpURI target() {
        return target;
    }

    /** The target answered with this status. */
    void answered(int status) {
        report(status, false);
    }

    /** The target did not answer, and the load balancer does it with this status. */
    void failed(int status) {
        report(status, true);
    }

    private void report(int status, boolean elbError) {
        if (reported.compareAndSet(false, true)) {
            routing.answered(choice, status, Duration.ofNanos(System.nanoTime() - startedNanos), elbError);
        }
    }
}
