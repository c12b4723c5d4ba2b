package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.ResourceSpecificResult;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;

/**
 * Asks IAM what a live role is allowed. Follows the pages "SimulatePrincipalPolicy" and "EvaluationResult" of the IAM API reference: one
 * result per action, whose decisions per resource stand in {@code ResourceSpecificResults}; older answers had one result per action and
 * resource, and are read as well.
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

    /** One verdict for each action and resource of the statement; empty when IAM did not answer, which is noted. */
    Optional<List<Verdict>> ask(Place place, String role, Statement statement, KnownArns known, Notebook notebook) {
        Map<String, String> asked = new LinkedHashMap<>();
        statement.resources().forEach(resource -> asked.put(known.concrete(resource), resource));
        return notebook.ask(place, ACTION, () -> all(request(role, statement, List.copyOf(asked.keySet()))), () -> {})
                .map(results -> verdicts(results, asked))
                .filter(verdicts -> complete(place, statement, verdicts, notebook));
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

    private SimulatePrincipalPolicyRequest request(String role, Statement statement, List<String> resources) {
        SimulatePrincipalPolicyRequest.Builder request = SimulatePrincipalPolicyRequest.builder()
                .policySourceArn(role)
                .actionNames(statement.actions())
                .contextEntries(context(statement.conditions()));
        return resources.equals(List.of("*"))
                ? request.build()
                : request.resourceArns(resources).build();
    }

    /** The SDK's paginator: the answer for one statement rarely needs a second page. */
    private List<EvaluationResult> all(SimulatePrincipalPolicyRequest request) {
        return iam.simulatePrincipalPolicyPaginator(request).evaluationResults().stream()
                .toList();
    }

    /** What the statement's conditions ask about, as they would have it. */
    private static List<ContextEntry> context(JsonNode conditions) {
        List<ContextEntry> entries = new ArrayList<>();
        conditions
                .properties()
                .forEach(operator -> operator.getValue()
                        .properties()
                        .forEach(key ->
                                entries.add(entry(operator.getKey(), key.getKey(), Policies.texts(key.getValue())))));
        return entries;
    }

    private static ContextEntry entry(String operator, String key, List<String> values) {
        boolean several = operator.startsWith("ForAllValues:") || operator.startsWith("ForAnyValue:");
        ContextKeyTypeEnum type = operator.startsWith("Bool")
                ? ContextKeyTypeEnum.BOOLEAN
                : several ? ContextKeyTypeEnum.STRING_LIST : ContextKeyTypeEnum.STRING;
        return ContextEntry.builder()
                .contextKeyName(key)
                .contextKeyType(type)
                .contextKeyValues(several ? values : values.subList(0, 1))
                .build();
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
        boolean bounded = result.permissionsBoundaryDecisionDetail() != null
                && Boolean.FALSE.equals(
                        result.permissionsBoundaryDecisionDetail().allowedByPermissionsBoundary());
        return new Verdict(
                result.evalActionName(),
                asked.getOrDefault(String.valueOf(result.evalResourceName()), "*"),
                why(result, result.evalDecision(), bounded),
                result.matchedStatements().stream()
                        .map(matched -> String.valueOf(matched.sourcePolicyId()))
                        .distinct()
                        .collect(Collectors.joining(", ")));
    }

    private static Verdict verdict(EvaluationResult result, ResourceSpecificResult one, Map<String, String> asked) {
        boolean bounded = one.permissionsBoundaryDecisionDetail() != null
                && Boolean.FALSE.equals(one.permissionsBoundaryDecisionDetail().allowedByPermissionsBoundary());
        return new Verdict(
                result.evalActionName(),
                asked.getOrDefault(one.evalResourceName(), one.evalResourceName()),
                why(result, one.evalResourceDecision(), bounded),
                one.matchedStatements().stream()
                        .map(matched -> String.valueOf(matched.sourcePolicyId()))
                        .distinct()
                        .collect(Collectors.joining(", ")));
    }

    private static Optional<Verdict.Why> why(
            EvaluationResult result, PolicyEvaluationDecisionType decision, boolean bounded) {
        if (decision == PolicyEvaluationDecisionType.ALLOWED) {
            return Optional.empty();
        }
        boolean organized = result.organizationsDecisionDetail() != null
                && Boolean.FALSE.equals(result.organizationsDecisionDetail().allowedByOrganizations());
        if (organized) {
            return Optional.of(Verdict.Why.ORGANIZATION);
        }
        if (decision == PolicyEvaluationDecisionType.EXPLICIT_DENY) {
            return Optional.of(Verdict.Why.DENIED);
        }
        return Optional.of(bounded ? Verdict.Why.BOUNDARY : Verdict.Why.NOT_ALLOWED);
    }
}
