package dev.greenlight.adapter.lambda;

import static dev.greenlight.adapter.lambda.ScriptedHook.failing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Answer.Failure;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.CallFailed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every caller is answered in its own way, whatever happens, rules 6 and 9 of docs/rules.md; a pipeline's job in {@link PipelineJobTest}. */
class HookHandlerTest {

    private static final String JOB = "11111111-aaaa-bbbb-cccc-222222222222";
    private static final Duration ENOUGH = Duration.ofMinutes(2);

    private final FakeHooks hooks = new FakeHooks();

    private String call(String event, Function<Trigger, Answer> work) {
        return ScriptedHook.call(new ScriptedHook(hooks, work), EventFiles.bytes(event), ENOUGH);
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
            return ScriptedHook.call(new ScriptedHook(hooks, endless), EventFiles.bytes(event), Duration.ofSeconds(1));
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
                return ScriptedHook.call(handler, EventFiles.bytes(event), ENOUGH);
            } catch (IllegalStateException triedAgain) {
                return String.valueOf(triedAgain.getMessage());
            }
        }
    }
}
