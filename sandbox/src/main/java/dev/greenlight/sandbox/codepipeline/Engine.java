package dev.greenlight.sandbox.codepipeline;

import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.codepipeline.Execution.Run;
import dev.greenlight.sandbox.codepipeline.Pipeline.Approval;
import dev.greenlight.sandbox.codepipeline.Pipeline.Build;
import dev.greenlight.sandbox.codepipeline.Pipeline.Invoke;
import dev.greenlight.sandbox.codepipeline.Pipeline.Source;
import dev.greenlight.sandbox.codepipeline.Pipeline.Stage;
import dev.greenlight.sandbox.lambda.SimulatedLambda;
import dev.greenlight.sandbox.world.Account;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.codepipeline.model.ActionExecutionStatus;
import software.amazon.awssdk.services.codepipeline.model.FailureType;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionStatus;

/**
 * Moves executions through the stages. One execution is in a stage at a time; before it they wait as the pipeline's mode says (page "How
 * pipeline executions work"). All that is reached from here is guarded by this object's lock.
 */
final class Engine implements Jobs.Endings {

    private static final Duration SOURCE_TAKES = Duration.ofSeconds(3);

    private final Pipeline pipeline;
    private final SandboxClock clock;
    private final PipelineEvents events;
    private final Jobs jobs;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<String, Execution> executions = new LinkedHashMap<>();

    /** Who is in a stage, and who waits before it, in the order in which they came. */
    private static final class Slot {
        Execution occupant;
        final Deque<Execution> waiting = new ArrayDeque<>();
    }

    Engine(
            Pipeline pipeline,
            SandboxClock clock,
            Account account,
            SimulatedLambda lambda,
            JobTimings timings,
            PipelineEvents events) {
        this.pipeline = pipeline;
        this.clock = clock;
        this.events = events;
        this.jobs = new Jobs(clock, account, lambda, timings, this, this);
        pipeline.stages().forEach(stage -> slots.add(new Slot()));
    }

    Map<String, Execution> executions() {
        return executions;
    }

    Jobs jobs() {
        return jobs;
    }

    Execution start(Artifact source, Map<String, String> sourceVariables) {
        String id = Jobs.uuid(pipeline.name() + " execution " + executions.size());
        Execution execution = new Execution(id, source, sourceVariables, clock.instant());
        executions.put(id, execution);
        events.pipeline(execution, "STARTED");
        enter(execution, 0, "STARTED");
        return execution;
    }

    private void enter(Execution execution, int index, String how) {
        execution.stage = index;
        Slot slot = slots.get(index);
        // A stage that was just left belongs to who waits before it.
        if (slot.occupant != null || !slot.waiting.isEmpty()) {
            if (pipeline.mode() == Pipeline.Mode.SUPERSEDED && !slot.waiting.isEmpty()) {
                end(slot.waiting.remove(), PipelineExecutionStatus.SUPERSEDED, "SUPERSEDED");
            }
            slot.waiting.add(execution);
        } else {
            occupy(slot, execution, index, how);
        }
    }

    private void occupy(Slot slot, Execution execution, int index, String how) {
        slot.occupant = execution;
        execution.inStage = true;
        Stage stage = pipeline.stages().get(index);
        events.stage(execution, stage.name(), how);
        run(execution, stage, 0);
    }

    private void run(Execution execution, Stage stage, int index) {
        if (execution.status == PipelineExecutionStatus.STOPPING) {
            stopped(execution);
            return;
        }
        if (index == stage.actions().size()) {
            stageDone(execution, stage);
            return;
        }
        Run run = new Run(Jobs.uuid(execution.id + " action " + execution.runs.size()), stage, index, clock.instant());
        execution.runs.add(run);
        switch (run.action) {
            case Source source ->
                after(SOURCE_TAKES, run, () -> {
                    execution.artifacts.put(source.output(), execution.source);
                    succeeded(execution, run, execution.sourceVariables);
                });
            case Build build -> after(build.takes(), run, () -> build(execution, run, build));
            case Invoke invoke -> invoke(execution, run, invoke);
            case Approval approval ->
                after(
                        approval.timeout(),
                        run,
                        () -> failed(execution, run, FailureType.JOB_FAILED, "The approval action has timed out."));
        }
    }

    /** Does it under the lock, unless the action is over by then. */
    private void after(Duration delay, Run run, Runnable what) {
        clock.after(delay, "action " + run.action.name(), () -> {
            synchronized (this) {
                if (!run.over()) {
                    what.run();
                }
            }
        });
    }

    private void build(Execution execution, Run run, Build build) {
        Build.Built built;
        try {
            built = build.step().build(execution.artifacts.get(build.input()));
        } catch (Exception e) {
            failed(execution, run, FailureType.JOB_FAILED, String.valueOf(e.getMessage()));
            return;
        }
        execution.artifacts.put(build.output(), built.artifact());
        succeeded(execution, run, built.variables());
    }

    private void invoke(Execution execution, Run run, Invoke invoke) {
        try {
            String parameters = Variables.resolve(invoke.userParameters(), execution.variables);
            jobs.begin(execution, run, invoke, parameters);
        } catch (Variables.Unresolved | AwsServiceException e) {
            failed(execution, run, FailureType.CONFIGURATION_ERROR, e.getMessage());
        }
    }

    @Override
    public void succeeded(Execution execution, Run run, Map<String, String> outputs) {
        run.end(ActionExecutionStatus.SUCCEEDED, clock.instant());
        run.action
                .namespace()
                .ifPresent(namespace ->
                        outputs.forEach((name, value) -> execution.variables.put(namespace + "." + name, value)));
        run(execution, run.stage, run.index + 1);
    }

    @Override
    public void failed(Execution execution, Run run, FailureType type, String message) {
        run.failureType = type.toString();
        run.message = message;
        run.end(ActionExecutionStatus.FAILED, clock.instant());
        events.stage(execution, run.stage.name(), "FAILED");
        leave(execution);
        end(execution, PipelineExecutionStatus.FAILED, "FAILED");
    }

    private void stageDone(Execution execution, Stage stage) {
        events.stage(execution, stage.name(), "SUCCEEDED");
        leave(execution);
        if (execution.stage + 1 < slots.size()) {
            enter(execution, execution.stage + 1, "STARTED");
        } else {
            end(execution, PipelineExecutionStatus.SUCCEEDED, "SUCCEEDED");
        }
    }

    /** Frees the stage; who waits before it comes in a moment later, after the one that left has gone on. */
    private void leave(Execution execution) {
        Slot slot = slots.get(execution.stage);
        slot.occupant = null;
        execution.inStage = false;
        int index = execution.stage;
        clock.after(Duration.ZERO, "next into stage " + index, () -> admit(index));
    }

    private synchronized void admit(int index) {
        Slot slot = slots.get(index);
        if (slot.occupant == null && !slot.waiting.isEmpty()) {
            occupy(slot, slot.waiting.remove(), index, "STARTED");
        }
    }

    private void end(Execution execution, PipelineExecutionStatus status, String state) {
        execution.status = status;
        execution.ended = clock.instant();
        events.pipeline(execution, state);
    }

    /** Ends it at once, its action abandoned, or when its action is over. */
    void stop(Execution execution, boolean abandon) {
        execution.status = PipelineExecutionStatus.STOPPING;
        if (abandon || !execution.inStage) {
            execution.current().ifPresent(run -> run.end(ActionExecutionStatus.ABANDONED, clock.instant()));
            stopped(execution);
        }
    }

    private void stopped(Execution execution) {
        if (execution.inStage) {
            events.stage(execution, pipeline.stages().get(execution.stage).name(), "STOPPED");
            leave(execution);
        } else {
            slots.get(execution.stage).waiting.remove(execution);
        }
        end(execution, PipelineExecutionStatus.STOPPED, "STOPPED");
    }

    boolean free(int stage) {
        return slots.get(stage).occupant == null;
    }

    /** Takes up a failed or stopped execution again in the stage that it ended in. */
    void retry(Execution execution, boolean allActions) {
        Run last = execution.runs.getLast();
        execution.status = PipelineExecutionStatus.IN_PROGRESS;
        execution.ended = null;
        execution.inStage = true;
        slots.get(execution.stage).occupant = execution;
        events.pipeline(execution, "RESUMED");
        events.stage(execution, last.stage.name(), "RESUMED");
        run(execution, last.stage, allActions ? 0 : last.index);
    }
}
