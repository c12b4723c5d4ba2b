package dev.greenlight.adapter.codedeploy;

import dev.greenlight.adapter.Aws;
import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.rollout.Installation;
import dev.greenlight.domain.rollout.Restoration;
import dev.greenlight.domain.rollout.Rolling;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.Installer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.BundleType;
import software.amazon.awssdk.services.codedeploy.model.DeploymentAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentLimitExceededException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentOverview;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.FileExistsBehavior;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;
import software.amazon.awssdk.services.codedeploy.model.S3Location;

/**
 * Installs revisions with CodeDeploy, in place: on all instances of a fleet at once, or on one Availability Zone after the other.
 *
 * <p>CreateDeployment has no idempotency token, so a deployment's description carries its rollout. A broken stop script of the
 * old revision must not block the new one, hence {@code ignoreApplicationStopFailures}; files that are there already are overwritten.
 * Follows "CreateDeployment", "Integrating CodeDeploy with Amazon EC2 Auto Scaling" and "Working with deployment configurations".
 */
public final class CodeDeployInstaller implements Installer {

    private static final String ALL_AT_ONCE = "CodeDeployDefault.AllAtOnce";

    /** CodeDeploy's clock and ours may differ; the description names the rollout, so looking further back is harmless. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** Each instance that is launched has a deployment of its own, and each that is looked into costs a call. */
    private static final int LAUNCHES_READ = 100;

    /** What began to launch before may still be launching: its scripts can take an hour ("CodeDeploy quotas"). */
    private static final Duration LAUNCH = Duration.ofHours(1);

    private final CodeDeployClient codeDeploy;
    private final Aws aws;
    private final String application;
    private final Deployments deployments;
    private final Optional<ByZone> byZone;
    private final Map<FleetName, String> groups = new EnumMap<>(FleetName.class);

    /**
     * The names of the deployment configurations that go from zone to zone: with time to watch each, and without.
     */
    public record ByZone(String forward, String back) {}

    /**
     * @param application CodeDeploy's application that both fleets' deployment groups belong to
     * @param byZone empty where nothing is installed zone by zone: what once was comes back all at once
     */
    public CodeDeployInstaller(
            CodeDeployClient codeDeploy, Aws aws, String application, Fleet a, Fleet b, Optional<ByZone> byZone) {
        this.byZone = byZone;
        this.codeDeploy = codeDeploy;
        this.aws = aws;
        this.application = application;
        this.deployments = new Deployments(codeDeploy, aws, application);
        groups.put(a.name(), a.deploymentGroup());
        groups.put(b.name(), b.deploymentGroup());
    }

    @Override
    public Started start(FleetName fleet, RevisionLocation revision, RolloutId rollout, Instant since) {
        return start(fleet, revision, description(rollout), ALL_AT_ONCE, since);
    }

    private static String description(RolloutId rollout) {
        return "greenlight " + rollout;
    }

    @Override
    public Started startByZone(
            FleetName fleet, RevisionLocation revision, RolloutId rollout, int attempt, Instant since) {
        String configuration = byZone.map(ByZone::forward)
                .orElseThrow(() -> Aws.unusable(
                        "codedeploy:CreateDeployment", "no configuration is named that goes from zone to zone"));
        return start(fleet, revision, description(rollout, attempt), configuration, since);
    }

    /** The first one's is the same as of one that goes to all instances at once. */
    private static String description(RolloutId rollout, int attempt) {
        return attempt == 1 ? description(rollout) : "%s goes on, %d".formatted(description(rollout), attempt);
    }

    private Started start(
            FleetName fleet, RevisionLocation revision, String description, String configuration, Instant since) {
        return named(fleet, description, since)
                .<Started>map(Started.By::new)
                .orElseGet(() -> create(groups.get(fleet), revision, description, configuration));
    }

    private Optional<String> named(FleetName fleet, String description, Instant since) {
        return deployments.since(groups.get(fleet), since.minus(CLOCK_SKEW)).stream()
                .filter(d -> description.equals(d.description()))
                .findFirst()
                .map(Deployments::id);
    }

    @Override
    public Optional<String> begun(FleetName fleet, RolloutId rollout, Instant since) {
        return named(fleet, description(rollout), since);
    }

    @Override
    public Started restore(
            FleetName fleet, RevisionLocation former, RolloutId rollout, Restoration due, Instant since) {
        // Also what was installed all at once, before the settings said otherwise: drained is never worse.
        String configuration =
                byZone.filter(zones -> !due.goesToAllAtOnce()).map(ByZone::back).orElse(ALL_AT_ONCE);
        String description = "%s taken back, try %d".formatted(description(rollout), due.attempt());
        return start(fleet, former, description, configuration, since);
    }

    @Override
    public Optional<RevisionLocation> standing(FleetName fleet) {
        return deployments
                .lastSuccessful(groups.get(fleet))
                .flatMap(deployments::find)
                .map(DeploymentInfo::revision)
                .map(software.amazon.awssdk.services.codedeploy.model.RevisionLocation::s3Location)
                .map(s3 -> new RevisionLocation(s3.bucket(), s3.key()));
    }

    private Started create(String group, RevisionLocation revision, String description, String configuration) {
        return aws.once("codedeploy:CreateDeployment", () -> {
            try {
                return new Started.By(codeDeploy
                        .createDeployment(r -> r.applicationName(application)
                                .deploymentGroupName(group)
                                .deploymentConfigName(configuration)
                                .description(description)
                                .ignoreApplicationStopFailures(true)
                                .fileExistsBehavior(FileExistsBehavior.OVERWRITE)
                                .revision(v -> v.revisionType(RevisionLocationType.S3)
                                        .s3Location(s -> s.bucket(revision.bucket())
                                                .key(revision.key())
                                                .bundleType(BundleType.ZIP))))
                        .deploymentId());
            } catch (DeploymentLimitExceededException e) {
                return new Started.Busy(
                        e.awsErrorDetails() == null
                                ? "the deployment group " + group + " is busy"
                                : e.awsErrorDetails().errorMessage());
            }
        });
    }

    @Override
    public Installation follow(FleetName fleet, String deployment, List<String> inService) {
        DeploymentInfo info = deployments
                .find(deployment)
                .orElseThrow(() -> Aws.unusable("codedeploy:GetDeployment", "there is no deployment " + deployment));
        return switch (Aws.present(info.status(), "codedeploy:GetDeployment", "status")) {
            case SUCCEEDED -> succeeded(groups.get(fleet), info, inService);
            case FAILED, STOPPED -> failed(info, deployments.targets(deployment));
            case CREATED, QUEUED, IN_PROGRESS, BAKING, READY, UNKNOWN_TO_SDK_VERSION ->
                new Installation.Running(progress(info));
        };
    }

    @Override
    public Installation followByZone(
            FleetName fleet, String deployment, RolloutId rollout, Instant since, List<String> inService) {
        DeploymentInfo info = deployments
                .find(deployment)
                .orElseThrow(() -> Aws.unusable("codedeploy:GetDeployment", "there is no deployment " + deployment));
        boolean told = info.status() == DeploymentStatus.IN_PROGRESS || info.status() == DeploymentStatus.STOPPED;
        if (!told) {
            return follow(fleet, deployment, inService);
        }
        TargetReport report = deployments.targets(deployment);
        if (report.failed().stream().map(TargetReport::instanceId).anyMatch(inService::contains)) {
            return failed(info, report);
        }
        Set<String> done = new HashSet<>(report.succeeded());
        earlier(fleet, deployment, rollout, since)
                .forEach(before -> done.addAll(deployments.succeededOn(Deployments.id(before))));
        Set<String> atWork = new HashSet<>(report.begun());
        done.removeAll(atWork);
        atWork.retainAll(inService);
        Rolling.Batch batch = new Rolling.Batch(report.instances(), done, atWork);
        return info.status() == DeploymentStatus.STOPPED
                ? new Installation.Stopped("deployment %s was stopped".formatted(deployment), batch)
                : new Installation.Running(progress(info), Optional.of(batch));
    }

    /** Those of this rollout before it that were stopped: what they finished is not undone by that. */
    private List<DeploymentInfo> earlier(FleetName fleet, String deployment, RolloutId rollout, Instant since) {
        String mine = description(rollout);
        return deployments.since(groups.get(fleet), since.minus(CLOCK_SKEW)).stream()
                .filter(d -> !Deployments.id(d).equals(deployment) && d.status() == DeploymentStatus.STOPPED)
                .filter(d -> mine.equals(d.description())
                        || d.description() != null && d.description().startsWith(mine + " goes on, "))
                .toList();
    }

    @Override
    public Installation followRestoring(FleetName fleet, String deployment, List<String> inService) {
        Installation found = follow(fleet, deployment, inService);
        if (!(found instanceof Installation.Succeeded)) {
            return found;
        }
        DeploymentInfo mine = deployments.find(deployment).orElseThrow();
        return deployments.since(groups.get(fleet), Deployments.created(mine)).stream()
                .filter(other -> Deployments.created(other).isAfter(Deployments.created(mine)))
                .filter(other -> !sameRevision(other, mine))
                .findFirst()
                .<Installation>map(other -> new Installation.Failed(
                        "deployment %s came after %s".formatted(Deployments.id(other), deployment), false))
                .orElse(found);
    }

    @Override
    public Installation followStanding(FleetName fleet, List<String> inService) {
        return deployments
                .lastSuccessful(groups.get(fleet))
                .map(last -> follow(fleet, last, inService))
                .orElseGet(Installation.NotStarted::new);
    }

    private static String progress(DeploymentInfo info) {
        // There is no overview until CodeDeploy has found the instances.
        DeploymentOverview seen = info.deploymentOverview();
        String counts = seen == null
                ? ""
                : ": %d of %d instances done"
                        .formatted(
                                count(seen.succeeded()),
                                count(seen.succeeded())
                                        + count(seen.failed())
                                        + count(seen.inProgress())
                                        + count(seen.pending())
                                        + count(seen.skipped())
                                        + count(seen.ready()));
        return "deployment %s is %s%s".formatted(info.deploymentId(), info.statusAsString(), counts);
    }

    private static long count(Long value) {
        return value == null ? 0 : value;
    }

    private static Installation failed(DeploymentInfo info, TargetReport report) {
        if (info.status() == DeploymentStatus.FAILED && report.touchedNobody()) {
            return new Installation.Refused("deployment %s failed: %s".formatted(info.deploymentId(), overall(info)));
        }
        String why = report.failures().orElseGet(() -> overall(info));
        return new Installation.Failed(
                "deployment %s %s: %s"
                        .formatted(
                                info.deploymentId(),
                                info.status() == DeploymentStatus.STOPPED ? "was stopped" : "failed",
                                why),
                report.blamesRevision());
    }

    private static String overall(DeploymentInfo info) {
        return info.errorInformation() == null
                ? "CodeDeploy gives no reason"
                : info.errorInformation().codeAsString() + " "
                        + info.errorInformation().message();
    }

    /**
     * AllAtOnce calls it a success if one instance succeeded: one that failed makes it a failure here, unless it has left
     * since. What replaces it is installed by a deployment of its own.
     */
    private Installation succeeded(String group, DeploymentInfo info, List<String> inService) {
        TargetReport report = deployments.targets(info.deploymentId());
        boolean stays = report.failed().stream().map(TargetReport::instanceId).anyMatch(inService::contains);
        if (stays) {
            return failed(info, report);
        }
        Set<String> proven = new HashSet<>(report.succeeded());
        if (!proven.containsAll(inService)) {
            addLaunched(proven, group, info, inService);
        }
        return new Installation.Succeeded(proven);
    }

    /**
     * Instances that were not in service yet when the deployment was created have deployments of their own, which CodeDeploy itself
     * creates when they are launched: perhaps before this one. The newest of them says what is on an instance.
     */
    private void addLaunched(Set<String> proven, String group, DeploymentInfo first, List<String> inService) {
        List<DeploymentInfo> others =
                deployments.succeededSince(group, Deployments.created(first).minus(LAUNCH)).stream()
                        .filter(d -> !Deployments.id(d).equals(first.deploymentId()))
                        .limit(LAUNCHES_READ)
                        .toList();
        Set<String> told = new HashSet<>(proven);
        for (DeploymentInfo other : others) {
            if (told.containsAll(inService)) {
                return;
            }
            List<String> on = deployments.succeededOn(Deployments.id(other));
            if (sameRevision(other, first)) {
                on.stream().filter(instance -> !told.contains(instance)).forEach(proven::add);
            }
            told.addAll(on);
        }
    }

    private static boolean sameRevision(DeploymentInfo one, DeploymentInfo other) {
        S3Location x = one.revision() == null ? null : one.revision().s3Location();
        S3Location y = other.revision() == null ? null : other.revision().s3Location();
        return x != null
                && y != null
                && Objects.equals(x.bucket(), y.bucket())
                && Objects.equals(x.key(), y.key())
                && (x.eTag() == null || y.eTag() == null || x.eTag().equals(y.eTag()));
    }

    @Override
    public void stop(String deployment) {
        aws.repeatable("codedeploy:StopDeployment", () -> {
            try {
                return Optional.of(codeDeploy.stopDeployment(
                        r -> r.deploymentId(deployment).autoRollbackEnabled(false)));
            } catch (DeploymentAlreadyCompletedException | DeploymentDoesNotExistException e) {
                return Optional.empty();
            }
        });
    }
}
