package dev.greenlight.sandbox.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.sandbox.Story;
import dev.greenlight.sandbox.world.Capacity;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.SummaryStatus;

class SimulatedEc2Test {

    @Test
    void status_checks_are_initializing_for_a_while_after_the_boot_and_then_ok() {
        try (Story story = Story.beforeFirstRelease()) {
            story.world().capacity(story.b().autoScalingGroup(), new Capacity(0, 1, 1));
            story.seconds(5);
            String id = story.instances(story.b()).get(0).id();
            var ec2 = story.sandbox().ec2();
            assertThat(ec2.describeInstanceStatus(request -> request.instanceIds(id))
                            .instanceStatuses())
                    .isEmpty();
            assertThat(ec2.describeInstanceStatus(
                                    request -> request.instanceIds(id).includeAllInstances(true))
                            .instanceStatuses())
                    .singleElement()
                    .satisfies(
                            status -> assertThat(status.instanceState().name()).isEqualTo(InstanceStateName.PENDING));
            story.seconds(60);
            assertThat(summary(story, id)).isEqualTo(SummaryStatus.INITIALIZING);
            story.seconds(90);
            assertThat(summary(story, id)).isEqualTo(SummaryStatus.OK);
        }
    }

    @Test
    void a_dead_instance_is_terminated_and_has_no_status() {
        try (Story story = Story.serving(1)) {
            String id = story.instances(story.a()).get(0).id();
            story.world().kill(id);
            var ec2 = story.sandbox().ec2();
            assertThat(ec2.describeInstanceStatus(request -> request.instanceIds(id))
                            .instanceStatuses())
                    .isEmpty();
            assertThat(ec2.describeInstances(request -> request.instanceIds(id))
                            .reservations()
                            .get(0)
                            .instances()
                            .get(0)
                            .state()
                            .name())
                    .isEqualTo(InstanceStateName.TERMINATED);
        }
    }

    @Test
    void an_unknown_instance_is_refused() {
        try (Story story = Story.serving(1)) {
            assertThatThrownBy(() -> story.sandbox().ec2().describeInstances(request -> request.instanceIds("i-none")))
                    .isInstanceOfSatisfying(
                            Ec2Exception.class,
                            error -> assertThat(error.awsErrorDetails().errorCode())
                                    .isEqualTo("InvalidInstanceID.NotFound"));
        }
    }

    private static SummaryStatus summary(Story story, String id) {
        return story.sandbox()
                .ec2()
                .describeInstanceStatus(request -> request.instanceIds(id))
                .instanceStatuses()
                .get(0)
                .instanceStatus()
                .status();
    }
}
