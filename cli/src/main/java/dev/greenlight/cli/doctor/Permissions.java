package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        for (List<Statement> alike : alike(asked)) {
            simulation
                    .ask(bearer.place(), bearer.role().arn(), alike, known, notebook)
                    .forEach((statement, verdicts) -> losses.addAll(Loss.of(statement, verdicts)));
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
        losses.stream().filter(loss -> loss.why() != Verdict.Why.UNTOLD).forEach(loss -> lost(bearer, loss, notebook));
        untold(bearer, losses, notebook);
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

    /** Statements with the same resources and conditions are one question: IAM answers few of them per second. */
    private static Collection<List<Statement>> alike(List<Statement> statements) {
        return statements.stream()
                .collect(Collectors.groupingBy(
                        statement -> List.of(statement.resources(), statement.conditions()),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values();
    }

    /** What the organization's policies ask about may be known to the real call only: nothing is claimed, and it is said once. */
    private static void untold(Bearer bearer, List<Loss> losses, Notebook notebook) {
        String actions = losses.stream()
                .filter(loss -> loss.why() == Verdict.Why.UNTOLD)
                .flatMap(loss -> loss.actions().stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        if (!actions.isEmpty()) {
            notebook.unseen(
                    bearer.place(),
                    "could not tell whether it may %s: no policy of the organization is seen to allow it, and none is named that denies it"
                            .formatted(actions),
                    "iam:SimulatePrincipalPolicy",
                    Remedy.of(
                            "ask those who keep the organization's policies; what these ask of a call's circumstances, a"
                                    + " simulation may not know"));
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
            case DENIED_BY_MANAGED -> Remedy.of("detach that policy from the role, or take the denial out of it");
            case DENIED_BY_BOUNDARY ->
                Remedy.of("take the denial out of the boundary %s, or let it leave out what it names"
                        .formatted(boundary(role)));
            case BOUNDARY -> Remedy.of("let the boundary %s allow it:".formatted(boundary(role)), statement);
            case DENIED_BY_ORGANIZATION, UNTOLD ->
                Remedy.of("ask those who keep the organization's policies to allow this:", statement);
        };
    }

    private static String boundary(Role role) {
        return role.permissionsBoundary() == null
                ? ""
                : role.permissionsBoundary().permissionsBoundaryArn();
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

        /** One for each reason: what is denied here may be merely missing there, which asks for something else. */
        static List<Loss> of(Statement statement, List<Verdict> verdicts) {
            Map<List<Object>, List<Verdict>> reasons = verdicts.stream()
                    .filter(verdict -> !verdict.allowed())
                    .collect(Collectors.groupingBy(
                            verdict -> List.of(verdict.why().orElseThrow(), verdict.detail()),
                            LinkedHashMap::new,
                            Collectors.toList()));
            return reasons.values().stream()
                    .map(denied -> of(statement, denied, denied.size() == verdicts.size()))
                    .toList();
        }

        private static Loss of(Statement statement, List<Verdict> denied, boolean whole) {
            List<String> actions = statement.actions().stream()
                    .filter(action ->
                            denied.stream().anyMatch(verdict -> verdict.action().equalsIgnoreCase(action)))
                    .toList();
            List<String> resources = List.copyOf(
                    new TreeSet<>(denied.stream().map(Verdict::resource).toList()));
            Verdict first = denied.getFirst();
            return new Loss(statement, actions, resources, whole, first.why().orElseThrow(), first.detail());
        }
    }
}
