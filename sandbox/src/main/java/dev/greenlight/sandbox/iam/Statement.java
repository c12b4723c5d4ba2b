package dev.greenlight.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.sandbox.world.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One statement of a role: it allows these actions on these resources where all its conditions hold.
 *
 * @param sid its id in the policy
 * @param actions exact names
 * @param resources ARNs with wildcards
 */
public record Statement(String sid, List<String> actions, List<String> resources, List<Condition> conditions) {

    private static final Set<String> KNOWN = Set.of("Sid", "Effect", "Action", "Resource", "Condition");

    public Statement {
        Objects.requireNonNull(sid, "sid");
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        conditions = List.copyOf(conditions);
        if (actions.isEmpty() || resources.isEmpty()) {
            throw new IllegalArgumentException(sid + " allows nothing");
        }
        actions.stream()
                .filter(a -> a.contains("*") || a.contains("?"))
                .findFirst()
                .ifPresent(wide -> {
                    throw new IllegalArgumentException("%s allows %s: exact actions only".formatted(sid, wide));
                });
    }

    /**
     * Reads a resolved statement.
     *
     * @throws IllegalArgumentException for what is not judged here: denials, elements that turn a meaning round, actions with
     *     wildcards, unknown operators
     */
    public static Statement read(JsonNode node) {
        String sid = node.path("Sid").asText();
        node.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException(
                        "%s has the element %s, which is not known here".formatted(sid, name));
            }
        });
        if (!node.path("Effect").asText().equals("Allow")) {
            throw new IllegalArgumentException(
                    sid + " has the effect " + node.path("Effect").asText());
        }
        List<Condition> conditions = new ArrayList<>();
        node.path("Condition")
                .properties()
                .forEach(operator -> operator.getValue()
                        .properties()
                        .forEach(key ->
                                conditions.add(new Condition(operator.getKey(), key.getKey(), texts(key.getValue())))));
        return new Statement(sid, texts(node.path("Action")), texts(node.path("Resource")), conditions);
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(each -> texts.add(each.asText()));
        } else if (node.isValueNode()) {
            texts.add(node.asText());
        }
        return texts;
    }

    /** Whether it allows what is asked for. */
    public boolean allows(Ask ask) {
        return actions.contains(ask.action())
                && resources.stream().anyMatch(r -> Wildcard.matches(r, ask.resource()))
                && conditions.stream().allMatch(c -> c.holds(ask.context()));
    }

    /** One statement for each action and resource in it: the smallest parts that can be missing or too much. */
    public Stream<Statement> parts() {
        return actions.stream()
                .flatMap(a -> resources.stream().map(r -> new Statement(sid, List.of(a), List.of(r), conditions)));
    }

    @Override
    public String toString() {
        return sid + " " + actions + " on " + resources + (conditions.isEmpty() ? "" : " when " + conditions);
    }
}
