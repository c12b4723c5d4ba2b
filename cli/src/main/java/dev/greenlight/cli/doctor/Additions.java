package dev.greenlight.cli.doctor;

import java.util.List;
import java.util.stream.Collectors;

/** What a live role has beyond its template: nothing breaks by it, but the role is no longer exact. */
final class Additions {

    private Additions() {}

    static void look(Place place, String role, Part wanted, LivePolicies live, Notebook notebook) {
        List<String> own = wanted.wanted()
                .path("Policies")
                .valueStream()
                .map(policy -> policy.path("PolicyName").asText())
                .toList();
        live.inline().forEach((name, statements) -> {
            if (own.contains(name)) {
                widened(place, name, Roles.statements(wanted), statements, notebook);
            } else {
                notebook.odd(
                        place,
                        "its role has a policy more than the stack gave it: " + name,
                        Remedy.of("aws iam delete-role-policy --role-name %s --policy-name %s".formatted(role, name)));
            }
        });
        live.managed()
                .forEach(arn -> notebook.odd(
                        place,
                        "its role has a managed policy that the stack did not give it: " + arn,
                        Remedy.of("aws iam detach-role-policy --role-name %s --policy-arn %s".formatted(role, arn))));
    }

    private static void widened(
            Place place, String policy, List<Statement> wanted, List<Statement> live, Notebook notebook) {
        String more = live.stream()
                .filter(Statement::allows)
                .filter(statement -> wanted.stream().noneMatch(statement::within))
                .map(Statement::told)
                .collect(Collectors.joining("; "));
        if (!more.isEmpty()) {
            notebook.odd(
                    place,
                    "its policy %s allows more than the stack gave it: %s".formatted(policy, more),
                    Remedy.of("take it off again, or say in the project why it is needed"));
        }
    }
}
