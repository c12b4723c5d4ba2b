package dev.greenlight.adapter.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.greenlight.domain.hook.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the function's own return value, which people and scripts read: {@code {"outcome":"done","message":"…"}} and the
 * facts of the answer. Outcomes are {@code done}, {@code in-progress}, {@code failed} and {@code ignored}.
 */
final class Replies {

    private static final JsonFactory JSON = new JsonFactory();

    private Replies() {}

    static void write(OutputStream output, Answer answer) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(output)) {
            json.writeStartObject();
            json.writeStringField("outcome", outcome(answer));
            json.writeStringField("message", answer.message());
            for (Map.Entry<String, String> fact : facts(answer).entrySet()) {
                json.writeStringField(fact.getKey(), fact.getValue());
            }
            json.writeEndObject();
        }
    }

    private static String outcome(Answer answer) {
        return switch (answer) {
            case Answer.Done done -> "done";
            case Answer.InProgress wait -> "in-progress";
            case Answer.Failed failed -> "failed";
            case Answer.Ignored ignored -> "ignored";
        };
    }

    private static Map<String, String> facts(Answer answer) {
        return switch (answer) {
            case Answer.Done done -> new TreeMap<>(done.facts());
            case Answer.Failed failed -> Map.of("failure", failed.failure().name());
            case Answer.InProgress wait -> Map.of();
            case Answer.Ignored ignored -> Map.of();
        };
    }
}
