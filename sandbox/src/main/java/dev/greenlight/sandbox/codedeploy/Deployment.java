package dev.greenlight.sandbox.codedeploy;

import static dev.greenlight.sandbox.codedeploy.SimulatedCodeDeploy.refused;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentCreator;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;
import software.amazon.awssdk.services.codedeploy.model.FileExistsBehavior;
import software.amazon.awssdk.services.codedeploy.model.InvalidRevisionException;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;
import software.amazon.awssdk.services.codedeploy.model.RevisionRequiredException;
import software.amazon.awssdk.services.codedeploy.model.TargetStatus;

/** One deployment to the instances of a group, with what happened on each. Guarded by the lock of {@link Deployments}. */
final class Deployment {

    /** The events of a deployment in place without traffic control, in order. */
    private static final List<String> EVENTS = List.of(
            "ApplicationStop",
            "DownloadBundle",
            "BeforeInstall",
            "Install",
            "AfterInstall",
            "ApplicationStart",
            "ValidateService");

    /** Those before it where traffic is controlled. */
    private static final List<String> BLOCKING =
            List.of("BeforeBlockTraffic", TrafficControl.BLOCK, "AfterBlockTraffic");

    /** Those after it. */
    private static final List<String> ALLOWING =
            List.of("BeforeAllowTraffic", TrafficControl.ALLOW, "AfterAllowTraffic");

    /** What was asked for. */
    record Order(
            DeploymentCreator creator,
            RevisionLocation revision,
            String description,
            boolean ignoreApplicationStopFailures,
            FileExistsBehavior fileExists) {

        /** What a caller of CreateDeployment asks for; refused where it names no revision in S3. */
        static Order of(CreateDeploymentRequest request) {
            RevisionLocation revision = request.revision();
            if (revision == null) {
                throw refused(RevisionRequiredException.builder(), "Revision is required");
            }
            if (revision.revisionType() != RevisionLocationType.S3 || revision.s3Location() == null) {
                throw refused(InvalidRevisionException.builder(), "The sandbox has revisions in S3 only.");
            }
            FileExistsBehavior fileExists = request.fileExistsBehavior();
            return new Order(
                    DeploymentCreator.USER,
                    revision,
                    request.description(),
                    Boolean.TRUE.equals(request.ignoreApplicationStopFailures()),
                    fileExists == null ? FileExistsBehavior.DISALLOW : fileExists);
        }

        /** What CodeDeploy asks for by itself: it brings instances to a revision that others run, and tolerates what is on them. */
        static Order byItself(DeploymentCreator creator, RevisionLocation revision) {
            return new Order(creator, revision, null, true, FileExistsBehavior.OVERWRITE);
        }
    }

    final String id;
    final Group group;
    final Order order;
    final Instant created;
    final Deployment previous;
    final Configuration configuration;
    final List<String> events;
    final Map<String, Target> targets = new LinkedHashMap<>();
    DeploymentStatus status = DeploymentStatus.CREATED;

    /** Null until it begins. */
    Waves waves;

    Instant started;
    Instant completed;
    ErrorCode error;
    String errorMessage;

    Deployment(String id, Group group, Order order, Configuration configuration, Instant created) {
        this.id = id;
        this.group = group;
        this.order = order;
        this.created = created;
        this.previous = group.lastSuccessful;
        this.configuration = configuration;
        this.events = events(group, order.creator());
    }

    /** A launched instance was never in a target group: nothing is to be blocked. */
    private static List<String> events(Group group, DeploymentCreator creator) {
        List<String> events = new ArrayList<>();
        boolean controlled = !group.targetGroups.isEmpty();
        if (controlled && creator != DeploymentCreator.AUTOSCALING) {
            events.addAll(BLOCKING);
        }
        events.addAll(EVENTS);
        if (controlled) {
            events.addAll(ALLOWING);
        }
        return List.copyOf(events);
    }

    boolean over() {
        return completed != null;
    }

    /** One instance of the deployment. */
    static final class Target {
        final String instanceId;
        final String zone;
        final boolean wasUnhealthy;
        final List<EventRun> events = new ArrayList<>();
        TargetStatus status = TargetStatus.PENDING;
        boolean begun;
        Instant updated;

        Target(String instanceId, String zone, boolean wasUnhealthy, List<String> names, Instant now) {
            this.instanceId = instanceId;
            this.zone = zone;
            this.wasUnhealthy = wasUnhealthy;
            this.updated = now;
            names.forEach(name -> events.add(new EventRun(name)));
        }

        boolean over() {
            return status != TargetStatus.PENDING && status != TargetStatus.IN_PROGRESS;
        }

        /** Ends it: what did not start is skipped, what runs has an unknown end. */
        void end(TargetStatus how, Instant now) {
            status = how;
            updated = now;
            for (EventRun event : events) {
                if (event.status == LifecycleEventStatus.PENDING) {
                    event.status = LifecycleEventStatus.SKIPPED;
                } else if (event.status == LifecycleEventStatus.IN_PROGRESS) {
                    event.status = LifecycleEventStatus.UNKNOWN;
                }
            }
        }
    }

    /** One lifecycle event on one instance. */
    static final class EventRun {
        final String name;
        LifecycleEventStatus status = LifecycleEventStatus.PENDING;
        Instant started;
        Instant ended;
        ScriptRunner.Result result;

        EventRun(String name) {
            this.name = name;
        }

        void end(LifecycleEventStatus how, ScriptRunner.Result why, Instant now) {
            status = how;
            result = why;
            ended = now;
        }
    }
}
