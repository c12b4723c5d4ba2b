package dev.greenlight.sandbox.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What came out of a function: its answer, or a function error with the JSON that Lambda makes of it. */
record Outcome(byte[] payload, Optional<String> error) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Outcome failed(Throwable failure) {
        return error(failure.getClass().getName(), String.valueOf(failure.getMessage()));
    }

    static Outcome timedOut(Duration limit) {
        String seconds = String.format(Locale.ROOT, "%.2f", limit.toMillis() / 1000.0);
        return error("Sandbox.Timedout", "Task timed out after " + seconds + " seconds");
    }

    private static Outcome error(String type, String message) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("errorMessage", message);
        body.put("errorType", type);
        try {
            return new Outcome(JSON.writeValueAsBytes(body), Optional.of("Unhandled"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("two strings are JSON", e);
        }
    }
}
