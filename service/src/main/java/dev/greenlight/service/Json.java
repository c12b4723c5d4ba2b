package dev.greenlight.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes checks and steps as the settings take them. */
final class Json {

    private static final JsonFactory JSON = new JsonFactory();

    private Json() {}

    interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    static String smokeTests(List<Config.SmokeTest> tests) {
        return written(json -> {
            json.writeStartArray();
            for (Config.SmokeTest test : tests) {
                json.writeStartObject();
                json.writeStringField("path", test.path());
                if (test.status().isPresent()) {
                    json.writeNumberField("status", test.status().get());
                }
                if (test.body().isPresent()) {
                    json.writeStringField("body", test.body().get());
                }
                if (test.version().isPresent()) {
                    json.writeStringField("version", test.version().get());
                }
                if (test.budget().isPresent()) {
                    json.writeStringField("budget", test.budget().get().toString());
                }
                if (test.sameAsBlue()) {
                    json.writeBooleanField("sameAsBlue", true);
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    static String steps(List<Config.Step> steps) {
        return written(json -> {
            json.writeStartArray();
            for (Config.Step step : steps) {
                json.writeStartObject();
                json.writeNumberField("weight", step.weight());
                json.writeStringField("bake", step.bake().toString());
                if (step.pause().isPresent()) {
                    json.writeStringField("pause", step.pause().get().toString());
                    json.writeStringField("otherwise", step.goesOn() ? "go-on" : "roll-back");
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** @param allowed the name of what is let pass: {@code tolerance} or {@code ratio} */
    static String comparison(String allowed, Config.Comparison comparison) {
        return written(json -> {
            json.writeStartObject();
            if (comparison.allowed().isPresent()) {
                json.writeNumberField(allowed, comparison.allowed().get());
            }
            if (comparison.ceilingMillis().isPresent()) {
                json.writeNumberField(
                        "ceilingMillis", comparison.ceilingMillis().get());
            }
            if (comparison.minimumRequests().isPresent()) {
                json.writeNumberField(
                        "minimumRequests", comparison.minimumRequests().get());
            }
            if (comparison.window().isPresent()) {
                json.writeStringField("window", comparison.window().get().toString());
            }
            json.writeEndObject();
        });
    }

    static String object(Writing fields) {
        return written(json -> {
            json.writeStartObject();
            fields.to(json);
            json.writeEndObject();
        });
    }

    private static String written(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }
}
