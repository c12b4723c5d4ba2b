package dev.greenlight.sandbox.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.Predicate;

/**
 * An event pattern: matches an event that has, for each field that the pattern names, one of its values.
 *
 * <p>Follows the page "Creating Amazon EventBridge event patterns": a pattern's leaves are lists of values, an event's list matches if one of
 * its elements does. Content filters such as {@code {"prefix": …}} are not known here and are refused.
 */
public final class EventPattern implements Predicate<Event> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode pattern;

    private EventPattern(JsonNode pattern) {
        this.pattern = pattern;
    }

    /**
     * Takes a pattern.
     *
     * @throws IllegalArgumentException for one that EventBridge or this sandbox does not know
     */
    public static EventPattern of(JsonNode pattern) {
        check(pattern, "the pattern");
        return new EventPattern(pattern.deepCopy());
    }

    private static void check(JsonNode node, String where) {
        if (node.isArray()) {
            for (JsonNode value : node) {
                if (value.isContainerNode()) {
                    throw new IllegalArgumentException("%s: the filter %s is not known here".formatted(where, value));
                }
            }
        } else if (!node.isObject()) {
            throw new IllegalArgumentException(where + ": not a list of values, was " + node);
        }
        if (node.isEmpty()) {
            throw new IllegalArgumentException(where + ": empty");
        }
        node.properties().forEach(e -> check(e.getValue(), e.getKey()));
    }

    @Override
    public boolean test(Event event) {
        for (var field : pattern.properties()) {
            JsonNode found = switch (field.getKey()) {
                case "source" -> JSON.valueToTree(event.source());
                case "detail-type" -> JSON.valueToTree(event.detailType());
                case "resources" -> JSON.valueToTree(event.resources());
                case "detail" -> JSON.valueToTree(event.detail());
                default -> JSON.nullNode();
            };
            if (!matches(field.getValue(), found)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(JsonNode pattern, JsonNode found) {
        if (pattern.isObject()) {
            return pattern.properties().stream().allMatch(e -> matches(e.getValue(), found.path(e.getKey())));
        }
        for (JsonNode wanted : pattern) {
            if (wanted.equals(found) || found.isArray() && has(found, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(JsonNode list, JsonNode wanted) {
        for (JsonNode element : list) {
            if (element.equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}
