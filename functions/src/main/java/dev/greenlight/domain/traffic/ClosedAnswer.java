package dev.greenlight.domain.traffic;

import java.util.List;

/**
 * What the production rule answers by itself, with status 503, while a service is closed. A load balancer can say no more than this, so
 * there is no {@code Retry-After}. Follows "Action types for listener rules" and FixedResponseActionConfig.
 *
 * @param contentType one of {@link #TYPES}
 * @param body at most {@value #LONGEST} bytes
 */
public record ClosedAnswer(String contentType, String body) {

    /** The content types that a load balancer's own answer can have. */
    public static final List<String> TYPES =
            List.of("text/plain", "text/html", "application/json", "text/css", "application/javascript");

    /** The most bytes of its body. */
    public static final int LONGEST = 1_024;

    /** What is said where nobody says anything else. */
    public static final ClosedAnswer USUAL =
            new ClosedAnswer(TYPES.getFirst(), "This service is back in a few minutes.");

    public ClosedAnswer {
        if (!TYPES.contains(contentType)) {
            throw new IllegalArgumentException(contentType + " is not one of: " + String.join(", ", TYPES));
        }
        int length = body.codePoints().map(ClosedAnswer::bytes).sum();
        if (length > LONGEST) {
            throw new IllegalArgumentException(
                    "%d bytes: a load balancer's own answer has %d at most".formatted(length, LONGEST));
        }
    }

    /** How many bytes a character has in UTF-8. */
    private static int bytes(int character) {
        return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }
}
