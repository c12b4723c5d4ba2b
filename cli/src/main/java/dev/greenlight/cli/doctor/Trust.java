package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.model.Role;

/**
 * One statement of who may take a role, in a form that can be compared: what may be one value or a list of them is a set.
 *
 * @param principals by their kinds: {@code Service}, {@code Federated}
 * @param conditions by operator and key, whose letters' case means nothing
 */
record Trust(
        boolean allows, Set<String> actions, Map<String, Set<String>> principals, Map<String, Set<String>> conditions) {

    static void look(Place place, String without, Part wanted, Role role, Notebook notebook) {
        JsonNode own = wanted.wanted().path("AssumeRolePolicyDocument");
        List<Trust> asked = read(own);
        List<Trust> live = read(Policies.decoded(String.valueOf(role.assumeRolePolicyDocument())));
        Remedy back = Remedy.of(
                "aws iam update-assume-role-policy --role-name %s --policy-document file://trust.json, with this in it:"
                        .formatted(role.roleName()),
                own);
        List<Trust> wider = live.stream()
                .filter(trust -> trust.allows && asked.stream().noneMatch(trust::within))
                .toList();
        List<Trust> lost = asked.stream()
                .filter(trust -> live.stream().noneMatch(trust::within))
                .filter(trust -> wider.stream().noneMatch(other -> other.open() && other.sameWhom(trust)))
                .toList();
        if (!lost.isEmpty()) {
            notebook.missing(
                    place,
                    "%s may no longer take the role %s as deployed"
                            .formatted(
                                    lost.stream().map(Trust::whom).collect(Collectors.joining(", ")), role.roleName()),
                    without,
                    back);
        }
        live.stream()
                .filter(trust -> !trust.allows)
                .forEach(trust -> notebook.odd(
                        place, "%s is denied to take the role %s".formatted(trust.whom(), role.roleName()), back));
        // Who may no longer do it as deployed, and may otherwise, is told once.
        wider.stream()
                .filter(trust -> lost.stream().noneMatch(trust::sameWhom))
                .forEach(trust -> trust.wider(place, role, back, notebook));
    }

    private void wider(Place place, Role role, Remedy back, Notebook notebook) {
        if (open()) {
            notebook.missing(
                    place,
                    "whoever %s knows may take the role %s: its trust policy asks for no subject"
                            .formatted(whom(), role.roleName()),
                    "a workflow of any repository can do what this role may",
                    back);
        } else {
            notebook.odd(
                    place,
                    "the role %s may be taken by more than the stack let: %s%s"
                            .formatted(role.roleName(), whom(), conditions.isEmpty() ? ", unconditionally" : ""),
                    back);
        }
    }

    private boolean sameWhom(Trust other) {
        return principals.equals(other.principals);
    }

    /** {@code sub} says which repository and branch ("Configuring OpenID Connect in Amazon Web Services", GitHub's manual). */
    private boolean open() {
        return principals.containsKey("Federated")
                && conditions.entrySet().stream()
                        .noneMatch(condition -> condition.getKey().endsWith(":sub")
                                && !condition.getValue().contains("*"));
    }

    private static List<Trust> read(JsonNode document) {
        return Policies.statements(document).stream().map(Trust::of).toList();
    }

    private static Trust of(JsonNode statement) {
        JsonNode principal = statement.path("Principal");
        Map<String, Set<String>> principals = new TreeMap<>();
        if (principal.isTextual()) {
            principals.put("AWS", Set.of(principal.asText()));
        }
        principal.properties().forEach(kind -> principals.put(kind.getKey(), set(kind.getValue())));
        Map<String, Set<String>> conditions = new TreeMap<>();
        statement
                .path("Condition")
                .properties()
                .forEach(operator -> operator.getValue()
                        .properties()
                        .forEach(key -> conditions.put(
                                operator.getKey() + " " + key.getKey().toLowerCase(Locale.ROOT), set(key.getValue()))));
        boolean allows = statement.path("Effect").asText().equals("Allow");
        return new Trust(allows, set(statement.path("Action")), principals, conditions);
    }

    private static Set<String> set(JsonNode values) {
        return new TreeSet<>(Policies.texts(values));
    }

    /** Whether the other lets as many take the role, or more: conditions of its own make it fewer. */
    private boolean within(Trust other) {
        return allows == other.allows
                && other.actions.containsAll(actions)
                && principals.entrySet().stream()
                        .allMatch(kind -> other.principals
                                .getOrDefault(kind.getKey(), Set.of())
                                .containsAll(kind.getValue()))
                && conditions.entrySet().containsAll(other.conditions.entrySet());
    }

    private String whom() {
        return principals.values().stream().flatMap(Set::stream).collect(Collectors.joining(", "));
    }
}
