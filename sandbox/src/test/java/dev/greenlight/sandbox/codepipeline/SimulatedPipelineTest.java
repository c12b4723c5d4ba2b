package dev.greenlight.sandbox.codepipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.codepipeline.JobTimings.ContinuationIds;
import dev.greenlight.sandbox.codepipeline.Pipeline.Approval;
import dev.greenlight.sandbox.codepipeline.Pipeline.Build;
import dev.greenlight.sandbox.codepipeline.Pipeline.Invoke;
import dev.greenlight.sandbox.codepipeline.Pipeline.Source;
import dev.greenlight.sandbox.codepipeline.Pipeline.Stage;
import dev.greenlight.sandbox.eventbridge.Event;
import dev.greenlight.sandbox.fault.Faults;
import dev.greenlight.sandbox.lambda.Function;
import dev.greenlight.sandbox.lambda.SimulatedLambda;
import dev.greenlight.sandbox.lambda.Threads;
import dev.greenlight.sandbox.world.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codepipeline.model.ActionExecutionStatus;
import software.amazon.awssdk.services.codepipeline.model.ApprovalAlreadyCompletedException;
import software.amazon.awssdk.services.codepipeline.model.InvalidJobStateException;
import software.amazon.awssdk.services.codepipeline.model.JobNotFoundException;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionNotStoppableException;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionStatus;
import software.amazon.awssdk.services.codepipeline.model.StageNotRetryableException;
import software.amazon.awssdk.services.codepipeline.model.ValidationException;

class SimulatedPipelineTest {

    private static final Artifact COMMIT = new Artifact("bucket", "source.zip", "abc123");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SandboxClock clock = SandboxClock.ticked(Instant.parse("2026-03-02T09:00:00Z"));
    private final SimulatedLambda lambda =
            new SimulatedLambda(clock, Account.example(), new Faults(clock), Threads.callers(clock));
    private final List<JsonNode> jobs = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private SimulatedPipeline pipeline = pipeline(JobTimings.ordinary());

    SimulatedPipelineTest() {
        for (String name : List.of("prepare", "verify")) {
            lambda.register(
                    Function.named(name, MINUTE),
                    () -> (in, out, context) -> jobs.add(new ObjectMapper()
                            .readTree(new String(in.readAllBytes(), UTF_8))
                            .get("CodePipeline.job")));
        }
    }

    private SimulatedPipeline pipeline(JobTimings timings) {
        return pipeline(timings, Pipeline.Mode.SUPERSEDED);
    }

    private SimulatedPipeline pipeline(JobTimings timings, Pipeline.Mode mode) {
        Build.Step build = source -> new Build.Built(
                new Artifact("bucket", "revision-" + source.revision() + ".zip", "etag"), Map.of("Version", "v7"));
        return new SimulatedPipeline(
                new Pipeline(
                        "release",
                        mode,
                        List.of(
                                new Stage("Source", new Source("Merge", Optional.of("Source"), "source")),
                                new Stage(
                                        "Build",
                                        new Build("Make", Optional.of("Build"), "source", "revision", MINUTE, build)),
                                new Stage(
                                        "Rollout",
                                        Invoke.of(
                                                "PrepareGreen",
                                                "prepare",
                                                "{\"execution\":\"#{codepipeline.PipelineExecutionId}\","
                                                        + "\"commit\":\"#{Source.CommitId}\",\"version\":\"#{Build.Version}\"}",
                                                "revision"),
                                        Invoke.of("Verify", "verify", "fleet=#{PrepareGreen.green}", "revision")))),
                clock,
                Account.example(),
                lambda,
                timings,
                events::add);
    }

    private String start() {
        String id = pipeline.start(COMMIT, Map.of("CommitId", "abc123"));
        clock.advance(MINUTE.multipliedBy(2));
        return id;
    }

    private String jobId() {
        return jobs.getLast().at("/id").asText();
    }

    private ActionRun action(String execution, String name) {
        return pipeline.execution(execution).action(name).orElseThrow();
    }

    private List<String> stageEvents() {
        return events.stream()
                .filter(e -> e.detailType().equals("CodePipeline Stage Execution State Change"))
                .map(e -> e.detail().get("stage") + " " + e.detail().get("state"))
                .toList();
    }

    @Test
    void a_job_comes_as_aws_sends_it_with_its_variables_resolved() {
        String execution = start();

        JsonNode job = jobs.getFirst();
        assertThat(jobs).hasSize(1);
        assertThat(job.at("/accountId").asText()).isEqualTo("123456789012");
        assertThat(job.at("/data/actionConfiguration/configuration/FunctionName")
                        .asText())
                .isEqualTo("prepare");
        assertThat(job.at("/data/actionConfiguration/configuration/UserParameters")
                        .asText())
                .isEqualTo("{\"execution\":\"" + execution + "\",\"commit\":\"abc123\",\"version\":\"v7\"}");
        assertThat(job.at("/data/inputArtifacts/0/name").asText()).isEqualTo("revision");
        assertThat(job.at("/data/inputArtifacts/0/location/type").asText()).isEqualTo("S3");
        assertThat(job.at("/data/inputArtifacts/0/location/s3Location/objectKey")
                        .asText())
                .isEqualTo("revision-abc123.zip");
        assertThat(job.at("/data/artifactCredentials/secretAccessKey").asText())
                .isEqualTo(FakeCredentials.SECRET_ACCESS_KEY);
        assertThat(job.at("/data/continuationToken").isMissingNode()).isTrue();
    }

    @Test
    void successes_take_an_execution_through_to_its_end_with_output_variables_on_the_way() {
        String execution = start();

        pipeline.putJobSuccessResult(r -> r.jobId(jobId()).outputVariables(Map.of("green", "fleet-b")));
        clock.advance(Duration.ZERO);
        assertThat(jobs.getLast()
                        .at("/data/actionConfiguration/configuration/UserParameters")
                        .asText())
                .isEqualTo("fleet=fleet-b");
        pipeline.putJobSuccessResult(r ->
                r.jobId(jobId()).executionDetails(d -> d.summary("promoted").externalExecutionId("rollout-1")));

        ExecutionView view = pipeline.execution(execution);
        assertThat(view.status()).isEqualTo(PipelineExecutionStatus.SUCCEEDED);
        assertThat(view.took()).hasValue(Duration.ofMinutes(2));
        assertThat(action(execution, "Verify").summary()).isEqualTo("promoted");
        assertThat(action(execution, "Verify").externalExecutionId()).isEqualTo("rollout-1");
        assertThat(stageEvents())
                .containsExactly(
                        "Source STARTED",
                        "Source SUCCEEDED",
                        "Build STARTED",
                        "Build SUCCEEDED",
                        "Rollout STARTED",
                        "Rollout SUCCEEDED");
    }

    @Test
    void a_token_brings_the_job_back_after_the_interval() {
        String execution = start();
        String first = jobId();

        pipeline.putJobSuccessResult(r -> r.jobId(first).continuationToken("step 1"));
        clock.advance(Duration.ofSeconds(29));
        assertThat(jobs).hasSize(1);
        clock.advance(Duration.ofSeconds(1));

        assertThat(jobs).hasSize(2);
        assertThat(jobs.getLast().at("/data/continuationToken").asText()).isEqualTo("step 1");
        assertThat(jobId()).isEqualTo(first);
        assertThat(action(execution, "PrepareGreen").offers()).isEqualTo(2);
    }

    @Test
    void the_job_that_comes_back_may_have_another_id() {
        pipeline = pipeline(JobTimings.ordinary().withIds(ContinuationIds.FRESH));
        start();
        String first = jobId();

        pipeline.putJobSuccessResult(r -> r.jobId(first).continuationToken("step 1"));
        clock.advance(MINUTE);

        assertThat(jobId()).isNotEqualTo(first);
        assertThatThrownBy(() -> pipeline.putJobSuccessResult(r -> r.jobId(first)))
                .isInstanceOf(InvalidJobStateException.class);
        pipeline.putJobSuccessResult(r -> r.jobId(jobId()));
    }

    @Test
    void twenty_minutes_of_silence_fail_the_action() {
        String execution = start();

        clock.advance(Duration.ofMinutes(19));
        assertThat(pipeline.execution(execution).status()).isEqualTo(PipelineExecutionStatus.IN_PROGRESS);
        clock.advance(Duration.ofMinutes(1));

        assertThat(pipeline.execution(execution).status()).isEqualTo(PipelineExecutionStatus.FAILED);
        assertThat(action(execution, "PrepareGreen").message()).contains("failed to return a result");
        assertThat(stageEvents()).endsWith("Rollout FAILED");
    }

    @Test
    void each_token_starts_the_silence_anew() {
        String execution = start();

        for (int i = 0; i < 4; i++) {
            clock.advance(Duration.ofMinutes(15));
            pipeline.putJobSuccessResult(r -> r.jobId(jobId()).continuationToken("on"));
        }

        assertThat(pipeline.execution(execution).status()).isEqualTo(PipelineExecutionStatus.IN_PROGRESS);
        clock.advance(Duration.ofMinutes(21));
        assertThat(pipeline.execution(execution).status()).isEqualTo(PipelineExecutionStatus.FAILED);
    }

    @Test
    void an_action_ends_after_24_hours_whatever_it_answers() {
        String execution = start();

        for (int i = 0; i < 24 * 6; i++) {
            clock.advance(Duration.ofMinutes(10));
            if (action(execution, "PrepareGreen").ended().isEmpty()) {
                pipeline.putJobSuccessResult(r -> r.jobId(jobId()).continuationToken("on"));
            }
        }

        assertThat(action(execution, "PrepareGreen").status()).isEqualTo(ActionExecutionStatus.FAILED);
        assertThat(action(execution, "PrepareGreen").message()).contains("24 hours");
    }

    @Test
    void a_failure_fails_the_stage_with_its_type_and_message() {
        String execution = start();

        pipeline.putJobFailureResult(r -> r.jobId(jobId())
                .failureDetails(f -> f.type("ConfigurationError").message("no rule")));

        assertThat(pipeline.execution(execution).status()).isEqualTo(PipelineExecutionStatus.FAILED);
        assertThat(action(execution, "PrepareGreen").failureType()).hasValue("ConfigurationError");
        assertThat(action(execution, "PrepareGreen").message()).isEqualTo("no rule");
        assertThat(pipeline.execution(execution).action("Verify")).isEmpty();
    }

    @Test
    void an_answer_that_is_late_or_second_is_refused() {
        start();
        String id = jobId();
        assertThatThrownBy(() -> pipeline.putJobSuccessResult(r -> r.jobId("nonsense")))
                .isInstanceOf(JobNotFoundException.class);

        pipeline.putJobSuccessResult(r -> r.jobId(id).continuationToken("on"));
        assertThatThrownBy(() -> pipeline.putJobSuccessResult(r -> r.jobId(id)))
                .as("between the token and the next offer")
                .isInstanceOf(InvalidJobStateException.class);
        clock.advance(Duration.ofHours(1));

        assertThatThrownBy(() -> pipeline.putJobFailureResult(
                        r -> r.jobId(id).failureDetails(f -> f.type("JobFailed").message("late"))))
                .as("after the silence")
                .isInstanceOf(InvalidJobStateException.class);
    }

    @Test
    void output_variables_do_not_go_with_a_token() {
        start();

        assertThatThrownBy(() -> pipeline.putJobSuccessResult(
                        r -> r.jobId(jobId()).continuationToken("on").outputVariables(Map.of("a", "b"))))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void a_variable_that_nobody_set_is_a_configuration_error() {
        String execution = start();

        pipeline.putJobSuccessResult(r -> r.jobId(jobId()));

        assertThat(action(execution, "Verify").failureType()).hasValue("ConfigurationError");
        assertThat(action(execution, "Verify").message()).contains("#{PrepareGreen.green}");
    }

    @Test
    void a_newer_execution_takes_the_place_of_the_one_that_waits() {
        String holder = start();
        String waiting = start();
        String newest = start();

        assertThat(pipeline.execution(holder).status()).isEqualTo(PipelineExecutionStatus.IN_PROGRESS);
        assertThat(pipeline.execution(waiting).status()).isEqualTo(PipelineExecutionStatus.SUPERSEDED);
        assertThat(pipeline.execution(newest).action("PrepareGreen")).isEmpty();
        assertThat(jobs).hasSize(1);

        pipeline.putJobFailureResult(
                r -> r.jobId(jobId()).failureDetails(f -> f.type("JobFailed").message("no")));
        clock.advance(Duration.ZERO);

        assertThat(action(newest, "PrepareGreen").offers()).isEqualTo(1);
        assertThat(jobs).hasSize(2);
    }

    @Test
    void in_a_queue_nobody_is_superseded_and_all_come_in_order() {
        pipeline = pipeline(JobTimings.ordinary(), Pipeline.Mode.QUEUED);
        List<String> executions = List.of(start(), start(), start());
        String stopped = start();
        pipeline.stopPipelineExecution(
                r -> r.pipelineName("release").pipelineExecutionId(stopped).abandon(true));

        for (String execution : executions) {
            assertThat(action(execution, "PrepareGreen").offers()).isEqualTo(1);
            assertThat(executions.subList(executions.indexOf(execution) + 1, executions.size()))
                    .allSatisfy(other -> assertThat(pipeline.execution(other).action("PrepareGreen"))
                            .isEmpty());
            pipeline.putJobFailureResult(r ->
                    r.jobId(jobId()).failureDetails(f -> f.type("JobFailed").message("no")));
            clock.advance(Duration.ZERO);
        }
        assertThat(pipeline.execution(stopped).action("PrepareGreen")).isEmpty();
        assertThat(pipeline.getPipelineExecution(r -> r.pipelineName("release").pipelineExecutionId(stopped))
                        .pipelineExecution()
                        .executionModeAsString())
                .isEqualTo("QUEUED");
    }

    @Test
    void a_stopped_execution_abandons_its_job_and_frees_its_stage() {
        String execution = start();
        String next = start();

        pipeline.stopPipelineExecution(
                r -> r.pipelineName("release").pipelineExecutionId(execution).abandon(true));

        assertThat(pipeline.execution(execution).status()).isEqualTo(PipelineExecutionStatus.STOPPED);
        assertThat(action(execution, "PrepareGreen").status()).isEqualTo(ActionExecutionStatus.ABANDONED);
        assertThatThrownBy(() -> pipeline.putJobSuccessResult(r -> r.jobId(jobId())))
                .isInstanceOf(InvalidJobStateException.class);
        assertThat(stageEvents()).contains("Rollout STOPPED");
        assertThatThrownBy(() -> pipeline.stopPipelineExecution(
                        r -> r.pipelineName("release").pipelineExecutionId(execution)))
                .isInstanceOf(PipelineExecutionNotStoppableException.class);
        clock.advance(Duration.ZERO);
        assertThat(action(next, "PrepareGreen").offers()).isEqualTo(1);
    }

    @Test
    void a_stop_without_abandon_waits_for_the_action() {
        String execution = start();

        pipeline.stopPipelineExecution(r -> r.pipelineName("release").pipelineExecutionId(execution));
        assertThat(pipeline.execution(execution).status()).isEqualTo(PipelineExecutionStatus.STOPPING);
        pipeline.putJobSuccessResult(r -> r.jobId(jobId()));

        assertThat(pipeline.execution(execution).status()).isEqualTo(PipelineExecutionStatus.STOPPED);
    }

    @Test
    void a_failed_stage_can_be_tried_again_in_the_same_execution() {
        String execution = start();
        assertThatThrownBy(() -> retry(execution)).isInstanceOf(StageNotRetryableException.class);
        pipeline.putJobFailureResult(
                r -> r.jobId(jobId()).failureDetails(f -> f.type("JobFailed").message("no")));

        retry(execution);
        clock.advance(Duration.ZERO);

        assertThat(jobs).hasSize(2);
        assertThat(jobs.getLast()
                        .at("/data/actionConfiguration/configuration/UserParameters")
                        .asText())
                .contains(execution);
        assertThat(pipeline.execution(execution).status()).isEqualTo(PipelineExecutionStatus.IN_PROGRESS);
        assertThat(stageEvents()).endsWith("Rollout FAILED", "Rollout RESUMED");
    }

    private void retry(String execution) {
        pipeline.retryStageExecution(r -> r.pipelineName("release")
                .stageName("Rollout")
                .pipelineExecutionId(execution)
                .retryMode("FAILED_ACTIONS"));
    }

    @Test
    void an_approval_waits_for_a_person_until_its_time_is_up() {
        SimulatedPipeline gated = gated();
        String approved = gated.start(COMMIT, Map.of());
        clock.advance(MINUTE);
        String token = gated.approvalToken(approved).orElseThrow();
        approve(gated, token);
        assertThat(gated.execution(approved).status()).isEqualTo(PipelineExecutionStatus.SUCCEEDED);
        assertThatThrownBy(() -> approve(gated, token)).isInstanceOf(ApprovalAlreadyCompletedException.class);

        String forgotten = gated.start(COMMIT, Map.of());
        clock.advance(Duration.ofHours(2));

        assertThat(gated.execution(forgotten).status()).isEqualTo(PipelineExecutionStatus.FAILED);
    }

    private static void approve(SimulatedPipeline gated, String token) {
        gated.putApprovalResult(r -> r.pipelineName("gated")
                .stageName("Gate")
                .actionName("Look")
                .token(token)
                .result(a -> a.status("Approved").summary("fine")));
    }

    private SimulatedPipeline gated() {
        return new SimulatedPipeline(
                new Pipeline(
                        "gated",
                        List.of(
                                new Stage("Source", new Source("Merge", Optional.empty(), "source")),
                                new Stage("Gate", new Approval("Look", Duration.ofHours(1))))),
                clock,
                Account.example(),
                lambda,
                JobTimings.ordinary(),
                events::add);
    }
}
