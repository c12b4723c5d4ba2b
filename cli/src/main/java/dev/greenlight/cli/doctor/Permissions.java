package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Role;

/** Whether a live role is still allowed what its template allows, statement by statement, and what to add where it is not. */
final class Permissions {

    private final Simulation simulation;

    Permissions(IamClient iam) {
        this.simulation = new Simulation(iam);
    }

    /**
     * Whose role it is.
     *
     * @param without what does not work without the permissions
     * @param live what is written into the role
     */
    record Bearer(Place place, String without, Role role, LivePolicies live) {}

    void look(Bearer bearer, List<Statement> wanted, KnownArns known, Notebook notebook) {
        int before = notebook.size();
        List<Statement> asked = wanted.stream().filter(Simulation::canAsk).toList();
        List<Loss> losses = new ArrayList<>();
        for (Statement statement : asked) {
            simulation
                    .ask(bearer.place(), bearer.role().arn(), statement, known, notebook)
                    .flatMap(verdicts -> Loss.of(statement, verdicts))
                    .ifPresent(losses::add);
        }
        boolean nothingLeft = losses.size() > 1
                && losses.size() == asked.size()
                && losses.stream().allMatch(loss -> loss.whole() && loss.why() == Verdict.Why.NOT_ALLOWED);
        if (nothingLeft) {
            stripped(bearer, wanted, notebook);
            return;
        }
        wanted.stream()
                .filter(statement -> statement.allows() && !Simulation.canAsk(statement))
                .forEach(statement -> written(bearer, statement, notebook).ifPresent(losses::add));
        losses.forEach(loss -> lost(bearer, loss, notebook));
        if (notebook.size() == before && !wanted.isEmpty()) {
            long actions = wanted.stream()
                    .flatMap(s -> s.actions().stream())
                    .distinct()
                    .count();
            notebook.well(
                    bearer.place(),
                    "its role allows all that it needs: %s, %s"
                            .formatted(counted(wanted.size(), "statement"), counted(actions, "action")));
        }
    }

    private static String counted(long number, String what) {
        return number == 1 ? "1 " + what : number + " " + what + "s";
    }

    /** What cannot be simulated must stand in the role as the stack wrote it, as far as the role can be read. */
    private static Optional<Loss> written(Bearer bearer, Statement statement, Notebook notebook) {
        LivePolicies live = bearer.live();
        if (live.hold(statement) || !live.whole()) {
            return Optional.empty();
        }
        if (live.managed().isEmpty()) {
            return Optional.of(
                    new Loss(statement, statement.actions(), statement.resources(), true, Verdict.Why.NOT_ALLOWED, ""));
        }
        notebook.unseen(
                bearer.place(),
                "%s stands in none of its role's own policies, and what the attached ones say was not read"
                        .formatted(String.join(", ", statement.actions())),
                "iam:GetPolicyVersion",
                Remedy.of("add to the role's policy Exact, to be sure:", statement.json()));
        return Optional.empty();
    }

    private static void stripped(Bearer bearer, List<Statement> wanted, Notebook notebook) {
        String role = bearer.role().roleName();
        JsonNode document = Policies.document(wanted.stream()
                .map(statement -> statement.with(statement.actions()))
                .toList());
        notebook.missing(
                bearer.place(),
                "its role %s allows nothing that the stack gave it: the policy was taken off".formatted(role),
                bearer.without(),
                Remedy.of(
                        "put it back: aws iam put-role-policy --role-name %s --policy-name Exact --policy-document file://exact.json"
                                .formatted(role),
                        document));
    }

    private static void lost(Bearer bearer, Loss loss, Notebook notebook) {
        List<String> actions = loss.actions();
        String on = loss.resources().equals(List.of("*")) ? "" : " on " + String.join(" and ", loss.resources());
        String cannot = actions.stream().map(Cannot::of).distinct().collect(Collectors.joining(", or "));
        notebook.missing(
                bearer.place(),
                "may not %s%s: %s"
                        .formatted(String.join(", ", actions), on, loss.why().because(loss.detail())),
                "it cannot %s; so %s".formatted(cannot, bearer.without()),
                remedy(bearer.role(), loss));
    }

    private static Remedy remedy(Role role, Loss loss) {
        JsonNode statement = loss.statement().with(loss.actions());
        return switch (loss.why()) {
            case NOT_ALLOWED ->
                Remedy.of("add to the role %s, best to its policy Exact:".formatted(role.roleName()), statement);
            case DENIED -> Remedy.of("take that statement off the role, or let it leave out what it names");
            case BOUNDARY ->
                Remedy.of(
                        "let the boundary %s allow it:"
                                .formatted(
                                        role.permissionsBoundary() == null
                                                ? ""
                                                : role.permissionsBoundary().permissionsBoundaryArn()),
                        statement);
            case ORGANIZATION -> Remedy.of("ask those who keep the organization's policies to allow this:", statement);
        };
    }

    /**
     * What one statement no longer gives.
     *
     * @param whole whether nothing of the statement is left
     * @param detail what IAM says decided it; may be empty
     */
    private record Loss(
            Statement statement,
            List<String> actions,
            List<String> resources,
            boolean whole,
            Verdict.Why why,
            String detail) {

        static Optional<Loss> of(Statement statement, List<Verdict> verdicts) {
            List<Verdict> denied =
                    verdicts.stream().filter(verdict -> !verdict.allowed()).toList();
            if (denied.isEmpty()) {
                return Optional.empty();
            }
            List<String> actions = statement.actions().stream()
                    .filter(action ->
                            denied.stream().anyMatch(verdict -> verdict.action().equalsIgnoreCase(action)))
                    .toList();
            List<String> resources = List.copyOf(
                    new TreeSet<>(denied.stream().map(Verdict::resource).toList()));
            Verdict first = denied.getFirst();
            return Optional.of(new Loss(
                    statement,
                    actions,
                    resources,
                    denied.size() == verdicts.size(),
                    first.why().orElseThrow(),
                    first.detail()));
        }
    }
}
