package dev.greenlight.sandbox.codepipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.codepipeline.model.ActionExecutionStatus;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionStatus;

/** One run of the pipeline. Guarded by the lock of {@link Engine}. */
final class Execution {

    final String id;
    final Artifact source;
    final Map<String, String> sourceVariables;
    final Map<String, String> variables = new HashMap<>();
    final Map<String, Artifact> artifacts = new HashMap<>();
    final List<Run> runs = new ArrayList<>();
    final Instant started;
    PipelineExecutionStatus status = PipelineExecutionStatus.IN_PROGRESS;
    Instant ended;
    int stage;
    boolean inStage;

    Execution(String id, Artifact source, Map<String, String> sourceVariables, Instant started) {
        this.id = id;
        this.source = source;
        this.started = started;
        variables.put("codepipeline.PipelineExecutionId", id);
        this.sourceVariables = Map.copyOf(sourceVariables);
    }

    boolean over() {
        return ended != null;
    }

    Optional<Run> current() {
        return runs.isEmpty() || runs.getLast().over() ? Optional.empty() : Optional.of(runs.getLast());
    }

    ExecutionView view(Pipeline pipeline) {
        return new ExecutionView(
                id,
                status,
                source,
                pipeline.stages().get(stage).name(),
                runs.stream().map(Run::view).toList(),
                started,
                Optional.ofNullable(ended));
    }

    /** One action of it. */
    static final class Run {
        final String id;
        final Pipeline.Stage stage;
        final Pipeline.Action action;
        final int index;
        final Instant started;
        ActionExecutionStatus status = ActionExecutionStatus.IN_PROGRESS;
        int offers;
        String summary = "";
        String externalExecutionId = "";
        String failureType;
        String message = "";
        Instant ended;

        Run(String id, Pipeline.Stage stage, int index, Instant started) {
            this.id = id;
            this.stage = stage;
            this.index = index;
            this.action = stage.actions().get(index);
            this.started = started;
        }

        boolean over() {
            return ended != null;
        }

        void end(ActionExecutionStatus how, Instant now) {
            status = how;
            ended = now;
        }

        ActionRun view() {
            return new ActionRun(
                    id,
                    stage.name(),
                    action.name(),
                    status,
                    offers,
                    summary,
                    externalExecutionId,
                    Optional.ofNullable(failureType),
                    message,
                    started,
                    Optional.ofNullable(ended));
        }
    }
}
