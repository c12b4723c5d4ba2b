package dev.greenlight.adapter.codedeploy;

import dev.greenlight.adapter.Aws;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.DeploymentDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTarget;
import software.amazon.awssdk.services.codedeploy.model.InvalidDeploymentIdException;
import software.amazon.awssdk.services.codedeploy.model.LastDeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentTargetsResponse;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentsResponse;
import software.amazon.awssdk.services.codedeploy.model.TargetFilterName;
import software.amazon.awssdk.services.codedeploy.model.TargetStatus;

/** The reads of CodeDeploy, with a cap on each: at most {@value #READ_AT_MOST} deployments, at most 40 pages of targets. */
final class Deployments {

    /** The batch operations take at most this many ids in one call. */
    private static final int IDS_PER_CALL = 25;

    private static final String DESCRIBE = "codedeploy:BatchGetDeployments";
    private static final int READ_AT_MOST = 200;
    private static final int PAGES_AT_MOST = 40;

    private final CodeDeployClient codeDeploy;
    private final Aws aws;
    private final String application;

    Deployments(CodeDeployClient codeDeploy, Aws aws, String application) {
        this.codeDeploy = codeDeploy;
        this.aws = aws;
        this.application = application;
    }

    Optional<DeploymentInfo> find(String deployment) {
        return aws.repeatable("codedeploy:GetDeployment", () -> {
            try {
                DeploymentInfo info = codeDeploy
                        .getDeployment(r -> r.deploymentId(deployment))
                        .deploymentInfo();
                return Optional.of(Aws.present(info, "codedeploy:GetDeployment", "deploymentInfo"));
            } catch (DeploymentDoesNotExistException | InvalidDeploymentIdException e) {
                return Optional.empty();
            }
        });
    }

    /** The deployment whose revision a group's instances run, and which those get that are launched; empty before the first. */
    Optional<String> lastSuccessful(String group) {
        DeploymentGroupInfo info = aws.repeatable(
                "codedeploy:GetDeploymentGroup",
                () -> codeDeploy
                        .getDeploymentGroup(r -> r.applicationName(application).deploymentGroupName(group))
                        .deploymentGroupInfo());
        return Optional.ofNullable(Aws.present(info, "codedeploy:GetDeploymentGroup", "deploymentGroupInfo")
                        .lastSuccessfulDeployment())
                .map(LastDeploymentInfo::deploymentId);
    }

    /** The deployments of a group that were created since then, newest first. */
    List<DeploymentInfo> since(String group, Instant since) {
        return list(group, since, null);
    }

    /** Those of them that succeeded. */
    List<DeploymentInfo> succeededSince(String group, Instant since) {
        return list(group, since, List.of(DeploymentStatus.SUCCEEDED));
    }

    private List<DeploymentInfo> list(String group, Instant since, Collection<DeploymentStatus> only) {
        List<String> ids = new ArrayList<>();
        String page = null;
        int pages = 0;
        do {
            String token = page;
            ListDeploymentsResponse listed = aws.repeatable(
                    "codedeploy:ListDeployments",
                    () -> codeDeploy.listDeployments(r -> r.applicationName(application)
                            .deploymentGroupName(group)
                            .createTimeRange(t -> t.start(since))
                            .includeOnlyStatuses(only)
                            .nextToken(token)));
            ids.addAll(listed.deployments());
            page = listed.nextToken();
        } while (page != null && ids.size() < READ_AT_MOST && ++pages < PAGES_AT_MOST);
        return describe(ids.subList(0, Math.min(ids.size(), READ_AT_MOST)));
    }

    private List<DeploymentInfo> describe(List<String> ids) {
        List<DeploymentInfo> found = new ArrayList<>();
        for (List<String> some : inCalls(ids)) {
            found.addAll(aws.repeatable(
                    DESCRIBE,
                    () -> codeDeploy
                            .batchGetDeployments(r -> r.deploymentIds(some))
                            .deploymentsInfo()));
        }
        found.sort(Comparator.comparing(Deployments::created).reversed());
        return found;
    }

    static Instant created(DeploymentInfo deployment) {
        return Aws.present(deployment.createTime(), DESCRIBE, "createTime");
    }

    static String id(DeploymentInfo deployment) {
        return Aws.present(deployment.deploymentId(), DESCRIBE, "deploymentId");
    }

    /** The instances on which it succeeded. */
    List<String> succeededOn(String deployment) {
        return targetIds(
                deployment, Map.of(TargetFilterName.TARGET_STATUS, List.of(TargetStatus.SUCCEEDED.toString())));
    }

    TargetReport targets(String deployment) {
        List<String> ids = targetIds(deployment, null);
        List<DeploymentTarget> targets = new ArrayList<>();
        for (List<String> some : inCalls(ids)) {
            targets.addAll(aws.repeatable(
                    "codedeploy:BatchGetDeploymentTargets",
                    () -> codeDeploy
                            .batchGetDeploymentTargets(
                                    r -> r.deploymentId(deployment).targetIds(some))
                            .deploymentTargets()));
        }
        return TargetReport.of(targets);
    }

    private List<String> targetIds(String deployment, Map<TargetFilterName, List<String>> only) {
        List<String> ids = new ArrayList<>();
        String page = null;
        int pages = 0;
        do {
            String token = page;
            ListDeploymentTargetsResponse listed = aws.repeatable(
                    "codedeploy:ListDeploymentTargets",
                    () -> codeDeploy.listDeploymentTargets(
                            r -> r.deploymentId(deployment).targetFilters(only).nextToken(token)));
            ids.addAll(listed.targetIds());
            page = listed.nextToken();
        } while (page != null && ++pages < PAGES_AT_MOST);
        return ids;
    }

    private static List<List<String>> inCalls(List<String> ids) {
        List<List<String>> calls = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += IDS_PER_CALL) {
            calls.add(ids.subList(from, Math.min(ids.size(), from + IDS_PER_CALL)));
        }
        return calls;
    }
}
