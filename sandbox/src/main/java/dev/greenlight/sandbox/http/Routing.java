package dev.greenlight.sandbox.http;

import dev.greenlight.sandbox.world.Choice;
import dev.greenlight.sandbox.world.Request;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What the load balancer asks the world, request by request. */
interface Routing {

    /** Where the request goes; empty if no rule says. */
    Optional<Choice> choose(Request request);

    /** The port on which the instance listens; empty if nothing does. */
    OptionalInt port(String instanceId);

    /** The copy that the instance sends of a request that it got; empty where it sends none. */
    Optional<Request> copyOf(Request request);

    /** How the request ended; {@code elbError} if the load balancer answered because the target could not. */
    void answered(Choice choice, int status, Duration latency, boolean elbError);
}
