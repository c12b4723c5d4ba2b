package dev.greenlight.adapter.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The few values of a JSON object that were asked for by their paths, {@code data/inputArtifacts/0/location}. Everything else
 * is skipped without being read: credentials are never in memory as text. What was found before a fault is kept.
 */
final class Harvest {

    private static final int DEEPEST = 20;
    private static final int NAMES_KEPT = 20;
    private static final int LONGEST_NAME = 40;

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private final Wanted wanted;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Boolean> flags = new HashMap<>();
    private final Set<String> otherwise = new HashSet<>();
    private final List<String> names = new ArrayList<>();
    private Optional<String> fault = Optional.empty();

    /**
     * What is asked for, prepared once for many events.
     *
     * @param onTheWay the paths of what is entered to get there
     */
    record Wanted(Set<String> paths, Set<String> onTheWay) {

        static Wanted of(Set<String> paths) {
            Set<String> onTheWay = new HashSet<>();
            for (String path : paths) {
                for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                    onTheWay.add(path.substring(0, slash));
                }
            }
            return new Wanted(Set.copyOf(paths), Set.copyOf(onTheWay));
        }
    }

    private Harvest(Wanted wanted) {
        this.wanted = wanted;
    }

    /** Reads what {@code wanted} names. Never throws: what is wrong with the text is its {@link #fault()}. */
    static Harvest of(byte[] json, Wanted wanted) {
        Harvest harvest = new Harvest(wanted);
        try (JsonParser parser = JSON.createParser(json)) {
            harvest.root(parser);
        } catch (IOException e) {
            // The parser's own message quotes the text, and the text may hold credentials.
            harvest.fault = Optional.of("it is no valid JSON, or nested too deeply");
        }
        return harvest;
    }

    private void root(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            fault = Optional.of("it is no JSON object");
            return;
        }
        object("", parser);
        if (parser.nextToken() != null) {
            fault = Optional.of("something follows the JSON object");
        }
    }

    private void object(String path, JsonParser parser) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (path.isEmpty() && names.size() < NAMES_KEPT) {
                names.add(readable(name));
            }
            parser.nextToken();
            value(path.isEmpty() ? name : path + "/" + name, parser);
        }
    }

    private void array(String path, JsonParser parser) throws IOException {
        int index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            value(path + "/" + index++, parser);
        }
    }

    private void value(String path, JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new EOFException();
        }
        if (wanted.paths().contains(path)) {
            keep(path, token, parser);
        }
        if (token == JsonToken.START_OBJECT && wanted.onTheWay().contains(path)) {
            object(path, parser);
        } else if (token == JsonToken.START_ARRAY && wanted.onTheWay().contains(path)) {
            array(path, parser);
        } else {
            parser.skipChildren();
        }
    }

    private void keep(String path, JsonToken token, JsonParser parser) throws IOException {
        switch (token) {
            case VALUE_STRING -> texts.put(path, parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> flags.put(path, token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> {}
            default -> otherwise.add(path);
        }
    }

    private static String readable(String name) {
        String plain = name.replaceAll("[^\\p{Graph}]", "?");
        return plain.length() <= LONGEST_NAME ? plain : plain.substring(0, LONGEST_NAME) + "…";
    }

    Optional<String> fault() {
        return fault;
    }

    /** The object's own field names, the first {@value #NAMES_KEPT}, fit to be shown. */
    List<String> names() {
        return List.copyOf(names);
    }

    boolean names(String name) {
        return names.contains(name);
    }

    /** The text at a path that was asked for; empty where there is none, or no text. */
    Optional<String> text(String path) {
        return Optional.ofNullable(texts.get(path));
    }

    Optional<Boolean> flag(String path) {
        return Optional.ofNullable(flags.get(path));
    }

    /** Whether something stands at a path that is not a text. */
    boolean isNoText(String path) {
        return otherwise.contains(path) || flags.containsKey(path);
    }

    /** Whether something stands at a path that is neither true nor false. */
    boolean isNoFlag(String path) {
        return otherwise.contains(path) || texts.containsKey(path);
    }
}
