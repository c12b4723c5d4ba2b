package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.cli.simulate.RulesWatch;
import dev.greenlight.sandbox.cloudformation.StackStatus;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.world.LaunchTemplates;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What CloudFormation writes over a fleet's launch version without asking is put back, whichever way it goes back. */
class LaunchKeepingStories {

    private static final String OLD = "ami-0123456789abcdef0";
    private static final String NEW = "ami-0000000000000002";
    private static final int MAXIMUM = 24;
    private static final String OWNER = "greenlight-festival-traffic-rule";

    /** Longer than Sweep takes to come by, and to be done. */
    private static final Duration A_SWEEP = Duration.ofMinutes(2);

    @ParameterizedTest(name = "with values of before: {0}")
    @ValueSource(booleans = {true, false})
    void an_update_that_fails_and_goes_back_leaves_users_on_the_version_that_a_rollout_gave_them(boolean ofBefore) {
        try (Festival festival = Festival.serving(2)) {
            RulesWatch watch = festival.watch();
            festival.visitors(20);
            StackUpdate.to(NEW, MAXIMUM, festival);
            festival.release("v2");

            failingUpdate(edited(NEW, MAXIMUM + 6), ofBefore, festival);
            assertThat(Launched.version(festival, "B")).isEqualTo(ofBefore ? "1" : "2");
            festival.pass(A_SWEEP);

            assertThat(Launched.version(festival, "B")).as(festival.story()).isEqualTo("2");
            assertThat(Launched.version(festival, "A")).as("blue, still warm").isEqualTo("1");
            assertThat(festival.story().contains("which no rollout gave it")).isEqualTo(ofBefore);
            Launched.grow(festival, "B", 4);
            assertThat(Launched.images(festival, "B"))
                    .hasSizeGreaterThanOrEqualTo(4)
                    .containsOnly(NEW);
            assertThat(watch.rulings().broken()).as(festival.story()).isEmpty();
        }
    }

    /** {@code cdk deploy --tags} changes groups, and no custom resource: nobody is asked which version they have. */
    @Test
    void tags_of_the_whole_stack_cost_the_serving_fleet_its_version_for_a_minute_at_most() {
        try (Festival festival = Festival.serving(2, Map.of("GREENLIGHT_BLUE_LIFETIME", "PT40M"))) {
            festival.visitors(20);
            StackUpdate.to(NEW, MAXIMUM, festival);
            festival.release("v2");
            festival.release("v3");

            tagged("shop", festival);
            festival.pass(A_SWEEP);
            assertThat(Launched.version(festival, "A")).as("it serves").isEqualTo("2");
            assertThat(Launched.version(festival, "B")).as("it is warm").isEqualTo("2");

            // Settled: nothing else looks at this rollout any more.
            festival.pass(Duration.ofHours(2));
            tagged("fair", festival);
            festival.pass(A_SWEEP);
            assertThat(Launched.version(festival, "A")).as("it serves").isEqualTo("2");
            assertThat(Launched.version(festival, "B")).as("its turn comes").isEqualTo("1");
        }
    }

    private static void tagged(String team, Festival festival) {
        festival.service
                .stack()
                .update(edited(NEW, MAXIMUM)
                        .each(
                                "AWS::AutoScaling::AutoScalingGroup",
                                group -> group.withArray("Tags")
                                        .addObject()
                                        .put("Key", "team")
                                        .put("Value", team)
                                        .put("PropagateAtLaunch", true))
                        .template());
        festival.clock.advance(Duration.ZERO);
        assertThat(Launched.version(festival, "A")).isEqualTo("1");
        assertThat(Launched.version(festival, "B")).isEqualTo("1");
    }

    /** A stack that goes back leaves a launch template's new version where it is (cloudformation-coverage-roadmap#1912). */
    @Test
    void a_version_that_a_failed_update_left_behind_reaches_nobody() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            for (String fleet : List.of("A", "B")) {
                LaunchTemplates templates = festival.sandbox.world().launchTemplates();
                templates.revise(
                        templates.of(festival.group(fleet).name()).orElseThrow().template(), NEW);
            }

            festival.release("v2");

            assertThat(Launched.images(festival, "B")).isNotEmpty().containsOnly(OLD);
        }
    }

    private static EditedTemplate edited(String image, int maximum) {
        return new EditedTemplate()
                .each(
                        "AWS::EC2::LaunchTemplate",
                        template -> ((ObjectNode) template.path("LaunchTemplateData")).put("ImageId", image))
                .each("AWS::AutoScaling::AutoScalingGroup", group -> group.put("MaxSize", String.valueOf(maximum)))
                .each(
                        "Custom::GreenlightLaunchVersion",
                        version -> ((ObjectNode) version.path("Group")).put("MaxSize", String.valueOf(maximum)));
    }

    /** The rule, which comes after the groups, cannot be written. */
    private static void failingUpdate(EditedTemplate template, boolean ofBefore, Festival festival) {
        festival.service.stack().goesBackWithValuesOfBefore(ofBefore);
        festival.sandbox
                .faults()
                .failing(
                        call -> call.invocation().startsWith(OWNER)
                                && call.operation().equals("ModifyRule"),
                        1,
                        Fault.denied());
        festival.service.stack().update(template.host("www.example.com").template());
        festival.clock.advance(Duration.ZERO);
        assertThat(festival.service.stack().status())
                .as(festival.service.stack().events().toString())
                .contains(StackStatus.UPDATE_ROLLBACK_COMPLETE);
    }
}
