package dev.greenlight.cli.doctor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;

/** Reads what is written into a live role. */
final class PolicyReader {

    private final IamClient iam;

    PolicyReader(IamClient iam) {
        this.iam = iam;
    }

    LivePolicies read(Place place, String role, Notebook notebook) {
        Optional<List<String>> names = notebook.ask(
                place,
                "iam:ListRolePolicies",
                () -> iam.listRolePoliciesPaginator(request -> request.roleName(role)).policyNames().stream()
                        .toList(),
                () -> {});
        Map<String, List<Statement>> inline = new TreeMap<>();
        names.orElse(List.of())
                .forEach(name ->
                        statements(place, role, name, notebook).ifPresent(statements -> inline.put(name, statements)));
        Optional<List<String>> managed =
                notebook.ask(
                        place,
                        "iam:ListAttachedRolePolicies",
                        () -> iam
                                .listAttachedRolePoliciesPaginator(request -> request.roleName(role))
                                .attachedPolicies()
                                .stream()
                                .map(AttachedPolicy::policyArn)
                                .toList(),
                        () -> {});
        boolean whole = names.filter(n -> n.size() == inline.size()).isPresent() && managed.isPresent();
        return new LivePolicies(inline, managed.orElse(List.of()), whole);
    }

    private Optional<List<Statement>> statements(Place place, String role, String policy, Notebook notebook) {
        return notebook.ask(
                        place,
                        "iam:GetRolePolicy",
                        () -> iam.getRolePolicy(
                                request -> request.roleName(role).policyName(policy)),
                        () -> {})
                .map(GetRolePolicyResponse::policyDocument)
                .map(document -> Policies.statements(Policies.decoded(document)).stream()
                        .map(Statement::of)
                        .toList());
    }
}
