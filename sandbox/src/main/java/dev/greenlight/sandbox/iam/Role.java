package dev.greenlight.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A role: a list of statements, of which one must allow what is asked for. What none allows is denied. */
public record Role(List<Statement> statements) {

    public Role {
        statements = List.copyOf(statements);
    }

    /**
     * Reads a resolved {@code AWS::IAM::Role}.
     *
     * @param properties its properties; managed policies are refused, because nobody here knows what they say
     */
    public static Role read(JsonNode properties) {
        if (properties.has("ManagedPolicyArns") || properties.has("PermissionsBoundary")) {
            throw new IllegalArgumentException("a role is judged by its own statements, this one names others': "
                    + properties.path("ManagedPolicyArns") + properties.path("PermissionsBoundary"));
        }
        List<Statement> statements = new ArrayList<>();
        properties
                .path("Policies")
                .forEach(policy -> policy.path("PolicyDocument")
                        .path("Statement")
                        .forEach(statement -> statements.add(Statement.read(statement))));
        return new Role(statements);
    }

    /** The context keys that its conditions look at. */
    Set<String> keys() {
        return statements.stream()
                .flatMap(s -> s.conditions().stream())
                .map(Condition::key)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether one of its statements allows it. */
    public boolean allows(Ask ask) {
        return statements.stream().anyMatch(s -> s.allows(ask));
    }
}
