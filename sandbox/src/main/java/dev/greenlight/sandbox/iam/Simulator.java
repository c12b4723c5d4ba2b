package dev.greenlight.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.sandbox.world.Wildcard;

/**
 * Judges whole policy documents as hands write them: with denials and with wildcards in actions, which a {@linkplain Statement synthesized
 * statement} may not have.
 */
public final class Simulator {

    private Simulator() {}

    /** Whether a statement of the document allows it; denials are not looked at. */
    public static boolean allows(JsonNode document, Ask ask) {
        return any("Allow", document, ask);
    }

    /** Whether a statement of the document denies it. */
    public static boolean denies(JsonNode document, Ask ask) {
        return any("Deny", document, ask);
    }

    private static boolean any(String effect, JsonNode document, Ask ask) {
        JsonNode statements = document.path("Statement");
        return statements.isArray()
                ? statements.valueStream().anyMatch(statement -> fits(effect, statement, ask))
                : statements.isObject() && fits(effect, statements, ask);
    }

    private static boolean fits(String effect, JsonNode statement, Ask ask) {
        JsonNode actions = statement.path("Action");
        boolean named = actions.isArray()
                ? actions.valueStream().anyMatch(action -> Wildcard.matches(action.asText(), ask.action()))
                : Wildcard.matches(actions.asText(), ask.action());
        if (!named || !statement.path("Effect").asText().equals(effect)) {
            return false;
        }
        ObjectNode exact = statement.deepCopy();
        exact.put("Effect", "Allow").put("Action", ask.action());
        return Statement.read(exact).allows(ask);
    }
}
