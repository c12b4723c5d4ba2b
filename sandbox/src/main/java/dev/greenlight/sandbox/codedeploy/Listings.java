package dev.greenlight.sandbox.codedeploy;

import static dev.greenlight.sandbox.codedeploy.SimulatedCodeDeploy.refused;

import dev.greenlight.sandbox.codedeploy.Deployment.Target;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.codedeploy.model.DeploymentDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentIdRequiredException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentNotStartedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTargetDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.InvalidNextTokenException;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentTargetsRequest;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentTargetsResponse;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentsRequest;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentsResponse;
import software.amazon.awssdk.services.codedeploy.model.TargetFilterName;

/** What callers look up by id, and what they list: filters, then pages of a hundred whose token is the place of the next entry. */
final class Listings {

    private static final int PAGE = 100;

    private Listings() {}

    static Deployment find(Map<String, Deployment> all, String id) {
        if (id == null) {
            throw refused(DeploymentIdRequiredException.builder(), "Deployment id is required");
        }
        return Optional.ofNullable(all.get(id))
                .orElseThrow(() -> refused(
                        DeploymentDoesNotExistException.builder(), "The deployment " + id + " could not be found"));
    }

    /** A deployment whose targets are known. */
    static Deployment started(Map<String, Deployment> all, String id) {
        Deployment deployment = find(all, id);
        if (deployment.started == null && !deployment.over()) {
            throw refused(DeploymentNotStartedException.builder(), "The deployment " + id + " has not started");
        }
        return deployment;
    }

    static Target target(Deployment deployment, String instanceId) {
        return Optional.ofNullable(deployment.targets.get(instanceId))
                .orElseThrow(() -> refused(
                        DeploymentTargetDoesNotExistException.builder(),
                        "The deployment target " + instanceId + " is not part of " + deployment.id));
    }

    /** Newest first. */
    static ListDeploymentsResponse deployments(Collection<Deployment> all, ListDeploymentsRequest request) {
        List<String> ids = all.stream()
                .filter(d -> matches(d, request))
                .map(d -> d.id)
                .toList()
                .reversed();
        int from = from(request.nextToken(), ids.size());
        int to = Math.min(ids.size(), from + PAGE);
        return ListDeploymentsResponse.builder()
                .deployments(ids.subList(from, to))
                .nextToken(token(to, ids.size()))
                .build();
    }

    private static boolean matches(Deployment d, ListDeploymentsRequest request) {
        var range = request.createTimeRange();
        return (request.applicationName() == null || request.applicationName().equals(d.group.application))
                && (request.deploymentGroupName() == null
                        || request.deploymentGroupName().equals(d.group.name))
                && (request.includeOnlyStatuses().isEmpty()
                        || request.includeOnlyStatuses().contains(d.status))
                && (range == null || range.start() == null || !d.created.isBefore(range.start()))
                && (range == null || range.end() == null || !d.created.isAfter(range.end()));
    }

    static ListDeploymentTargetsResponse targets(Deployment deployment, ListDeploymentTargetsRequest request) {
        List<String> statuses = request.targetFilters().getOrDefault(TargetFilterName.TARGET_STATUS, List.of());
        List<String> ids = deployment.targets.values().stream()
                .filter(t -> statuses.isEmpty() || statuses.contains(t.status.toString()))
                .map(t -> t.instanceId)
                .toList();
        int from = from(request.nextToken(), ids.size());
        int to = Math.min(ids.size(), from + PAGE);
        return ListDeploymentTargetsResponse.builder()
                .targetIds(ids.subList(from, to))
                .nextToken(token(to, ids.size()))
                .build();
    }

    private static String token(int to, int size) {
        return to < size ? Integer.toString(to) : null;
    }

    private static int from(String token, int size) {
        if (token == null) {
            return 0;
        }
        if (!token.matches("\\d{1,9}") || Integer.parseInt(token) > size) {
            throw refused(InvalidNextTokenException.builder(), "The next token was specified in an invalid format.");
        }
        return Integer.parseInt(token);
    }
}
