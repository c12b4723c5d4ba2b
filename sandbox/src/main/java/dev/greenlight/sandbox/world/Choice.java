package dev.greenlight.sandbox.world;

import java.time.Duration;
import java.util.Optional;

/** Where one request goes. */
public sealed interface Choice {

    /**
     * To a target.
     *
     * @param cookie to be set on the answer, when the rule's group stickiness is on and the request had no valid cookie
     */
    record Target(String instanceId, String targetGroupArn, Optional<Cookie> cookie) implements Choice {}

    /** To nobody: the load balancer answers by itself, as the rule says. */
    record Fixed(int status, String contentType, String body) implements Choice {}

    /** To nobody: the chosen target group has no target to send it to, and the load balancer answers 503. */
    record NoTarget(int status, String targetGroupArn) implements Choice {}

    /** A cookie of the load balancer. */
    record Cookie(String name, String value, Duration maxAge) {}
}
