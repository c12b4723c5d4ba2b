package dev.greenlight.sandbox.paper;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.sandbox.iam.Ask;
import dev.greenlight.sandbox.iam.Simulator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.PolicySourceType;
import software.amazon.awssdk.services.iam.model.ResourceSpecificResult;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;
import software.amazon.awssdk.services.iam.model.Statement;

/**
 * IAM as it tells of roles, and simulates them: one result per action, with the decisions per resource inside ("EvaluationResult", API
 * reference). Managed policies are listed and allow nothing: nobody here knows what they say.
 */
public final class PaperIam implements IamClient {

    private static final String ROLE = "AWS::IAM::Role";
    private static final String BOUNDARY = "PermissionsBoundary";

    private final PaperAccount paper;

    public PaperIam(PaperAccount paper) {
        this.paper = paper;
    }

    @Override
    public GetRoleResponse getRole(GetRoleRequest request) {
        PaperAccount.Item role = role(request.roleName());
        GetRoleResponse.Builder answer = GetRoleResponse.builder();
        return answer.role(r -> {
                    r.roleName(role.id())
                            .arn(arn(role))
                            .assumeRolePolicyDocument(encoded(role.properties().path("AssumeRolePolicyDocument")));
                    if (role.properties().has(BOUNDARY)) {
                        r.permissionsBoundary(b -> b.permissionsBoundaryArn(role.text(BOUNDARY)));
                    }
                })
                .build();
    }

    @Override
    public GetInstanceProfileResponse getInstanceProfile(GetInstanceProfileRequest request) {
        PaperAccount.Item profile = paper.find("AWS::IAM::InstanceProfile", request.instanceProfileName())
                .orElseThrow(() -> Errors.gone(
                        NoSuchEntityException.builder(), "NoSuchEntity", "Profile " + request.instanceProfileName()));
        return GetInstanceProfileResponse.builder()
                .instanceProfile(p -> p.instanceProfileName(profile.id())
                        .roles(profile.properties()
                                .path("Roles")
                                .valueStream()
                                .map(name ->
                                        Role.builder().roleName(name.asText()).build())
                                .toList()))
                .build();
    }

    @Override
    public ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest request) {
        return ListRolePoliciesResponse.builder()
                .policyNames(policies(role(request.roleName())).stream()
                        .map(policy -> policy.path("PolicyName").asText())
                        .toList())
                .isTruncated(false)
                .build();
    }

    @Override
    public GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest request) {
        return policies(role(request.roleName())).stream()
                .filter(policy -> policy.path("PolicyName").asText().equals(request.policyName()))
                .map(policy -> GetRolePolicyResponse.builder()
                        .roleName(request.roleName())
                        .policyName(request.policyName())
                        .policyDocument(encoded(policy.path("PolicyDocument")))
                        .build())
                .findFirst()
                .orElseThrow(() -> Errors.gone(NoSuchEntityException.builder(), "NoSuchEntity", request.policyName()));
    }

    @Override
    public ListAttachedRolePoliciesResponse listAttachedRolePolicies(ListAttachedRolePoliciesRequest request) {
        List<AttachedPolicy> attached = new ArrayList<>();
        role(request.roleName())
                .properties()
                .path("ManagedPolicyArns")
                .forEach(arn -> attached.add(AttachedPolicy.builder()
                        .policyArn(arn.asText())
                        .policyName(arn.asText().replaceFirst(".*/", ""))
                        .build()));
        return ListAttachedRolePoliciesResponse.builder()
                .attachedPolicies(attached)
                .isTruncated(false)
                .build();
    }

    @Override
    public SimulatePrincipalPolicyResponse simulatePrincipalPolicy(SimulatePrincipalPolicyRequest request) {
        PaperAccount.Item role = paper.find(ROLE, item -> arn(item).equals(request.policySourceArn()))
                .orElseThrow(
                        () -> Errors.gone(NoSuchEntityException.builder(), "NoSuchEntity", request.policySourceArn()));
        Map<String, List<String>> context = new HashMap<>();
        request.contextEntries().forEach(entry -> context.put(entry.contextKeyName(), entry.contextKeyValues()));
        return SimulatePrincipalPolicyResponse.builder()
                .isTruncated(false)
                .evaluationResults(request.actionNames().stream()
                        .map(action -> result(role, action, request.resourceArns(), context))
                        .toList())
                .build();
    }

    private EvaluationResult result(
            PaperAccount.Item role, String action, List<String> resources, Map<String, List<String>> context) {
        if (resources.isEmpty()) {
            Decision decision = decide(role, new Ask(action, Ask.EVERYWHERE, context));
            EvaluationResult.Builder result = EvaluationResult.builder()
                    .evalActionName(action)
                    .evalResourceName(Ask.EVERYWHERE)
                    .evalDecision(decision.type())
                    .matchedStatements(decision.by());
            decision.bounded()
                    .ifPresent(b -> result.permissionsBoundaryDecisionDetail(d -> d.allowedByPermissionsBoundary(b)));
            return result.build();
        }
        List<ResourceSpecificResult> each = resources.stream()
                .map(resource -> specific(resource, decide(role, new Ask(action, resource, context))))
                .toList();
        return EvaluationResult.builder()
                .evalActionName(action)
                .evalResourceName(resources.getFirst())
                .evalDecision(worst(each))
                .resourceSpecificResults(each)
                .build();
    }

    private static ResourceSpecificResult specific(String resource, Decision decision) {
        ResourceSpecificResult.Builder result = ResourceSpecificResult.builder()
                .evalResourceName(resource)
                .evalResourceDecision(decision.type())
                .matchedStatements(decision.by());
        decision.bounded()
                .ifPresent(b -> result.permissionsBoundaryDecisionDetail(d -> d.allowedByPermissionsBoundary(b)));
        return result.build();
    }

    private static PolicyEvaluationDecisionType worst(List<ResourceSpecificResult> each) {
        return each.stream()
                .map(ResourceSpecificResult::evalResourceDecision)
                .filter(decision -> decision != PolicyEvaluationDecisionType.ALLOWED)
                .findFirst()
                .orElse(PolicyEvaluationDecisionType.ALLOWED);
    }

    private record Decision(PolicyEvaluationDecisionType type, List<Statement> by, Optional<Boolean> bounded) {}

    private Decision decide(PaperAccount.Item role, Ask ask) {
        Optional<JsonNode> boundary = paper.boundary(role.text(BOUNDARY));
        if (boundary.filter(document -> Simulator.denies(document, ask)).isPresent()) {
            Statement by = Statement.builder()
                    .sourcePolicyId(role.text(BOUNDARY).replaceFirst(".*/", ""))
                    .sourcePolicyType(PolicySourceType.USER_MANAGED)
                    .build();
            return new Decision(PolicyEvaluationDecisionType.EXPLICIT_DENY, List.of(by), Optional.of(false));
        }
        for (JsonNode policy : policies(role)) {
            if (Simulator.denies(policy.path("PolicyDocument"), ask)) {
                Statement by = Statement.builder()
                        .sourcePolicyId("role_%s_%s"
                                .formatted(role.id(), policy.path("PolicyName").asText()))
                        .sourcePolicyType(PolicySourceType.ROLE)
                        .build();
                return new Decision(PolicyEvaluationDecisionType.EXPLICIT_DENY, List.of(by), Optional.empty());
            }
        }
        boolean allowed =
                policies(role).stream().anyMatch(policy -> Simulator.allows(policy.path("PolicyDocument"), ask));
        Optional<Boolean> bounded = boundary.map(document -> Simulator.allows(document, ask));
        return new Decision(
                allowed && bounded.orElse(true)
                        ? PolicyEvaluationDecisionType.ALLOWED
                        : PolicyEvaluationDecisionType.IMPLICIT_DENY,
                List.of(),
                bounded);
    }

    private static List<JsonNode> policies(PaperAccount.Item role) {
        return role.properties().path("Policies").valueStream().toList();
    }

    private PaperAccount.Item role(String name) {
        return paper.find(ROLE, name)
                .orElseThrow(() -> Errors.gone(NoSuchEntityException.builder(), "NoSuchEntity", "The role " + name));
    }

    private String arn(PaperAccount.Item role) {
        return "arn:aws:iam::%s:role/%s".formatted(paper.account().id(), role.id());
    }

    /** IAM encodes documents as RFC 3986 says, where a blank is {@code %20}. */
    private static String encoded(JsonNode document) {
        return URLEncoder.encode(document.toString(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
