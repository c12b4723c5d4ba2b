package dev.greenlight.domain.hook;

import dev.greenlight.domain.rollout.Revision;
import dev.greenlight.domain.rollout.RolloutId;
import java.time.Instant;
import java.util.Optional;

/** Who called a hook, and with what. The use cases do not know; parsers and answerers do. */
public sealed interface Trigger {

    /**
     * A pipeline's Lambda action offers a job.
     *
     * @param rollout the pipeline's execution id
     * @param revision name and digest, where this action is given them
     * @param location the action's first input artifact, where it has one
     * @param token what this job's last call left, if it goes on
     */
    record PipelineJob(
            String jobId,
            RolloutId rollout,
            Optional<Revision> revision,
            Optional<RevisionLocation> location,
            Optional<Token> token)
            implements Trigger {}

    /**
     * A person, a script or a tool calls the function itself.
     *
     * @param rollout which rollout is meant; empty where it is whichever is at hand
     * @param reason the caller's words, told in the history
     * @param cooldown whether the cooldown is meant that a rollback began
     * @param resume whether the pause is meant in which the rollout is
     */
    record DirectCall(
            Optional<RolloutId> rollout,
            Optional<Revision> revision,
            Optional<RevisionLocation> location,
            Optional<String> reason,
            boolean quarantine,
            boolean cooldown,
            boolean resume)
            implements Trigger {}

    /** A script on an instance, to which CodeDeploy installs a rollout's revision, waits for the word whether it may stay there. */
    record InstanceAsks(RolloutId rollout, String instance) implements Trigger {}

    /** CodeDeploy runs a lifecycle hook and waits for its status; {@code firstCall} is when it first asked. */
    record HookExecution(String deploymentId, String executionId, Instant firstCall) implements Trigger {}

    /** A stage of the pipeline failed, was stopped, canceled or superseded. */
    record StageEnded(RolloutId rollout, String stage, String state) implements Trigger {}

    /** An alarm changed its state to ALARM at {@code since}; its event may come much later, and again. */
    record AlarmFired(String alarm, Instant since) implements Trigger {}

    /** The Scheduler keeps an appointment: blue's time is up. */
    record BlueTimeUp(RolloutId rollout) implements Trigger {}

    /** The Scheduler's regular call. */
    record Tick() implements Trigger {}

    /** Lambda gave up on an invocation of {@code function} that carried {@code inner}. */
    record LostInvocation(String function, PipelineJob inner) implements Trigger {}
}
