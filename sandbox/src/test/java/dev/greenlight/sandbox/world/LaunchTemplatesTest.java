package dev.greenlight.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.sandbox.Site;
import dev.greenlight.sandbox.Story;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;

/** Launch templates as EC2 keeps them and Auto Scaling uses them. */
class LaunchTemplatesTest {

    private static final String NEW_IMAGE = "ami-0000000000000002";

    @Test
    void a_group_with_a_numbered_version_launches_from_it_whatever_the_newest_is() {
        try (Story story = Story.serving(1)) {
            String group = story.a().autoScalingGroup();
            revise(story, group);
            story.world().capacity(group, new Capacity(0, 2, 10));
            story.seconds(90);
            assertThat(images(story, group)).containsExactly(Site.FIRST_IMAGE, Site.FIRST_IMAGE);
        }
    }

    @Test
    void an_update_of_the_version_is_for_instances_to_come() {
        try (Story story = Story.serving(1)) {
            String group = story.a().autoScalingGroup();
            revise(story, group);
            launchFrom(story, group, "2");
            story.world().capacity(group, new Capacity(0, 2, 10));
            story.seconds(90);
            assertThat(images(story, group)).containsExactly(Site.FIRST_IMAGE, NEW_IMAGE);
            var described = story.sandbox()
                    .autoScaling()
                    .describeAutoScalingGroups(r -> r.autoScalingGroupNames(group))
                    .autoScalingGroups()
                    .getFirst();
            assertThat(described.launchTemplate().version()).isEqualTo("2");
            assertThat(described.instances())
                    .extracting(instance -> instance.launchTemplate().version())
                    .containsExactly("1", "2");
        }
    }

    @Test
    void the_latest_version_is_whatever_is_latest_at_the_launch() {
        try (Story story = Story.serving(1)) {
            String group = story.a().autoScalingGroup();
            launchFrom(story, group, "$Latest");
            revise(story, group);
            story.world().capacity(group, new Capacity(0, 2, 10));
            story.seconds(90);
            assertThat(images(story, group)).containsExactly(Site.FIRST_IMAGE, NEW_IMAGE);
        }
    }

    @Test
    void a_group_that_shrinks_ends_the_instances_of_the_oldest_version_first() {
        try (Story story = Story.serving(1)) {
            String group = story.a().autoScalingGroup();
            revise(story, group);
            launchFrom(story, group, "2");
            story.world().capacity(group, new Capacity(0, 2, 10));
            story.seconds(90);
            launchFrom(story, group, "1");
            story.world().capacity(group, new Capacity(0, 3, 10));
            story.seconds(90);
            story.world().capacity(group, new Capacity(0, 1, 10));
            story.seconds(300);
            assertThat(images(story, group)).containsExactly(NEW_IMAGE);
        }
    }

    @Test
    void a_version_that_does_not_exist_is_refused() {
        try (Story story = Story.serving(1)) {
            for (String version : List.of("2", "0", "01", "$Newest", "v1")) {
                assertThatThrownBy(() -> launchFrom(story, story.a().autoScalingGroup(), version))
                        .isInstanceOf(AutoScalingException.class)
                        .hasMessageContaining("does not exist");
            }
        }
    }

    private static void revise(Story story, String group) {
        story.world().launchTemplates().revise(template(story, group), NEW_IMAGE);
    }

    private static String template(Story story, String group) {
        return story.world().launchTemplates().of(group).orElseThrow().template();
    }

    private static void launchFrom(Story story, String group, String version) {
        LaunchTemplateSpecification source = LaunchTemplateSpecification.builder()
                .launchTemplateId(template(story, group))
                .version(version)
                .build();
        story.sandbox()
                .autoScaling()
                .updateAutoScalingGroup(r -> r.autoScalingGroupName(group).launchTemplate(source));
    }

    private static List<String> images(Story story, String group) {
        return story.world().instances(group).stream()
                .map(Instance::origin)
                .flatMap(Optional::stream)
                .map(LaunchTemplates.Origin::image)
                .toList();
    }
}
