package dev.greenlight.sandbox.world;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The cookie of group stickiness: it names a target group and an end. As long as the rule lists that group, it outranks the
 * weights, also a weight of 0 (user guide, "Sticky sessions for your Application Load Balancer").
 */
final class GroupCookie {

    private GroupCookie() {}

    static Choice.Cookie naming(String targetGroupArn, Duration length, Instant now) {
        String text = targetGroupArn + "|" + now.plus(length).getEpochSecond();
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return new Choice.Cookie(Request.STICKINESS_COOKIE, value, length);
    }

    /** The group that the request's cookie names, if the rule still lists it and the cookie is not over. */
    static Optional<String> group(Request request, Action.Forward forward, Instant now) {
        return request.cookie(Request.STICKINESS_COOKIE)
                .flatMap(GroupCookie::read)
                .filter(content -> content.end().isAfter(now))
                .map(Content::targetGroupArn)
                .filter(forward.weights()::containsKey);
    }

    private static Optional<Content> read(String value) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
            int bar = text.lastIndexOf('|');
            return bar < 0
                    ? Optional.empty()
                    : Optional.of(new Content(
                            text.substring(0, bar), Instant.ofEpochSecond(Long.parseLong(text.substring(bar + 1)))));
        } catch (IllegalArgumentException foreign) {
            // A cookie that the load balancer did not make is no cookie.
            return Optional.empty();
        }
    }

    private record Content(String targetGroupArn, Instant end) {}
}
