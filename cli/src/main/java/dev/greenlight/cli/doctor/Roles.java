package dev.greenlight.cli.doctor;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Role;

/**
 * A role as the stack made it: there, taken by whom it is for, allowed all that its template allows, and no more.
 *
 * <p>What is allowed is what IAM's own simulation says of the live role ("SimulatePrincipalPolicy", API reference), which counts its
 * permissions boundary and, where it can see them, the organization's policies.
 */
final class Roles {

    private static final String ROLE = "AWS::IAM::Role";

    private final IamClient iam;
    private final Permissions permissions;
    private final PolicyReader reader;

    Roles(IamClient iam) {
        this.iam = iam;
        this.permissions = new Permissions(iam);
        this.reader = new PolicyReader(iam);
    }

    /** Looks at the role with which something runs, which may not be the one that the stack made for it. */
    void look(
            Place place,
            String without,
            DeployedStack stack,
            String wantedArn,
            String liveArn,
            KnownArns known,
            Notebook notebook) {
        Optional<Part> made = stack.parts(ROLE).stream()
                .filter(role -> wantedArn.endsWith("/" + role.physicalId()))
                .findFirst();
        if (made.isEmpty()) {
            return;
        }
        if (!wantedArn.equals(liveArn)) {
            notebook.missing(
                    place,
                    "it runs with the role %s, not with its own".formatted(liveArn),
                    "what it may do is what that role may do",
                    Remedy.of("aws lambda update-function-configuration --function-name %s --role %s"
                            .formatted(place.id(), wantedArn)));
        }
        look(place, without, made.get(), liveArn, known, notebook);
    }

    /** Looks at a role of the stack, under the ARN that is in use. */
    void look(Place place, String without, Part wanted, String liveArn, KnownArns known, Notebook notebook) {
        String name = liveArn.substring(liveArn.lastIndexOf('/') + 1);
        notebook.ask(
                        place,
                        "iam:GetRole",
                        () -> iam.getRole(request -> request.roleName(name)).role(),
                        () -> notebook.missing(
                                place,
                                "its role %s is gone".formatted(name),
                                without,
                                Remedy.of(
                                        "change the role in the template, its description say, and deploy: CloudFormation"
                                                + " makes it anew only if the template changes")))
                .ifPresent(role -> {
                    Trust.look(place, without, wanted, role, notebook);
                    bounded(place, role, notebook);
                    LivePolicies live = reader.read(place, name, notebook);
                    permissions.look(
                            new Permissions.Bearer(place, without, role, live), statements(wanted), known, notebook);
                    Additions.look(place, name, wanted, live, notebook);
                });
    }

    private static void bounded(Place place, Role role, Notebook notebook) {
        if (role.permissionsBoundary() != null) {
            notebook.odd(
                    place,
                    "a permissions boundary limits the role: "
                            + role.permissionsBoundary().permissionsBoundaryArn(),
                    Remedy.of(
                            "what it takes away is told below, permission by permission; if nothing is, it does no harm"));
        }
    }

    static List<Statement> statements(Part role) {
        return role.wanted()
                .path("Policies")
                .valueStream()
                .flatMap(policy -> Policies.statements(policy.path("PolicyDocument")).stream())
                .map(Statement::of)
                .toList();
    }
}
