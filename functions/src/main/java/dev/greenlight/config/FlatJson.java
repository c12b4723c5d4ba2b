package dev.greenlight.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the little JSON that settings hold: one object, or a list of objects, whose values are plain. */
final class FlatJson {

    private static final JsonFactory JSON = new JsonFactory();

    private FlatJson() {}

    /** The objects with each value as its text; empty where the text is anything else. */
    static Optional<List<Map<String, String>>> read(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            List<Map<String, String>> objects = new ArrayList<>();
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_OBJECT) {
                objects.add(object(parser));
            } else if (first == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    objects.add(object(parser));
                }
            }
            boolean whole = parser.currentToken() == JsonToken.END_OBJECT && first == JsonToken.START_OBJECT
                    || parser.currentToken() == JsonToken.END_ARRAY && first == JsonToken.START_ARRAY;
            return whole && parser.nextToken() == null ? Optional.of(objects) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> object(JsonParser parser) throws IOException {
        Map<String, String> object = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (!parser.nextToken().isScalarValue()) {
                throw new IOException("not a plain value");
            }
            object.put(name, parser.getText());
        }
        return object;
    }
}
