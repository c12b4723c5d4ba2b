package dev.greenlight.adapter.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.greenlight.adapter.Aws;
import dev.greenlight.adapter.DeployedClients;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Answer.Failure;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.CallFailed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Every caller is answered in its own way, whatever happens: rules 6 and 9 of docs/rules.md. */
class HookHandlerTest {

    private static final String JOB = "11111111-aaaa-bbbb-cccc-222222222222";
    private static final Duration ENOUGH = Duration.ofMinutes(2);

    private final FakeHooks hooks = new FakeHooks();

    /** A function that does what the test says. */
    private static final class Scripted extends HookHandler {

        private final Function<Trigger, Answer> work;

        Scripted(FakeHooks hooks, Function<Trigger, Answer> work) {
            super(() -> hooks);
            this.work = work;
        }

        @Override
        Answer answer(Trigger trigger, Hooks world) {
            return work.apply(trigger);
        }
    }

    private String call(String event, Function<Trigger, Answer> work) {
        return call(new Scripted(hooks, work), EventFiles.bytes(event), ENOUGH);
    }

    private static String call(HookHandler handler, byte[] event, Duration remaining) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(event), output, new FakeContext(remaining));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return output.toString(StandardCharsets.UTF_8);
    }

    private static Function<Trigger, Answer> failing(Supplier<? extends RuntimeException> failure) {
        return trigger -> {
            throw failure.get();
        };
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
            call(new AllowTrafficHandler(() -> hooks), EventFiles.bytes("codepipeline-job.json"), ENOUGH);

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
            assertThat(hooks.complaints.toString()).contains("HookHandlerTest").doesNotContain("hunter2");
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

            String reply = call(
                    new Scripted(hooks, endless), EventFiles.bytes("codepipeline-job.json"), Duration.ofMillis(400));

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
            HookHandler handler = new Scripted(hooks, trigger -> new Answer.Done("rollout x is promoted"));

            call(handler, EventFiles.bytes("codepipeline-job.json"), Duration.ofSeconds(69));
            call(handler, EventFiles.bytes("codepipeline-job.json"), Duration.ofSeconds(69));

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

    @Nested
    class CodeDeploys_hook {

        private void answered(Function<Trigger, Answer> work) {
            call("codedeploy-hook.json", work);
        }

        @Test
        void succeeds_or_fails() {
            answered(trigger -> new Answer.Done("all checks pass"));
            assertThat(hooks.completed).containsValue(true);

            answered(trigger -> new Answer.Failed(Failure.ROLLOUT, "smoke: 500"));
            assertThat(hooks.completed).containsValue(false);
        }

        @Test
        void that_goes_on_comes_back_in_a_minute_because_codedeploy_knows_no_in_progress() {
            answered(trigger -> new Answer.InProgress("waiting", new Token(new RolloutId("d"), FakeHooks.NOW)));

            assertThat(hooks.completed).isEmpty();
            assertThat(hooks.comingBack).containsValue(FakeHooks.NOW.plus(Duration.ofMinutes(1)));
        }

        @Test
        void fails_while_aws_is_silent_five_minutes_before_codedeploys_hour_is_over() {
            CallFailed silence = new CallFailed(CallFailed.Kind.THROTTLED, "elb:DescribeRules", "Rate exceeded", null);
            Instant first = Instant.parse("2026-01-05T09:00:00Z");

            hooks.now = first.plus(Duration.ofMinutes(55)).minusMillis(1);
            call("scheduler-come-back.json", failing(() -> silence));
            assertThat(hooks.completed).isEmpty();

            hooks.now = first.plus(Duration.ofMinutes(55));
            call("scheduler-come-back.json", failing(() -> silence));
            assertThat(hooks.completed).containsValue(false);
        }

        @Test
        void that_nobody_was_meant_by_fails() {
            answered(trigger -> new Answer.Ignored("not this service's"));

            assertThat(hooks.completed).containsValue(false);
        }
    }

    @Nested
    class An_event_that_nobody_waits_for {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "eventbridge-alarm.json",
                    "eventbridge-stage-failed.json",
                    "scheduler-retire-blue.json",
                    "scheduler-sweep.json"
                })
        void is_tried_again_by_lambda_when_aws_did_not_answer(String event) {
            CallFailed silence = new CallFailed(CallFailed.Kind.UNAVAILABLE, "dynamodb:GetItem", "no answer", null);

            assertThatIllegalStateException().isThrownBy(() -> call(event, failing(() -> silence)));
        }

        @Test
        void is_not_tried_again_when_it_was_refused() {
            assertThat(call("eventbridge-alarm.json", trigger -> new Answer.Failed(Failure.ROLLOUT, "blue is worse")))
                    .isEqualTo("{\"outcome\":\"failed\",\"message\":\"blue is worse\",\"failure\":\"ROLLOUT\"}");
        }
    }

    /** The function's own deadline lies before Lambda's, whoever calls: what hangs is called off, and the caller is answered. */
    @Nested
    class Work_that_hangs {

        private final CountDownLatch calledOff = new CountDownLatch(1);

        private String hanging(String event) {
            Function<Trigger, Answer> endless = trigger -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    calledOff.countDown();
                }
                return new Answer.Done("too late");
            };
            return call(new Scripted(hooks, endless), EventFiles.bytes(event), Duration.ofSeconds(1));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"codepipeline-job.json", "codepipeline-job-continued.json", "lambda-failure-destination.json"
                })
        void leaves_a_job_to_its_next_call(String event) {
            assertThat(hanging(event)).contains("in-progress", "time was over");
            assertThat(hooks.jobs.get(JOB)).isInstanceOf(Answer.InProgress.class);
        }

        @Test
        void lets_codedeploys_hook_come_back() {
            assertThat(hanging("codedeploy-hook.json")).contains("in-progress");
            assertThat(hooks.comingBack).hasSize(1);
            assertThat(hooks.completed).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "eventbridge-alarm.json",
                    "eventbridge-stage-failed.json",
                    "eventbridge-pipeline-superseded.json",
                    "scheduler-retire-blue.json",
                    "scheduler-sweep.json"
                })
        void is_tried_again_by_lambda_where_nobody_waits(String event) {
            assertThatIllegalStateException().isThrownBy(() -> hanging(event)).withMessageContaining("time was over");
        }

        @Test
        void is_told_to_a_person_and_to_a_script_on_an_instance() {
            assertThat(hanging("direct-roll-back.json")).contains("failed", "UNAVAILABLE", "time was over");
            assertThat(hanging("direct-validate-instance.json")).contains("in-progress");
        }

        @Test
        void is_interrupted_so_that_it_makes_no_more_calls() throws InterruptedException {
            hanging("codepipeline-job.json");

            assertThat(calledOff.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Nested
    class A_person {

        @Test
        void is_told_that_only_one_function_ends_a_cooldown() {
            assertThat(call("direct-release-cooldown.json", trigger -> new Answer.Done("as if it had")))
                    .contains("cooldown\\\" is understood by ReleaseQuarantine only");
        }

        @Test
        void reads_why_it_did_not_work_and_is_not_told_to_wait() {
            CallFailed throttled = new CallFailed(CallFailed.Kind.THROTTLED, "elb:ModifyRule", "Rate exceeded", null);

            assertThat(call("direct-roll-back.json", failing(() -> throttled)))
                    .isEqualTo("{\"outcome\":\"failed\",\"message\":\"elb:ModifyRule: Rate exceeded\","
                            + "\"failure\":\"UNAVAILABLE\"}");
        }
    }

    /** It asks again by itself, and a missing right must not look like a verdict on its revision: rule 8. */
    @Nested
    class A_script_on_an_instance {

        private String asked(CallFailed.Kind kind) {
            return call(
                    "direct-validate-instance.json",
                    failing(() -> new CallFailed(kind, "elasticloadbalancing:DescribeTargetHealth", "no", null)));
        }

        @Test
        void is_told_to_ask_again_when_a_call_to_aws_may_fare_better_next_time() {
            assertThat(asked(CallFailed.Kind.THROTTLED)).contains("\"outcome\":\"in-progress\"");
            assertThat(asked(CallFailed.Kind.UNAVAILABLE)).contains("\"outcome\":\"in-progress\"");
        }

        @Test
        void is_told_whose_fault_it_is_when_only_a_person_can_mend_it() {
            assertThat(asked(CallFailed.Kind.DENIED)).contains("\"outcome\":\"failed\"", "\"failure\":\"PERMISSION\"");
        }

        @Test
        void is_refused_by_the_hooks_of_the_pipeline() throws IOException {
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            new BeforeAllowTrafficHandler(() -> hooks)
                    .handleRequest(
                            new ByteArrayInputStream(EventFiles.bytes("direct-validate-instance.json")),
                            output,
                            new FakeContext(ENOUGH));
            assertThat(output.toString(StandardCharsets.UTF_8))
                    .contains("\"outcome\":\"failed\"", "is not called by a InstanceAsks", "CONFIGURATION");
        }
    }

    @Nested
    class A_secret {

        private List<HookHandler> all() {
            return List.of(
                    new PrepareGreenHandler(() -> hooks),
                    new InstallRevisionHandler(() -> hooks),
                    new BeforeAllowTrafficHandler(() -> hooks),
                    new AllowTrafficHandler(() -> hooks),
                    new AfterAllowTrafficHandler(() -> hooks),
                    new RollBackHandler(() -> hooks),
                    new PromoteHandler(() -> hooks),
                    new RetireBlueHandler(() -> hooks),
                    new ValidateInstanceHandler(() -> hooks),
                    new SweepHandler(() -> hooks),
                    new AnswerLostJobHandler(() -> hooks),
                    new ReleaseQuarantineHandler(() -> hooks));
        }

        @Test
        void of_no_event_is_told_by_any_function() {
            StringBuilder said = new StringBuilder();
            for (HookHandler handler : all()) {
                for (String event : EventFiles.names()) {
                    said.append(safely(handler, event));
                }
            }

            said.append(hooks.complaints).append(hooks.jobs);
            assertThat(hooks.jobs).isNotEmpty();
            assertThat(EventFiles.CREDENTIALS)
                    .allSatisfy(secret -> assertThat(said).doesNotContain(secret));
        }

        private String safely(HookHandler handler, String event) {
            try {
                return call(handler, EventFiles.bytes(event), ENOUGH);
            } catch (IllegalStateException triedAgain) {
                return String.valueOf(triedAgain.getMessage());
            }
        }
    }
}
