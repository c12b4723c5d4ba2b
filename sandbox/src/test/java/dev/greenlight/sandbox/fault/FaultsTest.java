package dev.greenlight.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.sandbox.Story;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleNotFoundException;

class FaultsTest {

    private final Story story = Story.serving(2);
    private final Faults faults = story.sandbox().faults();

    @AfterEach
    void close() {
        story.close();
    }

    @Test
    void every_call_is_recorded_with_service_operation_resource_invocation_and_outcome() {
        List<Call> heard = new ArrayList<>();
        story.sandbox().calls().listen(heard::add);
        faults.invocationStarted("prepare-1");
        desired(4);
        faults.invocationEnded();
        assertThatThrownBy(() -> story.sandbox().elb().describeRules(request -> request.ruleArns("arn:none")))
                .isInstanceOf(RuleNotFoundException.class);
        assertThat(story.sandbox().calls().all())
                .containsExactly(
                        new Call(1, Story.MONDAY, "prepare-1", "autoscaling", "SetDesiredCapacity", "checkout-a", "ok"),
                        new Call(
                                2,
                                Story.MONDAY,
                                "",
                                "elasticloadbalancing",
                                "DescribeRules",
                                "arn:none",
                                "RuleNotFound"))
                .isEqualTo(heard);
        assertThat(story.sandbox().calls().counts())
                .containsEntry("autoscaling:SetDesiredCapacity", 1)
                .containsEntry("elasticloadbalancing:DescribeRules", 1);
        assertThat(story.sandbox().calls().by("prepare-1")).hasSize(1);
    }

    @Test
    void cloudwatch_is_recorded_under_the_name_that_iam_gives_it() {
        story.sandbox().cloudWatch().describeAlarms();
        assertThat(story.sandbox().calls().counts()).containsOnlyKeys("cloudwatch:DescribeAlarms");
    }

    @Test
    void elb_throttles_writes_after_20_and_refills_3_per_second() {
        for (int i = 0; i < 20; i++) {
            modify();
        }
        assertThatThrownBy(this::modify).isInstanceOfSatisfying(ElasticLoadBalancingV2Exception.class, error -> {
            assertThat(RetryUtils.isThrottlingException(error)).isTrue();
            assertThat(error.awsErrorDetails().errorCode()).isEqualTo("Throttling");
        });
        story.seconds(1);
        modify();
        modify();
        modify();
        assertThatThrownBy(this::modify).hasMessageContaining("Rate exceeded");
    }

    @Test
    void elb_throttles_an_account_after_40_calls_of_all_kinds() {
        for (int i = 0; i < 20; i++) {
            modify();
            describe();
        }
        assertThatThrownBy(this::describe).hasMessageContaining("Rate exceeded");
        faults.noThrottling();
        describe();
    }

    @Test
    void other_services_are_throttled_when_asked_to_and_with_their_own_code() {
        faults.throttling(call -> call.service().equals("ec2"), 1, 1);
        story.sandbox().ec2().describeInstances();
        assertThatThrownBy(() -> story.sandbox().ec2().describeInstances())
                .satisfies(error -> assertThat(RetryUtils.isThrottlingException((SdkException) error))
                        .isTrue())
                .hasMessageContaining("Rate exceeded");
    }

    @Test
    void a_refused_call_changes_nothing_and_a_call_that_fails_afterwards_changes_everything() {
        faults.failing(call -> call.operation().equals("SetDesiredCapacity"), 1, Fault.denied());
        assertThatThrownBy(() -> desired(5))
                .isInstanceOfSatisfying(
                        AutoScalingException.class,
                        error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
        assertThat(capacity()).isEqualTo(2);

        faults.failing(call -> call.operation().equals("SetDesiredCapacity"), 1, Fault.failedAfterwards());
        assertThatThrownBy(() -> desired(5))
                .isInstanceOfSatisfying(
                        AutoScalingException.class,
                        error -> assertThat(error.statusCode()).isEqualTo(500));
        assertThat(capacity()).isEqualTo(5);

        faults.failing(call -> call.operation().equals("SetDesiredCapacity"), 1, Fault.lostAnswer());
        assertThatThrownBy(() -> desired(6)).isInstanceOf(SdkClientException.class);
        assertThat(capacity()).isEqualTo(6);
        desired(7);
    }

    @Test
    void a_fault_lasts_for_as_many_calls_as_it_says_or_until_it_is_cancelled() {
        Faults.Armed down = faults.failing(call -> call.service().equals("autoscaling"), Fault.unavailable());
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> desired(3)).hasMessageContaining("unable to handle");
        }
        down.cancel();
        desired(3);
        assertThat(story.sandbox().calls().all())
                .extracting(Call::ok)
                .containsExactly(false, false, false, false, false, true);
    }

    @Test
    void a_crash_before_a_call_has_no_effect_and_nothing_of_that_invocation_reaches_aws_any_more() {
        faults.invocationStarted("doomed");
        faults.crashAtCall(2);
        desired(3);
        assertThatThrownBy(() -> desired(4)).isInstanceOf(SandboxCrash.class);
        assertThatThrownBy(() -> desired(5)).isInstanceOf(SandboxCrash.class);
        faults.invocationEnded();
        assertThat(capacity()).isEqualTo(3);
        faults.invocationStarted("next");
        desired(6);
        faults.invocationEnded();
        assertThat(capacity()).isEqualTo(6);
        assertThat(story.sandbox().calls().all())
                .extracting(Call::outcome)
                .containsExactly(Call.OK, Call.CRASHED, Call.OK);
    }

    @Test
    void a_crash_after_a_call_has_its_effect() {
        faults.crashAfterCall(1);
        assertThatThrownBy(() -> desired(4)).isInstanceOf(SandboxCrash.class);
        assertThat(capacity()).isEqualTo(4);
        assertThatThrownBy(() -> desired(5)).isInstanceOf(SandboxCrash.class);
        faults.invocationEnded();
        desired(5);
        assertThat(capacity()).isEqualTo(5);
    }

    @Test
    void threads_that_an_invocation_starts_die_with_it() throws Exception {
        faults.invocationStarted("doomed");
        faults.crashAtCall(1);
        assertThatThrownBy(() -> desired(4)).isInstanceOf(SandboxCrash.class);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread another = Thread.ofVirtual().start(() -> {
            try {
                desired(5);
            } catch (SandboxCrash crash) {
                thrown.set(crash);
            }
        });
        another.join();
        faults.invocationEnded();
        assertThat(thrown.get()).isInstanceOf(SandboxCrash.class);
    }

    @Test
    void stale_reads_answer_with_the_state_of_a_while_ago() {
        story.seconds(30);
        story.weights(0, 100);
        story.world()
                .deregister(
                        story.a().targetGroupArn(),
                        story.instances(story.a()).get(0).id());
        faults.staleReads("DescribeRules", Duration.ofSeconds(5));
        faults.staleReads("DescribeTargetHealth", Duration.ofSeconds(5));
        story.seconds(4);
        assertThat(weightOfA()).isEqualTo(100);
        assertThat(stateOfFirst()).isEqualTo("healthy");
        story.seconds(1);
        assertThat(weightOfA()).isZero();
        assertThat(stateOfFirst()).isEqualTo("draining");
    }

    private void modify() {
        Action all = Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .targetGroupArn(story.a().targetGroupArn())
                .build();
        story.sandbox()
                .elb()
                .modifyRule(request ->
                        request.ruleArn(story.sandbox().site().productionRule()).actions(all));
    }

    private void describe() {
        story.sandbox().elb().describeLoadBalancers();
    }

    private void desired(int desired) {
        story.sandbox()
                .autoScaling()
                .setDesiredCapacity(
                        request -> request.autoScalingGroupName(story.a().autoScalingGroup())
                                .desiredCapacity(desired));
    }

    private int capacity() {
        return story.world()
                .autoScalingGroup(story.a().autoScalingGroup())
                .orElseThrow()
                .capacity()
                .desired();
    }

    private int weightOfA() {
        return story.sandbox()
                .elb()
                .describeRules(
                        request -> request.ruleArns(story.sandbox().site().productionRule()))
                .rules()
                .get(0)
                .actions()
                .get(0)
                .forwardConfig()
                .targetGroups()
                .get(0)
                .weight();
    }

    private String stateOfFirst() {
        return story.sandbox()
                .elb()
                .describeTargetHealth(
                        request -> request.targetGroupArn(story.a().targetGroupArn()))
                .targetHealthDescriptions()
                .get(0)
                .targetHealth()
                .stateAsString();
    }
}
