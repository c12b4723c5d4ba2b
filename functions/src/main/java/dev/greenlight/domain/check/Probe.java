package dev.greenlight.domain.check;

import java.time.Duration;
import java.util.Map;

/** What one smoke request came back with. */
public sealed interface Probe {

    /**
     * An answer came.
     *
     * @param headers names in lower case
     * @param body at most its first 64 KiB
     */
    record Answered(int status, Map<String, String> headers, String body, Duration took) implements Probe {}

    /** No answer came: refused, reset, or too late. */
    record NoAnswer(String reason) implements Probe {}
}
