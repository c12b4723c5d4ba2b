package dev.greenlight.adapter.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.fleet.LaunchSource;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;

/** Groups as the API shows them, of every kind. */
class SourceReadingTest {

    private static final LaunchTemplateSpecification TEMPLATE = LaunchTemplateSpecification.builder()
            .launchTemplateId("lt-1")
            .launchTemplateName("one")
            .version("3")
            .build();

    @Test
    void a_group_with_a_template() {
        assertThat(SourceReading.of(
                        AutoScalingGroup.builder().launchTemplate(TEMPLATE).build()))
                .isEqualTo(new LaunchSource.Template("lt-1", "3"));
    }

    @Test
    void a_template_without_a_version_stands_for_its_default() {
        assertThat(SourceReading.of(AutoScalingGroup.builder()
                        .launchTemplate(template -> template.launchTemplateId("lt-1"))
                        .build()))
                .isEqualTo(new LaunchSource.Template("lt-1", "$Default"));
    }

    @Test
    void a_group_with_a_mixed_instances_policy_has_no_template_of_its_own() {
        assertThat(SourceReading.of(AutoScalingGroup.builder()
                        .mixedInstancesPolicy(
                                policy -> policy.launchTemplate(t -> t.launchTemplateSpecification(TEMPLATE)))
                        .build()))
                .hasToString("a mixed instances policy");
    }

    @Test
    void a_group_of_the_older_kind() {
        assertThat(SourceReading.of(AutoScalingGroup.builder()
                        .launchConfigurationName("of-2015")
                        .build()))
                .hasToString("a launch configuration");
    }

    @Test
    void an_instance_says_what_it_was_launched_from_if_that_was_a_template() {
        assertThat(SourceReading.origin(
                        Instance.builder().launchTemplate(TEMPLATE).build()))
                .contains(new LaunchSource.Template("lt-1", "3"));
        assertThat(SourceReading.origin(Instance.builder().build())).isEmpty();
    }
}
