package dev.greenlight.sandbox.codepipeline;

import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.codepipeline.Execution.Run;
import dev.greenlight.sandbox.codepipeline.Pipeline.Approval;
import dev.greenlight.sandbox.eventbridge.Event;
import dev.greenlight.sandbox.fault.ServiceErrors;
import dev.greenlight.sandbox.lambda.SimulatedLambda;
import dev.greenlight.sandbox.world.Account;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.codepipeline.model.ActionNotFoundException;
import software.amazon.awssdk.services.codepipeline.model.ApprovalAlreadyCompletedException;
import software.amazon.awssdk.services.codepipeline.model.ApprovalStatus;
import software.amazon.awssdk.services.codepipeline.model.DuplicatedStopRequestException;
import software.amazon.awssdk.services.codepipeline.model.FailureType;
import software.amazon.awssdk.services.codepipeline.model.GetPipelineExecutionRequest;
import software.amazon.awssdk.services.codepipeline.model.GetPipelineExecutionResponse;
import software.amazon.awssdk.services.codepipeline.model.InvalidApprovalTokenException;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionNotFoundException;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionNotStoppableException;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionStatus;
import software.amazon.awssdk.services.codepipeline.model.PipelineNotFoundException;
import software.amazon.awssdk.services.codepipeline.model.PutApprovalResultRequest;
import software.amazon.awssdk.services.codepipeline.model.PutApprovalResultResponse;
import software.amazon.awssdk.services.codepipeline.model.PutJobFailureResultRequest;
import software.amazon.awssdk.services.codepipeline.model.PutJobFailureResultResponse;
import software.amazon.awssdk.services.codepipeline.model.PutJobSuccessResultRequest;
import software.amazon.awssdk.services.codepipeline.model.PutJobSuccessResultResponse;
import software.amazon.awssdk.services.codepipeline.model.RetryStageExecutionRequest;
import software.amazon.awssdk.services.codepipeline.model.RetryStageExecutionResponse;
import software.amazon.awssdk.services.codepipeline.model.StageNotFoundException;
import software.amazon.awssdk.services.codepipeline.model.StageNotRetryableException;
import software.amazon.awssdk.services.codepipeline.model.StageRetryMode;
import software.amazon.awssdk.services.codepipeline.model.StopPipelineExecutionRequest;
import software.amazon.awssdk.services.codepipeline.model.StopPipelineExecutionResponse;

/**
 * CodePipeline with one pipeline: takes executions through its stages and offers the jobs of Lambda actions to their functions.
 *
 * <p>Operations: PutJobSuccessResult, PutJobFailureResult, PutApprovalResult, StopPipelineExecution, RetryStageExecution and
 * GetPipelineExecution; every other one throws {@link UnsupportedOperationException}. A job gives up after 20 minutes without an answer and
 * after 24 hours in all; an answer to a job that is over, that was answered, or that has not been offered again yet gets
 * InvalidJobStateException.
 */
public final class SimulatedPipeline implements CodePipelineClient {

    private final Pipeline pipeline;
    private final Engine engine;

    public SimulatedPipeline(
            Pipeline pipeline,
            SandboxClock clock,
            Account account,
            SimulatedLambda lambda,
            JobTimings timings,
            Consumer<Event> events) {
        this.pipeline = pipeline;
        this.engine = new Engine(
                pipeline, clock, account, lambda, timings, new PipelineEvents(clock, account, pipeline.name(), events));
    }

    /**
     * Starts an execution, as a merge does.
     *
     * @param variables what the source action tells of the revision, such as CommitId
     * @return the execution's id
     */
    public String start(Artifact source, Map<String, String> variables) {
        synchronized (engine) {
            return engine.start(source, variables).id;
        }
    }

    /** The execution as it is now; an unknown id is a {@link NoSuchElementException}. */
    public ExecutionView execution(String id) {
        synchronized (engine) {
            return Optional.ofNullable(engine.executions().get(id))
                    .orElseThrow()
                    .view(pipeline);
        }
    }

    /** All executions, oldest first. */
    public List<ExecutionView> executions() {
        synchronized (engine) {
            return engine.executions().values().stream()
                    .map(e -> e.view(pipeline))
                    .toList();
        }
    }

    /** The token that answers the approval which waits now: PutApprovalResult wants it. */
    public Optional<String> approvalToken(String executionId) {
        return execution(executionId).actions().stream()
                .filter(a -> a.ended().isEmpty())
                .map(ActionRun::id)
                .findFirst();
    }

    @Override
    public PutJobSuccessResultResponse putJobSuccessResult(PutJobSuccessResultRequest request) {
        synchronized (engine) {
            engine.jobs().success(request);
            return PutJobSuccessResultResponse.builder().build();
        }
    }

    @Override
    public PutJobFailureResultResponse putJobFailureResult(PutJobFailureResultRequest request) {
        synchronized (engine) {
            engine.jobs().failure(request);
            return PutJobFailureResultResponse.builder().build();
        }
    }

    @Override
    public PutApprovalResultResponse putApprovalResult(PutApprovalResultRequest request) {
        requirePipeline(request.pipelineName());
        synchronized (engine) {
            Execution execution = engine.executions().values().stream()
                    .filter(e -> e.runs.stream().anyMatch(r -> r.id.equals(request.token())))
                    .findFirst()
                    .orElseThrow(() -> refused(
                            InvalidApprovalTokenException.builder(),
                            "The approval request already received a response or has expired."));
            Run run = execution.runs.stream()
                    .filter(r -> r.id.equals(request.token()))
                    .findFirst()
                    .orElseThrow();
            if (!(run.action instanceof Approval)
                    || !run.action.name().equals(request.actionName())
                    || !run.stage.name().equals(request.stageName())) {
                throw refused(ActionNotFoundException.builder(), "The specified action cannot be found.");
            }
            if (run.over()) {
                throw refused(
                        ApprovalAlreadyCompletedException.builder(),
                        "The approval action has already been approved or rejected.");
            }
            run.summary = request.result().summary();
            if (request.result().status() == ApprovalStatus.APPROVED) {
                engine.succeeded(execution, run, Map.of());
            } else {
                engine.failed(execution, run, FailureType.JOB_FAILED, "Rejected: " + run.summary);
            }
            return PutApprovalResultResponse.builder().approvedAt(run.ended).build();
        }
    }

    @Override
    public StopPipelineExecutionResponse stopPipelineExecution(StopPipelineExecutionRequest request) {
        requirePipeline(request.pipelineName());
        synchronized (engine) {
            Execution execution = find(request.pipelineExecutionId());
            if (execution.over()) {
                throw refused(
                        PipelineExecutionNotStoppableException.builder(),
                        "Unable to stop the pipeline execution. The execution might already be in a final state.");
            }
            boolean abandon = Boolean.TRUE.equals(request.abandon());
            if (execution.status == PipelineExecutionStatus.STOPPING && !abandon) {
                throw refused(
                        DuplicatedStopRequestException.builder(),
                        "The pipeline execution is already in a Stopping state.");
            }
            engine.stop(execution, abandon);
            return StopPipelineExecutionResponse.builder()
                    .pipelineExecutionId(execution.id)
                    .build();
        }
    }

    @Override
    public RetryStageExecutionResponse retryStageExecution(RetryStageExecutionRequest request) {
        requirePipeline(request.pipelineName());
        synchronized (engine) {
            Execution execution = find(request.pipelineExecutionId());
            int stage = pipeline.indexOf(request.stageName())
                    .orElseThrow(() -> refused(StageNotFoundException.builder(), "The stage cannot be found."));
            boolean ended = execution.status == PipelineExecutionStatus.FAILED
                    || execution.status == PipelineExecutionStatus.STOPPED;
            if (!ended || execution.stage != stage || execution.runs.isEmpty() || !engine.free(stage)) {
                throw refused(
                        StageNotRetryableException.builder(),
                        "Unable to retry. The pipeline structure or stage state might have changed while actions awaited"
                                + " retry, or the stage contains no failed actions.");
            }
            engine.retry(execution, request.retryMode() == StageRetryMode.ALL_ACTIONS);
            return RetryStageExecutionResponse.builder()
                    .pipelineExecutionId(execution.id)
                    .build();
        }
    }

    @Override
    public GetPipelineExecutionResponse getPipelineExecution(GetPipelineExecutionRequest request) {
        requirePipeline(request.pipelineName());
        synchronized (engine) {
            Execution execution = find(request.pipelineExecutionId());
            return GetPipelineExecutionResponse.builder()
                    .pipelineExecution(e -> e.pipelineName(pipeline.name())
                            .pipelineVersion(1)
                            .pipelineExecutionId(execution.id)
                            .status(execution.status)
                            .executionMode(pipeline.mode().name()))
                    .build();
        }
    }

    private void requirePipeline(String name) {
        if (!pipeline.name().equals(name)) {
            throw refused(
                    PipelineNotFoundException.builder(), "The account does not have a pipeline named '" + name + "'.");
        }
    }

    private Execution find(String id) {
        return Optional.ofNullable(engine.executions().get(id))
                .orElseThrow(() -> refused(
                        PipelineExecutionNotFoundException.builder(),
                        "The pipeline execution was specified in an invalid format, or an execution history does not"
                                + " exist for it."));
    }

    static AwsServiceException refused(AwsServiceException.Builder builder, String message) {
        return ServiceErrors.named(builder, 400, message);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing that has to be released. */
    @Override
    public void close() {}
}
