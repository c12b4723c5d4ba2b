package dev.greenlight.sandbox.codedeploy;

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
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.TargetStatus;

/** One deployment to the instances of a group, with what happened on each. Guarded by the lock of {@link Deployments}. */
final class Deployment {

    /** The events of a deployment in place without traffic control, in order. */
    static final List<String> EVENTS = List.of(
            "ApplicationStop",
            "DownloadBundle",
            "BeforeInstall",
            "Install",
            "AfterInstall",
            "ApplicationStart",
            "ValidateService");

    /** What was asked for. */
    record Order(
            DeploymentCreator creator,
            RevisionLocation revision,
            String description,
            boolean ignoreApplicationStopFailures,
            FileExistsBehavior fileExists) {

        /** What a caller of CreateDeployment asks for. */
        static Order of(CreateDeploymentRequest request) {
            FileExistsBehavior fileExists = request.fileExistsBehavior();
            return new Order(
                    DeploymentCreator.USER,
                    request.revision(),
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
    final Map<String, Target> targets = new LinkedHashMap<>();
    DeploymentStatus status = DeploymentStatus.CREATED;
    Instant started;
    Instant completed;
    ErrorCode error;
    String errorMessage;

    Deployment(String id, Group group, Order order, Instant created) {
        this.id = id;
        this.group = group;
        this.order = order;
        this.created = created;
        this.previous = group.lastSuccessful;
    }

    boolean over() {
        return completed != null;
    }

    /** One instance of the deployment. */
    static final class Target {
        final String instanceId;
        final List<EventRun> events = new ArrayList<>();
        TargetStatus status = TargetStatus.PENDING;
        Instant updated;

        Target(String instanceId, Instant now) {
            this.instanceId = instanceId;
            this.updated = now;
            EVENTS.forEach(name -> events.add(new EventRun(name)));
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
