package dev.greenlight.infra.permit;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;

/** A role that holds exactly its permits: no managed policy, and nothing that a construct would add by itself. */
public final class ExactRole {

    private final Role role;

    /** @param principal who may take the role */
    public ExactRole(Construct scope, String id, IPrincipal principal, List<Permit> permits) {
        this.role = Role.Builder.create(scope, id)
                .assumedBy(principal)
                .inlinePolicies(Map.of("Exact", document(permits)))
                .build();
        suppressWide(permits);
    }

    private static PolicyDocument document(List<Permit> permits) {
        return PolicyDocument.Builder.create()
                .statements(permits.stream().map(Permit::statement).toList())
                // Merged statements would lose their ids, and with them their reasons.
                .minimize(false)
                .build();
    }

    private void suppressWide(List<Permit> permits) {
        String reasons = permits.stream()
                .filter(Permit::isWide)
                .map(p -> p.id() + ": " + p.reason())
                .collect(Collectors.joining("; "));
        if (!reasons.isEmpty()) {
            NagSuppressions.addResourceSuppressions(
                    role,
                    List.of(NagPackSuppression.builder()
                            .id("AwsSolutions-IAM5")
                            .reason(reasons)
                            .build()));
        }
    }

    public String arn() {
        return role.getRoleArn();
    }

    public String name() {
        return role.getRoleName();
    }

    /** The role as the template has it. */
    public CfnResource cfn() {
        return (CfnResource) Objects.requireNonNull(role.getNode().getDefaultChild());
    }

    /** The role for a construct that would like to add to it, and cannot. */
    public IRole frozen() {
        return role.withoutPolicyUpdates();
    }
}
