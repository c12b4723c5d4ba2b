package dev.greenlight.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;

/** What a live role has beyond its template: nothing breaks by it, but the role is no longer exact. */
final class Additions {

    private final IamClient iam;

    Additions(IamClient iam) {
        this.iam = iam;
    }

    void look(Place place, String role, Part wanted, Notebook notebook) {
        List<String> own = wanted.wanted()
                .path("Policies")
                .valueStream()
                .map(policy -> policy.path("PolicyName").asText())
                .toList();
        notebook.ask(
                        place,
                        "iam:ListRolePolicies",
                        () -> iam.listRolePoliciesPaginator(request -> request.roleName(role)).policyNames().stream()
                                .toList(),
                        () -> {})
                .ifPresent(names -> names.forEach(name -> {
                    if (own.contains(name)) {
                        widened(place, role, name, Roles.statements(wanted), notebook);
                    } else {
                        notebook.odd(
                                place,
                                "its role has a policy more than the stack gave it: " + name,
                                Remedy.of("aws iam delete-role-policy --role-name %s --policy-name %s"
                                        .formatted(role, name)));
                    }
                }));
        notebook.ask(
                        place,
                        "iam:ListAttachedRolePolicies",
                        () -> iam
                                .listAttachedRolePoliciesPaginator(request -> request.roleName(role))
                                .attachedPolicies()
                                .stream()
                                .map(AttachedPolicy::policyArn)
                                .toList(),
                        () -> {})
                .ifPresent(arns -> arns.forEach(arn -> notebook.odd(
                        place,
                        "its role has a managed policy that the stack did not give it: " + arn,
                        Remedy.of("aws iam detach-role-policy --role-name %s --policy-arn %s".formatted(role, arn)))));
    }

    private void widened(Place place, String role, String policy, List<Statement> wanted, Notebook notebook) {
        notebook.ask(
                        place,
                        "iam:GetRolePolicy",
                        () -> iam.getRolePolicy(
                                request -> request.roleName(role).policyName(policy)),
                        () -> {})
                .map(GetRolePolicyResponse::policyDocument)
                .ifPresent(document -> {
                    List<Statement> more = new ArrayList<>(Policies.statements(Policies.decoded(document)).stream()
                            .map(Statement::of)
                            .filter(Statement::allows)
                            .toList());
                    more.removeIf(statement -> wanted.stream().anyMatch(statement::within));
                    if (!more.isEmpty()) {
                        notebook.odd(
                                place,
                                "its policy %s allows more than the stack gave it: %s"
                                        .formatted(
                                                policy,
                                                more.stream()
                                                        .map(Statement::told)
                                                        .collect(Collectors.joining("; "))),
                                Remedy.of("take it off again, or say in the project why it is needed"));
                    }
                });
    }
}
