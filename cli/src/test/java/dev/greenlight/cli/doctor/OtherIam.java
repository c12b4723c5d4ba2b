package dev.greenlight.cli.doctor;

import dev.greenlight.sandbox.paper.PaperAccount;
import dev.greenlight.sandbox.paper.PaperIam;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;
import software.amazon.awssdk.services.iam.paginators.SimulatePrincipalPolicyIterable;

/** An IAM whose simulation answers otherwise. */
final class OtherIam {

    private OtherIam() {}

    /** Each result as the operator would have it. */
    static IamClient over(PaperAccount paper, UnaryOperator<EvaluationResult> otherwise) {
        return answering(paper, result -> Stream.of(otherwise.apply(result)));
    }

    /** One result per action and resource. */
    static IamClient olderOver(PaperAccount paper) {
        return answering(
                paper,
                result -> result.resourceSpecificResults().isEmpty()
                        ? Stream.of(result)
                        : result.resourceSpecificResults().stream()
                                .map(one -> EvaluationResult.builder()
                                        .evalActionName(result.evalActionName())
                                        .evalResourceName(one.evalResourceName())
                                        .evalDecision(one.evalResourceDecision())
                                        .build()));
    }

    /** No word about one action. */
    static IamClient silentOver(PaperAccount paper, String action) {
        return answering(paper, result -> result.evalActionName().equals(action) ? Stream.empty() : Stream.of(result));
    }

    private static IamClient answering(
            PaperAccount paper, Function<EvaluationResult, Stream<EvaluationResult>> otherwise) {
        IamClient iam = new PaperIam(paper);
        return (IamClient) Proxy.newProxyInstance(
                IamClient.class.getClassLoader(), new Class<?>[] {IamClient.class}, (self, method, arguments) -> {
                    try {
                        if (method.getName().equals("simulatePrincipalPolicyPaginator")) {
                            return new SimulatePrincipalPolicyIterable(
                                    (IamClient) self, (SimulatePrincipalPolicyRequest) arguments[0]);
                        }
                        Object answer = method.invoke(iam, arguments);
                        return answer instanceof SimulatePrincipalPolicyResponse simulated
                                ? changed(simulated, otherwise)
                                : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static SimulatePrincipalPolicyResponse changed(
            SimulatePrincipalPolicyResponse answer, Function<EvaluationResult, Stream<EvaluationResult>> otherwise) {
        List<EvaluationResult> results =
                answer.evaluationResults().stream().flatMap(otherwise).toList();
        return answer.toBuilder().evaluationResults(results).build();
    }
}
