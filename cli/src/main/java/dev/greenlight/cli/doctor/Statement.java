package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One statement of a role, with everything in it resolved.
 *
 * @param sid its id; empty if it has none
 * @param json the statement as policies write it
 */
record Statement(String sid, List<String> actions, List<String> resources, JsonNode conditions, JsonNode json) {

    static Statement of(JsonNode json) {
        return new Statement(
                json.path("Sid").asText(""),
                Policies.texts(json.path("Action")),
                Policies.texts(json.path("Resource")),
                json.path("Condition"),
                json);
    }

    boolean allows() {
        return json.path("Effect").asText().equals("Allow");
    }

    /** The same for these of its actions only, as JSON to paste, its fields in the order in which people write them. */
    JsonNode with(List<String> some) {
        ObjectNode narrowed = JsonNodeFactory.instance.objectNode();
        for (String field : List.of("Sid", "Effect", "Action", "Resource", "Condition")) {
            if (json.has(field)) {
                narrowed.set(field, json.path(field));
            }
        }
        if (some.size() == 1) {
            narrowed.put("Action", some.getFirst());
        } else {
            some.forEach(narrowed.putArray("Action")::add);
        }
        return narrowed;
    }

    /** Whether the other allows all of it already, under the same conditions. */
    boolean within(Statement other) {
        return other.actions.containsAll(actions)
                && other.resources.containsAll(resources)
                && other.conditions.equals(conditions);
    }

    /** {@code ec2:* on *}. */
    String told() {
        return "%s on %s".formatted(String.join(", ", actions), String.join(", ", resources));
    }
}
