package dev.greenlight.sandbox.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.sandbox.Story;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;

class SimulatedAutoScalingTest {

    private final Story story = Story.serving(3);
    private final AutoScalingClient autoScaling = story.sandbox().autoScaling();
    private final String blue = story.a().autoScalingGroup();

    @AfterEach
    void close() {
        story.close();
    }

    @Test
    void a_group_is_described_with_its_sizes_instances_target_groups_and_tags() {
        AutoScalingGroup group = group();
        assertThat(group.minSize()).isEqualTo(2);
        assertThat(group.desiredCapacity()).isEqualTo(3);
        assertThat(group.maxSize()).isEqualTo(10);
        assertThat(group.healthCheckType()).isEqualTo("EC2");
        assertThat(group.targetGroupARNs()).containsExactly(story.a().targetGroupArn());
        assertThat(group.autoScalingGroupARN())
                .matches("arn:aws:autoscaling:ap-northeast-2:123456789012:autoScalingGroup:"
                        + "[0-9a-f-]{36}:autoScalingGroupName/checkout-a");
        assertThat(group.instances()).extracting(Instance::lifecycleState).containsOnly(LifecycleState.IN_SERVICE);
        assertThat(group.instances()).extracting(Instance::healthStatus).containsOnly("Healthy");
        assertThat(group.tags()).extracting(TagDescription::key).containsExactly("greenlight:service");
    }

    @Test
    void names_that_do_not_exist_are_left_out_of_the_description() {
        assertThat(autoScaling
                        .describeAutoScalingGroups(request -> request.autoScalingGroupNames("none", blue))
                        .autoScalingGroups())
                .hasSize(1);
    }

    @Test
    void a_desired_capacity_outside_of_the_bounds_is_a_validation_error() {
        assertInvalid(
                "New SetDesiredCapacity value 11 is above max value 10 for the AutoScalingGroup.",
                () -> autoScaling.setDesiredCapacity(
                        request -> request.autoScalingGroupName(blue).desiredCapacity(11)));
        assertInvalid(
                "New SetDesiredCapacity value 1 is below min value 2 for the AutoScalingGroup.",
                () -> autoScaling.setDesiredCapacity(
                        request -> request.autoScalingGroupName(blue).desiredCapacity(1)));
        assertInvalid(
                "Desired capacity:1 must be between the specified min size:2 and max size:10",
                () -> autoScaling.updateAutoScalingGroup(
                        request -> request.autoScalingGroupName(blue).desiredCapacity(1)));
        assertInvalid(
                "AutoScalingGroup name not found",
                () -> autoScaling.setDesiredCapacity(
                        request -> request.autoScalingGroupName("none").desiredCapacity(1)));
        assertThat(group().desiredCapacity()).isEqualTo(3);
    }

    @Test
    void a_bound_that_passes_the_desired_capacity_takes_it_along() {
        autoScaling.updateAutoScalingGroup(
                request -> request.autoScalingGroupName(blue).minSize(5));
        assertThat(group().desiredCapacity()).isEqualTo(5);
        autoScaling.updateAutoScalingGroup(
                request -> request.autoScalingGroupName(blue).minSize(0).maxSize(1));
        assertThat(group().desiredCapacity()).isEqualTo(1);
    }

    @Test
    void processes_are_suspended_and_resumed_by_name_and_unknown_names_are_refused() {
        autoScaling.suspendProcesses(request ->
                request.autoScalingGroupName(blue).scalingProcesses("AlarmNotification", "AZRebalance", "Launch"));
        autoScaling.resumeProcesses(
                request -> request.autoScalingGroupName(blue).scalingProcesses("Launch"));
        assertThat(group().suspendedProcesses())
                .extracting(SuspendedProcess::processName)
                .containsExactly("AZRebalance", "AlarmNotification");
        assertInvalid(
                "Unknown scaling process",
                () -> autoScaling.suspendProcesses(
                        request -> request.autoScalingGroupName(blue).scalingProcesses("Everything")));
        autoScaling.resumeProcesses(request -> request.autoScalingGroupName(blue));
        assertThat(group().suspendedProcesses()).isEmpty();
    }

    @Test
    void an_instance_is_terminated_and_replaced_or_not_as_the_caller_says() {
        String first = group().instances().get(0).instanceId();
        var activity = autoScaling
                .terminateInstanceInAutoScalingGroup(
                        request -> request.instanceId(first).shouldDecrementDesiredCapacity(true))
                .activity();
        assertThat(activity.description()).isEqualTo("Terminating EC2 instance: " + first);
        assertThat(group().desiredCapacity()).isEqualTo(2);
        assertInvalid(
                "will violate group's min size constraint",
                () -> autoScaling.terminateInstanceInAutoScalingGroup(
                        request -> request.instanceId(group().instances().get(1).instanceId())
                                .shouldDecrementDesiredCapacity(true)));
        assertInvalid(
                "No managed instance found",
                () -> autoScaling.terminateInstanceInAutoScalingGroup(
                        request -> request.instanceId(first).shouldDecrementDesiredCapacity(false)));
        story.pass(Duration.ofMinutes(3));
        assertThat(group().instances()).hasSize(2);
    }

    @Test
    void activities_come_newest_first_with_what_went_wrong() {
        story.world().launchHook(story.b().autoScalingGroup(), (id, completion) -> completion.abandon());
        autoScaling.setDesiredCapacity(request ->
                request.autoScalingGroupName(story.b().autoScalingGroup()).desiredCapacity(1));
        story.pass(Duration.ofMinutes(1));
        var activities = autoScaling
                .describeScalingActivities(
                        request -> request.autoScalingGroupName(story.b().autoScalingGroup()))
                .activities();
        assertThat(activities)
                .isSortedAccordingTo((one, other) -> other.startTime().compareTo(one.startTime()));
        assertThat(activities).anySatisfy(activity -> {
            assertThat(activity.statusCodeAsString()).isEqualTo("Cancelled");
            assertThat(activity.statusMessage()).contains("ABANDON");
        });
    }

    @Test
    void tags_of_a_group_are_set_and_deleted() {
        Tag tag = Tag.builder()
                .resourceId(blue)
                .key("greenlight:pin")
                .value("r-1")
                .build();
        autoScaling.createOrUpdateTags(request -> request.tags(tag));
        assertThat(group().tags()).extracting(TagDescription::value).contains("r-1");
        autoScaling.deleteTags(request -> request.tags(tag));
        assertThat(group().tags()).hasSize(1);
    }

    private AutoScalingGroup group() {
        return autoScaling
                .describeAutoScalingGroups(request -> request.autoScalingGroupNames(blue))
                .autoScalingGroups()
                .get(0);
    }

    private static void assertInvalid(String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(AutoScalingException.class, error -> {
                    assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
                    assertThat(error.statusCode()).isEqualTo(400);
                })
                .hasMessageContaining(message);
    }
}
