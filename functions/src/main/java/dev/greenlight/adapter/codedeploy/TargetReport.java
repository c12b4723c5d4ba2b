package dev.greenlight.adapter.codedeploy;

import dev.greenlight.adapter.Aws;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTarget;
import software.amazon.awssdk.services.codedeploy.model.Diagnostics;
import software.amazon.awssdk.services.codedeploy.model.InstanceTarget;
import software.amazon.awssdk.services.codedeploy.model.LifecycleErrorCode;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;
import software.amazon.awssdk.services.codedeploy.model.TargetStatus;

/**
 * What the instances of one deployment said of it. Follows "AppSpec 'hooks' section for an EC2/On-Premises deployment" and
 * the API pages InstanceTarget and Diagnostics.
 */
record TargetReport(List<InstanceTarget> targets) {

    /** The last lines of a script's output that are told: they stand in a history and in a pipeline's message. */
    private static final int LOG_TAIL = 400;

    private static final int INSTANCES_TOLD = 3;

    /** A script of the revision said no. Anything else (an agent that is silent, a missing right) may be the platform. */
    private static final Set<LifecycleErrorCode> SCRIPT_FAULTS = Set.of(
            LifecycleErrorCode.SCRIPT_FAILED,
            LifecycleErrorCode.SCRIPT_TIMED_OUT,
            LifecycleErrorCode.SCRIPT_MISSING,
            LifecycleErrorCode.SCRIPT_NOT_EXECUTABLE);

    /**
     * A script that exits so, sysexits' "temporary failure", has no verdict on its revision: whom it asked did not say. The
     * agent ends its message with the exit code.
     */
    private static final String NO_VERDICT = "failed with exit code 75";

    /** Its script comes from the revision that was there before. */
    private static final String OLD_REVISIONS_EVENT = "ApplicationStop";

    TargetReport {
        targets = List.copyOf(targets);
    }

    static TargetReport of(List<DeploymentTarget> targets) {
        return new TargetReport(targets.stream()
                .map(DeploymentTarget::instanceTarget)
                .filter(t -> t != null)
                .toList());
    }

    List<String> succeeded() {
        return targets.stream()
                .filter(t -> t.status() == TargetStatus.SUCCEEDED)
                .map(TargetReport::instanceId)
                .toList();
    }

    /** All that it is for. */
    Set<String> instances() {
        return targets.stream().map(TargetReport::instanceId).collect(Collectors.toSet());
    }

    /** What was begun, and has no end that is known. */
    List<String> begun() {
        return targets.stream()
                .filter(t -> t.status() == TargetStatus.IN_PROGRESS || t.status() == TargetStatus.UNKNOWN)
                .map(TargetReport::instanceId)
                .toList();
    }

    /** Whether each waited for its turn until the end. */
    boolean touchedNobody() {
        return targets.stream().allMatch(t -> t.status() == TargetStatus.PENDING || t.status() == TargetStatus.SKIPPED);
    }

    List<InstanceTarget> failed() {
        return targets.stream().filter(t -> t.status() == TargetStatus.FAILED).toList();
    }

    /** Each failed instance with the event that failed and the script's last words; empty if none failed. */
    Optional<String> failures() {
        List<InstanceTarget> failed = failed();
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        String told = String.join(
                "; ",
                failed.stream().limit(INSTANCES_TOLD).map(TargetReport::failure).toList());
        int more = failed.size() - INSTANCES_TOLD;
        return Optional.of(more > 0 ? "%s; and %d more instances".formatted(told, more) : told);
    }

    boolean blamesRevision() {
        return failed().stream()
                .flatMap(t -> failedEvent(t).stream())
                .filter(e -> !OLD_REVISIONS_EVENT.equals(e.lifecycleEventName()))
                .flatMap(e -> Optional.ofNullable(e.diagnostics()).stream())
                .anyMatch(said -> SCRIPT_FAULTS.contains(said.errorCode()) && !hasNoVerdict(said));
    }

    private static boolean hasNoVerdict(Diagnostics said) {
        return said.message() != null && said.message().strip().endsWith(NO_VERDICT);
    }

    private static String failure(InstanceTarget target) {
        return failedEvent(target)
                .map(e -> "instance %s failed in %s%s".formatted(instanceId(target), e.lifecycleEventName(), words(e)))
                .orElseGet(() -> "instance %s failed without running a script".formatted(instanceId(target)));
    }

    private static Optional<LifecycleEvent> failedEvent(InstanceTarget target) {
        return target.lifecycleEvents().stream()
                .filter(e -> e.status() == LifecycleEventStatus.FAILED)
                .findFirst();
    }

    private static String words(LifecycleEvent event) {
        Diagnostics said = event.diagnostics();
        if (said == null) {
            return "";
        }
        StringBuilder words = new StringBuilder(" (").append(said.errorCodeAsString());
        if (said.scriptName() != null && !said.scriptName().isBlank()) {
            words.append(" in ").append(said.scriptName());
        }
        words.append(")");
        String tail = tail(said);
        return tail.isEmpty()
                ? words.toString()
                : words.append(": ").append(tail).toString();
    }

    private static String tail(Diagnostics said) {
        boolean logged = said.logTail() != null && !said.logTail().isBlank();
        String text = logged ? said.logTail() : said.message();
        String line = text == null ? "" : text.strip().replaceAll("\\s*\\R\\s*", " | ");
        return line.length() <= LOG_TAIL ? line : "…" + line.substring(line.length() - LOG_TAIL);
    }

    /** A target's id is the instance's; its ARN ends with it too. */
    static String instanceId(InstanceTarget target) {
        return Aws.present(target.targetId(), "codedeploy:BatchGetDeploymentTargets", "targetId");
    }
}
