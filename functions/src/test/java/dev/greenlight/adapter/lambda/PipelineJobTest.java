package dev.greenlight.adapter.lambda;

import static dev.greenlight.adapter.lambda.ScriptedHook.failing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.greenlight.adapter.Aws;
import dev.greenlight.adapter.DeployedClients;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Answer.Failure;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.CallFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A pipeline's job is answered, whatever happens: rule 6 of docs/rules.md. */
class PipelineJobTest {

    private static final String JOB = "11111111-aaaa-bbbb-cccc-222222222222";
    private static final Duration ENOUGH = Duration.ofMinutes(2);

    private final FakeHooks hooks = new FakeHooks();

    private String call(String event, Function<Trigger, Answer> work) {
        return ScriptedHook.call(new ScriptedHook(hooks, work), EventFiles.bytes(event), ENOUGH);
    }

    private void assertJobFailed(Failure failure, String message) {
        assertThat(hooks.jobs.get(JOB)).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(failure);
            assertThat(failed.message()).contains(message);
        });
    }

    @Nested
    class A_pipelines_job {

        @Test
        void is_answered_and_the_function_returns_the_same() {
            Answer done = new Answer.Done("rollout x is promoted");

            assertThat(call("codepipeline-job.json", trigger -> done))
                    .isEqualTo("{\"outcome\":\"done\",\"message\":\"rollout x is promoted\"}");
            assertThat(hooks.jobs).containsOnlyKeys(JOB).containsValue(done);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "codepipeline-job-half-a-revision.json",
                    "codepipeline-job-unknown-parameter.json",
                    "codepipeline-job-unresolved-variable.json",
                    "codepipeline-job-user-parameters-not-json.json",
                    "codepipeline-job-without-user-parameters.json"
                })
        void is_answered_although_its_event_cannot_be_read(String event) {
            call("malformed/" + event, failing(IllegalStateException::new));

            assertJobFailed(Failure.CONFIGURATION, "this call cannot be read");
        }

        @Test
        void is_answered_although_the_settings_are_broken_with_all_that_is_wrong() {
            ScriptedHook.call(new AllowTrafficHandler(() -> hooks), EventFiles.bytes("codepipeline-job.json"), ENOUGH);

            assertJobFailed(Failure.CONFIGURATION, "GREENLIGHT_SERVICE is missing; GREENLIGHT_STRATEGY is 'big-bang'");
        }

        @ParameterizedTest
        @EnumSource(
                value = CallFailed.Kind.class,
                names = {"THROTTLED", "UNAVAILABLE"})
        void goes_on_when_a_call_to_aws_may_fare_better_next_time(CallFailed.Kind kind) {
            call(
                    "codepipeline-job.json",
                    failing(() -> new CallFailed(kind, "elb:DescribeRules", "Rate exceeded", null)));

            assertThat(hooks.jobs.get(JOB))
                    .isInstanceOfSatisfying(
                            Answer.InProgress.class,
                            wait -> assertThat(wait.token().firstCall()).isEqualTo(FakeHooks.NOW));
            assertThat(hooks.complaints).containsExactly("elb:DescribeRules: Rate exceeded");
        }

        @ParameterizedTest
        @CsvSource({"DENIED, PERMISSION", "INVALID, CONFIGURATION"})
        void fails_when_only_a_person_can_mend_it(CallFailed.Kind kind, Failure failure) {
            call("codepipeline-job.json", failing(() -> new CallFailed(kind, "elb:ModifyRule", "no", null)));

            assertJobFailed(failure, "elb:ModifyRule: no");
        }

        @Test
        void goes_on_while_aws_is_silent_until_the_actions_day_is_over() {
            CallFailed silence = new CallFailed(CallFailed.Kind.UNAVAILABLE, "dynamodb:GetItem", "no answer", null);
            Instant first = token("codepipeline-job-continued.json").firstCall();

            hooks.now = first.plus(Duration.ofHours(23)).minusMillis(1);
            call("codepipeline-job-continued.json", failing(() -> silence));
            assertThat(hooks.jobs.get(JOB)).isInstanceOf(Answer.InProgress.class);

            hooks.now = first.plus(Duration.ofHours(23));
            call("codepipeline-job-continued.json", failing(() -> silence));
            assertJobFailed(Failure.UNAVAILABLE, "the action's day is over: dynamodb:GetItem: no answer");
        }

        @Test
        void goes_on_after_a_mistake_of_our_own_whose_words_are_not_told() {
            call("codepipeline-job.json", failing(() -> new IllegalStateException("secret=hunter2")));

            assertThat(hooks.jobs.get(JOB).message()).isEqualTo("unexpected IllegalStateException");
            assertThat(hooks.complaints.toString()).contains("PipelineJobTest").doesNotContain("hunter2");
        }

        @Test
        void goes_on_when_the_functions_time_is_over_before_its_work_is() throws InterruptedException {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            Function<Trigger, Answer> endless = trigger -> {
                started.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
                return new Answer.Done("too late");
            };

            String reply = ScriptedHook.call(
                    new ScriptedHook(hooks, endless),
                    EventFiles.bytes("codepipeline-job.json"),
                    Duration.ofMillis(400));

            assertThat(reply).contains("in-progress").contains("time was over");
            assertThat(hooks.jobs.get(JOB)).isInstanceOf(Answer.InProgress.class);
            // On a machine that is busy enough, the work is called off before it began.
            assertThat(started.getCount() == 1 || interrupted.await(10, TimeUnit.SECONDS))
                    .isTrue();
        }

        /** Its failure would have the pipeline take the rollout back, which may be a good one: rule 4. */
        @Test
        void goes_on_although_the_store_is_silent_when_its_function_died_on_every_try() {
            CallFailed silence = new CallFailed(CallFailed.Kind.UNAVAILABLE, "dynamodb:GetItem", "no answer", null);

            call("lambda-failure-destination.json", failing(() -> silence));

            assertThat(hooks.jobs.get(JOB)).isInstanceOf(Answer.InProgress.class);
        }

        @Test
        void leaves_time_for_three_tries_of_its_answer() {
            List<Duration> spent = new ArrayList<>();
            Aws aws = new Aws(spent::add);

            assertThatExceptionOfType(CallFailed.class)
                    .isThrownBy(() -> aws.repeatable("codepipeline:PutJobSuccessResult", () -> {
                        spent.add(DeployedClients.LONGEST_TRY);
                        throw SdkClientException.create("Read timed out");
                    }));

            assertThat(spent).hasSize(5);
            assertThat(HookHandler.MARGIN).isGreaterThan(spent.stream().reduce(Duration.ZERO, Duration::plus));
        }

        @Test
        void is_done_with_a_complaint_once_where_the_function_has_too_little_time() {
            HookHandler handler = new ScriptedHook(hooks, trigger -> new Answer.Done("rollout x is promoted"));

            ScriptedHook.call(handler, EventFiles.bytes("codepipeline-job.json"), Duration.ofSeconds(69));
            ScriptedHook.call(handler, EventFiles.bytes("codepipeline-job.json"), Duration.ofSeconds(69));

            assertThat(hooks.complaints)
                    .containsExactly("this function has 69 s left at its start and needs 70 s: raise its timeout");
            assertThat(hooks.jobs.get(JOB)).isInstanceOf(Answer.Done.class);
        }

        @Test
        void is_done_without_a_complaint_where_the_function_has_time_enough() {
            call("codepipeline-job.json", trigger -> new Answer.Done("rollout x is promoted"));

            assertThat(hooks.complaints).isEmpty();
        }

        @Test
        void is_left_to_lambdas_retries_and_the_failure_destination_when_the_process_dies() {
            assertThatExceptionOfType(OutOfMemoryError.class)
                    .isThrownBy(() -> call("codepipeline-job.json", trigger -> {
                        throw new OutOfMemoryError("heap");
                    }));
            assertThat(hooks.jobs).isEmpty();
        }

        @Test
        void does_not_go_on_for_longer_than_an_action_may() {
            Instant yesterday = FakeHooks.NOW.minus(Duration.ofHours(23));
            Token old = new Token(new RolloutId("x"), yesterday);

            call("codepipeline-job.json", trigger -> new Answer.InProgress("baking", old));

            assertJobFailed(Failure.UNAVAILABLE, "the action's day is over: baking");
        }

        private Token token(String event) {
            Parsed parsed = Events.read(EventFiles.bytes(event), FakeHooks.NOW);
            Trigger trigger = ((Parsed.Understood) parsed).trigger();
            return ((Trigger.PipelineJob) trigger).token().orElseThrow();
        }
    }
}
