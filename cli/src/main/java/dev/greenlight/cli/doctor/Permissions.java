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

    void look(Place place, String without, Role role, List<Statement> wanted, KnownArns known, Notebook notebook) {
        List<Statement> asked = wanted.stream().filter(Simulation::canAsk).toList();
        List<Loss> losses = new ArrayList<>();
        boolean all = true;
        for (Statement statement : asked) {
            Optional<List<Verdict>> verdicts = simulation.ask(place, role.arn(), statement, known, notebook);
            all = all && verdicts.isPresent();
            Loss.of(statement, verdicts.orElse(List.of())).ifPresent(losses::add);
        }
        boolean nothingLeft = losses.size() > 1
                && losses.size() == asked.size()
                && losses.stream().allMatch(loss -> loss.whole() && loss.why() == Verdict.Why.NOT_ALLOWED);
        if (nothingLeft) {
            stripped(place, without, role, wanted, notebook);
        } else {
            losses.forEach(loss -> lost(place, without, role, loss, notebook));
        }
        if (losses.isEmpty() && all && !asked.isEmpty()) {
            notebook.well(place, told(asked, wanted.size() - asked.size()));
        }
    }

    private static String told(List<Statement> asked, int notAsked) {
        long actions =
                asked.stream().flatMap(s -> s.actions().stream()).distinct().count();
        String rest = notAsked == 0
                ? ""
                : "; %d about launching instances cannot be simulated and %s not asked"
                        .formatted(notAsked, notAsked == 1 ? "is" : "are");
        return "its role allows all that it needs: %d statements, %d actions%s".formatted(asked.size(), actions, rest);
    }

    private static void stripped(Place place, String without, Role role, List<Statement> wanted, Notebook notebook) {
        JsonNode document =
                Policies.document(wanted.stream().map(Statement::json).toList());
        notebook.missing(
                place,
                "its role %s allows nothing that the stack gave it: the policy was taken off"
                        .formatted(role.roleName()),
                without,
                Remedy.of(
                        "put it back: aws iam put-role-policy --role-name %s --policy-name Exact --policy-document file://exact.json"
                                .formatted(role.roleName()),
                        document));
    }

    private static void lost(Place place, String without, Role role, Loss loss, Notebook notebook) {
        List<String> actions = loss.actions();
        String what = String.join(", ", actions);
        String on = loss.resources().equals(List.of("*")) ? "" : " on " + String.join(" and ", loss.resources());
        String cannot = actions.stream().map(Cannot::of).distinct().collect(Collectors.joining(", "));
        notebook.missing(
                place,
                "may not %s%s: %s".formatted(what, on, loss.why().because(loss.detail())),
                "it cannot %s: %s".formatted(cannot, without),
                remedy(role, loss));
    }

    private static Remedy remedy(Role role, Loss loss) {
        return switch (loss.why()) {
            case NOT_ALLOWED ->
                Remedy.of(
                        "add to the role %s, best to its policy Exact:".formatted(role.roleName()),
                        loss.statement().with(loss.actions()));
            case DENIED -> Remedy.of("take that statement off the role, or let it leave out what it names");
            case BOUNDARY ->
                Remedy.of(
                        "let the boundary %s allow it:"
                                .formatted(
                                        role.permissionsBoundary() == null
                                                ? ""
                                                : role.permissionsBoundary().permissionsBoundaryArn()),
                        loss.statement().with(loss.actions()));
            case ORGANIZATION ->
                Remedy.of(
                        "ask those who keep the organization's policies to allow this:",
                        loss.statement().with(loss.actions()));
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
