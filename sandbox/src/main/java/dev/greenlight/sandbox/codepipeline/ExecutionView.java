package dev.greenlight.sandbox.codepipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionStatus;

/**
 * One execution as it is at the moment.
 *
 * @param stage the stage that it is in, waits before, or ended in
 * @param actions its actions so far, oldest first; an action that was retried is listed once for each try
 */
public record ExecutionView(
        String id,
        PipelineExecutionStatus status,
        Artifact source,
        String stage,
        List<ActionRun> actions,
        Instant started,
        Optional<Instant> ended) {

    public ExecutionView {
        actions = List.copyOf(actions);
    }

    /** The latest run of the action; empty when it has not begun. */
    public Optional<ActionRun> action(String name) {
        return actions.reversed().stream().filter(a -> a.action().equals(name)).findFirst();
    }

    /** How long it took; empty while it goes on. */
    public Optional<Duration> took() {
        return ended.map(end -> Duration.between(started, end));
    }
}
