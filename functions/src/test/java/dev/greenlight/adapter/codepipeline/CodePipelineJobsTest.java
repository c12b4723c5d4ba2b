package dev.greenlight.adapter.codepipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.adapter.Aws;
import dev.greenlight.adapter.RecordingPause;
import dev.greenlight.adapter.SandboxFleets;
import dev.greenlight.adapter.lambda.Events;
import dev.greenlight.adapter.lambda.Parsed;
import dev.greenlight.counterpart.Ground;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.PipelineJobs;
import dev.greenlight.port.PipelineJobsContract;
import dev.greenlight.sandbox.codepipeline.ActionRun;
import dev.greenlight.sandbox.codepipeline.Artifact;
import dev.greenlight.sandbox.codepipeline.Pipeline;
import dev.greenlight.sandbox.codepipeline.SimulatedPipeline;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.lambda.Function;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;

class CodePipelineJobsTest extends PipelineJobsContract {

    private final SandboxFleets world = SandboxFleets.serving(1);
    private final List<Trigger.PipelineJob> offered = new ArrayList<>();
    private final Token token = new Token(new RolloutId("r-1"), SandboxFleets.START);
    private SimulatedPipeline pipeline;
    private String execution;
    private PipelineJobs jobs;

    @Override
    protected Ground ground() {
        return world;
    }

    @Override
    protected String offered() {
        return job();
    }

    @Test
    void a_job_that_is_done_ends_its_action() {
        jobs.answer(job(), new Answer.Done("prepared", Map.of("fleet", "B")));
        assertThat(action().summary()).isEqualTo("prepared");
        assertThat(action().ended()).isPresent();
        assertThat(action().failureType()).isEmpty();
    }

    @Test
    void a_job_in_progress_is_offered_again_with_its_token() {
        Token later = new Token(offered.getFirst().rollout(), SandboxFleets.START);
        jobs.answer(job(), new Answer.InProgress("waiting", later));
        world.pass(Duration.ofMinutes(2));
        assertThat(offered).hasSizeGreaterThan(1);
        assertThat(offered.getLast().token()).contains(later);
        assertThat(action().ended()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ROLLOUT,       JobFailed",
        "CONFIGURATION, ConfigurationError",
        "PERMISSION,    PermissionError",
        "UNAVAILABLE,   SystemUnavailable",
    })
    void a_job_fails_with_whose_fault_it_is(Answer.Failure failure, String type) {
        jobs.answer(job(), new Answer.Failed(failure, "smoke: /health answered 500"));
        assertThat(action().failureType()).contains(type);
        assertThat(action().message()).contains("smoke: /health answered 500");
    }

    @Test
    void a_job_for_which_nothing_was_done_does_not_let_the_pipeline_go_on() {
        jobs.answer(job(), new Answer.Ignored("not for the rollout at hand"));
        assertThat(action().failureType()).contains("JobFailed");
    }

    @Test
    void the_first_answer_counts() {
        jobs.answer(job(), new Answer.Done("prepared"));
        jobs.answer(job(), new Answer.Failed(Answer.Failure.ROLLOUT, "too late"));
        assertThat(action().failureType()).isEmpty();
    }

    @Test
    void an_answer_that_was_lost_is_given_again() {
        world.sandbox().faults().failing(c -> c.operation().equals("PutJobSuccessResult"), 1, Fault.lostAnswer());
        jobs.answer(job(), new Answer.Done("prepared"));
        assertThat(action().failureType()).isEmpty();
        assertThat(action().ended()).isPresent();
    }

    @Test
    void a_missing_permission_is_said() {
        world.sandbox().faults().failing(c -> c.service().equals("codepipeline"), Fault.denied());
        assertThatThrownBy(() -> jobs.answer(job(), new Answer.Done("prepared")))
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(CallFailed.Kind.DENIED);
    }

    @Test
    void output_variables_and_a_token_exclude_each_other() {
        RecordingCodePipeline recording = new RecordingCodePipeline();
        jobs(recording).answer("job", new Answer.InProgress("waiting", token));
        assertThat(recording.successes().getFirst().hasOutputVariables()).isFalse();
        jobs(recording).answer("job", new Answer.Done("prepared", Map.of("fleet", "B")));
        assertThat(recording.successes().getLast().outputVariables()).containsExactly(Map.entry("fleet", "B"));
        assertThat(recording.successes().getLast().continuationToken()).isNull();
    }

    @Test
    void messages_and_variables_are_cut_to_the_apis_limits() {
        RecordingCodePipeline recording = new RecordingCodePipeline();
        String endless = "x".repeat(200_000);
        jobs(recording).answer("job", new Answer.Failed(Answer.Failure.ROLLOUT, endless));
        jobs(recording).answer("job", new Answer.Done(endless, Map.of("a", "short", "b c", "bad name", "z", endless)));
        assertThat(recording.failures().getFirst().failureDetails().message()).hasSize(5_000);
        assertThat(recording.successes().getFirst().executionDetails().summary())
                .hasSize(2_048);
        assertThat(recording.successes().getFirst().outputVariables()).containsExactly(Map.entry("a", "short"));
    }

    @Test
    void a_failure_without_a_reason_says_so() {
        RecordingCodePipeline recording = new RecordingCodePipeline();
        jobs(recording).answer("job", new Answer.Failed(Answer.Failure.ROLLOUT, " "));
        assertThat(recording.failures().getFirst().failureDetails().message()).isEqualTo("no reason was given");
    }

    private CodePipelineJobs jobs(CodePipelineClient client) {
        return new CodePipelineJobs(client, new Aws(new RecordingPause()));
    }

    /** A pipeline whose one Lambda action has just offered its job. */
    @BeforeEach
    void begin() {
        world.sandbox()
                .lambda()
                .register(Function.named("prepare-green", Duration.ofSeconds(30)), () -> (input, output, context) -> {
                    Parsed event =
                            Events.read(input.readAllBytes(), world.clock().instant());
                    offered.add((Trigger.PipelineJob) ((Parsed.Understood) event).trigger());
                });
        String parameters = "{\"rollout\":\"#{codepipeline.PipelineExecutionId}\"}";
        pipeline = world.sandbox()
                .createPipeline(new Pipeline(
                        "checkout",
                        List.of(
                                new Pipeline.Stage("Source", new Pipeline.Source("Merge", Optional.empty(), "code")),
                                new Pipeline.Stage(
                                        "Rollout",
                                        Pipeline.Invoke.of("PrepareGreen", "prepare-green", parameters, "code")))));
        execution = pipeline.start(new Artifact("artifacts", "v2.zip", "v2"), Map.of());
        world.pass(Duration.ofMinutes(1));
        jobs = adapters().pipelineJobs();
    }

    private String job() {
        return offered.getLast().jobId();
    }

    private ActionRun action() {
        return pipeline.execution(execution).action("PrepareGreen").orElseThrow();
    }
}
