package dev.greenlight.cli.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryDecisionDetail;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.PolicySourceType;
import software.amazon.awssdk.services.iam.model.ResourceSpecificResult;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;

/**
 * Asks IAM what a live role is allowed. Follows the pages "SimulatePrincipalPolicy" and "EvaluationResult" of the IAM API reference: one
 * result per action, whose decisions per resource stand in {@code ResourceSpecificResults}; older answers had one result per action and
 * resource, and are read as well. Where the organization's policies say no and no statement of theirs is named, nothing is claimed: what
 * they ask about may be something that a simulation cannot know.
 */
final class Simulation {

    private static final String ACTION = "iam:SimulatePrincipalPolicy";

    /** A launch needs images, subnets and more in a scenario of its own ("ResourceHandlingOption"). */
    private static final String NOT_ASKED = "ec2:RunInstances";

    private final IamClient iam;

    Simulation(IamClient iam) {
        this.iam = iam;
    }

    static boolean canAsk(Statement statement) {
        return statement.allows() && !statement.actions().contains(NOT_ASKED);
    }

    /**
     * Asks about statements that have the same resources and conditions, in one question.
     *
     * @return for each of them one verdict per action and resource; a statement that IAM did not answer for is left out, which is noted
     */
    Map<Statement, List<Verdict>> ask(
            Place place, String role, List<Statement> alike, KnownArns known, Notebook notebook) {
        Map<String, String> asked = new LinkedHashMap<>();
        alike.getFirst().resources().forEach(resource -> asked.put(known.concrete(resource), resource));
        SimulatePrincipalPolicyRequest request = request(role, alike, List.copyOf(asked.keySet()), known.region());
        Map<Statement, List<Verdict>> told = new LinkedHashMap<>();
        notebook.ask(place, ACTION, () -> all(request), () -> {})
                .map(results -> verdicts(results, asked))
                .ifPresent(verdicts -> alike.forEach(statement -> {
                    List<Verdict> own = verdicts.stream()
                            .filter(verdict ->
                                    statement.actions().stream().anyMatch(verdict.action()::equalsIgnoreCase))
                            .toList();
                    if (complete(place, statement, own, notebook)) {
                        told.put(statement, own);
                    }
                }));
        return told;
    }

    /** Silence is no permission. */
    private static boolean complete(Place place, Statement statement, List<Verdict> verdicts, Notebook notebook) {
        List<String> unsaid = statement.actions().stream()
                .filter(action -> statement.resources().stream()
                        .anyMatch(resource -> verdicts.stream()
                                .noneMatch(v -> v.action().equalsIgnoreCase(action)
                                        && v.resource().equals(resource))))
                .toList();
        if (!unsaid.isEmpty()) {
            notebook.unseen(
                    place,
                    "IAM did not say whether %s is allowed".formatted(String.join(", ", unsaid)),
                    ACTION,
                    Remedy.of("ask again, or look in IAM's policy simulator"));
        }
        return unsaid.isEmpty();
    }

    private SimulatePrincipalPolicyRequest request(
            String role, List<Statement> alike, List<String> resources, String region) {
        SimulatePrincipalPolicyRequest.Builder request = SimulatePrincipalPolicyRequest.builder()
                .policySourceArn(role)
                .actionNames(alike.stream()
                        .flatMap(statement -> statement.actions().stream())
                        .distinct()
                        .toList())
                .contextEntries(Context.of(role, region, alike.getFirst().conditions()));
        return resources.equals(List.of("*"))
                ? request.build()
                : request.resourceArns(resources).build();
    }

    /** The SDK's paginator: the answer for one question rarely needs a second page. */
    private List<EvaluationResult> all(SimulatePrincipalPolicyRequest request) {
        return iam.simulatePrincipalPolicyPaginator(request).evaluationResults().stream()
                .toList();
    }

    private static List<Verdict> verdicts(List<EvaluationResult> results, Map<String, String> asked) {
        List<Verdict> verdicts = new ArrayList<>();
        for (EvaluationResult result : results) {
            if (result.resourceSpecificResults().isEmpty()) {
                verdicts.add(verdict(result, asked));
            } else {
                result.resourceSpecificResults().forEach(one -> verdicts.add(verdict(result, one, asked)));
            }
        }
        return verdicts;
    }

    private static Verdict verdict(EvaluationResult result, Map<String, String> asked) {
        return verdict(
                result,
                asked.getOrDefault(String.valueOf(result.evalResourceName()), "*"),
                result.evalDecision(),
                result.permissionsBoundaryDecisionDetail(),
                result.matchedStatements());
    }

    private static Verdict verdict(EvaluationResult result, ResourceSpecificResult one, Map<String, String> asked) {
        return verdict(
                result,
                asked.getOrDefault(one.evalResourceName(), one.evalResourceName()),
                one.evalResourceDecision(),
                one.permissionsBoundaryDecisionDetail(),
                one.matchedStatements());
    }

    private static Verdict verdict(
            EvaluationResult result,
            String resource,
            PolicyEvaluationDecisionType decision,
            PermissionsBoundaryDecisionDetail boundary,
            List<software.amazon.awssdk.services.iam.model.Statement> matched) {
        boolean bounded = boundary != null && Boolean.FALSE.equals(boundary.allowedByPermissionsBoundary());
        String detail = matched.stream()
                .map(statement -> String.valueOf(statement.sourcePolicyId()))
                .distinct()
                .collect(Collectors.joining(", "));
        return new Verdict(result.evalActionName(), resource, why(result, decision, bounded, matched), detail);
    }

    private static Optional<Verdict.Why> why(
            EvaluationResult result,
            PolicyEvaluationDecisionType decision,
            boolean bounded,
            List<software.amazon.awssdk.services.iam.model.Statement> matched) {
        if (decision == PolicyEvaluationDecisionType.ALLOWED) {
            return Optional.empty();
        }
        boolean denied = decision == PolicyEvaluationDecisionType.EXPLICIT_DENY;
        boolean organized = result.organizationsDecisionDetail() != null
                && Boolean.FALSE.equals(result.organizationsDecisionDetail().allowedByOrganizations());
        if (organized) {
            return Optional.of(denied ? Verdict.Why.DENIED_BY_ORGANIZATION : Verdict.Why.UNTOLD);
        }
        if (!denied) {
            return Optional.of(bounded ? Verdict.Why.BOUNDARY : Verdict.Why.NOT_ALLOWED);
        }
        boolean managed = !matched.isEmpty()
                && matched.stream()
                        .allMatch(statement -> statement.sourcePolicyType() == PolicySourceType.USER_MANAGED
                                || statement.sourcePolicyType() == PolicySourceType.AWS_MANAGED);
        // A boundary is a managed policy, too; which of them denied is told by whether the boundary lets it through.
        Verdict.Why by = bounded ? Verdict.Why.DENIED_BY_BOUNDARY : Verdict.Why.DENIED_BY_MANAGED;
        return Optional.of(managed ? by : Verdict.Why.DENIED);
    }
}
