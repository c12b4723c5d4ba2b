package dev.greenlight.sandbox.lambda;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One run of a function that is over.
 *
 * @param function the function's name
 * @param requestId the request's id; the same for all attempts of one asynchronous event
 * @param attempt 1 for the first
 * @param label what the calls of this run are marked with in the call log
 * @param started sandbox time
 * @param ended sandbox time
 * @param log the lines that it wrote to its logger and to standard output
 * @param payload what it returned, or the error as JSON
 * @param error the kind of the function error; empty when it returned
 */
public record Invocation(
        String function,
        String requestId,
        int attempt,
        String label,
        Instant started,
        Instant ended,
        List<String> log,
        byte[] payload,
        Optional<String> error) {

    public Invocation {
        log = List.copyOf(log);
        payload = payload.clone();
    }

    /** Whether the function returned. */
    public boolean succeeded() {
        return error.isEmpty();
    }

    /** What it returned, or the error, as text. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
