package dev.greenlight.sandbox.codepipeline;

import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.codepipeline.model.ActionExecutionStatus;

/**
 * What became of one action in one execution.
 *
 * @param id the action execution's id
 * @param offers how often its job was offered; 0 for actions without jobs
 * @param summary the last summary that the job's worker gave
 * @param externalExecutionId the last one that the job's worker gave
 * @param failureType why it failed, in the words of the job API; empty when it did not
 * @param message why it failed, in words
 * @param ended empty while it goes on
 */
public record ActionRun(
        String id,
        String stage,
        String action,
        ActionExecutionStatus status,
        int offers,
        String summary,
        String externalExecutionId,
        Optional<String> failureType,
        String message,
        Instant started,
        Optional<Instant> ended) {}
