package dev.greenlight.adapter.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.adapter.SandboxFleets;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.world.LaunchTemplates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CloudFormation asks which launch version a fleet's group has, in the shapes of its requests. */
class LaunchVersionHandlerTest {

    private static final String CREATE = "cloudformation-launch-version-create.json";
    private static final String UPDATE = "cloudformation-launch-version-update.json";
    private static final String DELETE = "cloudformation-launch-version-delete.json";
    private static final String MALFORMED = "malformed/cloudformation-launch-version-without-number.json";

    private final SandboxFleets world = SandboxFleets.serving(1);
    private final RecordingStack stack = new RecordingStack(world);
    private final LaunchVersionHandler handler = new LaunchVersionHandler(() -> stack);
    private final String group = world.a().autoScalingGroup();
    private final String template =
            world.sandbox().world().launchTemplates().of(group).orElseThrow().template();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_group_that_is_yet_to_be_made_begins_with_the_newest_version() {
        String event = event(CREATE)
                .replace("\"" + group + "\"", "\"greenlight-checkout-z\"")
                .replace("\"LatestVersion\": \"1\"", "\"LatestVersion\": \"7\"");
        assertThat(answer(event))
                .contains(
                        "\"Status\":\"SUCCESS\"",
                        "\"PhysicalResourceId\":\"launch-version-of-greenlight-checkout-z\"",
                        "\"Data\":{\"Version\":\"7\"}");
    }

    @Test
    void a_live_group_keeps_its_version_although_the_stack_made_a_newer_one() {
        world.sandbox().world().launchTemplates().revise(template, "ami-new");
        assertThat(answer(event(UPDATE))).contains("SUCCESS", "\"Version\":\"1\"");
        assertThat(stack.complaints()).isEmpty();
    }

    @Test
    void after_a_rollout_the_group_keeps_what_the_rollout_gave_it() {
        launchFrom(template, String.valueOf(revised()));
        assertThat(answer(event(UPDATE))).contains("\"Version\":\"2\"");
    }

    @Test
    void an_update_that_is_rolled_back_passes_what_lives_as_well() {
        launchFrom(template, String.valueOf(revised()));
        String back = event(CREATE)
                .replace("\"Create\"", "\"Update\"")
                .replace("\"LogicalResourceId\"", "\"PhysicalResourceId\": \"same\",\n  \"LogicalResourceId\"");
        assertThat(answer(back))
                .contains("SUCCESS", "\"PhysicalResourceId\":\"launch-version-of-", "\"Version\":\"2\"");
    }

    @Test
    void a_stack_that_takes_up_a_group_which_lives_already_keeps_its_version() {
        revised();
        assertThat(answer(event(CREATE).replace("\"LatestVersion\": \"1\"", "\"LatestVersion\": \"2\"")))
                .contains("\"Version\":\"1\"");
    }

    @ParameterizedTest
    @CsvSource({"$Latest, 2", "$Default, 1"})
    void what_somebody_set_by_hand_becomes_the_number_that_it_stands_for(String byHand, String number) {
        revised();
        launchFrom(template, byHand);
        assertThat(answer(event(UPDATE))).contains("SUCCESS", "\"Version\":\"" + number + "\"");
        assertThat(stack.complaints()).singleElement().asString().contains("somebody set version " + byHand);
    }

    @ParameterizedTest
    @ValueSource(strings = {CREATE, UPDATE})
    void a_group_that_launches_from_a_foreign_template_fails_the_update_and_keeps_it(String request) {
        launchFrom(foreign(), "1");
        assertThat(answer(event(request)))
                .contains(
                        "FAILED",
                        "which this stack did not give it",
                        "give the group back a version of launch template " + template,
                        "\"Data\":{}");
        assertThat(stack.complaints()).singleElement().asString().contains("which this stack did not give it");
    }

    @Test
    void a_group_that_launches_from_a_foreign_template_does_not_stop_a_deletion() {
        launchFrom(foreign(), "1");
        assertThat(answer(event(DELETE))).contains("SUCCESS");
    }

    private String foreign() {
        return world.sandbox()
                .world()
                .launchTemplates()
                .create("foreign", "ami-x")
                .id();
    }

    @Test
    void deleting_needs_nothing() {
        world.sandbox().faults().failing(call -> true, Fault.denied());
        assertThat(answer(event(DELETE))).contains("SUCCESS", "launch-version-of-greenlight-checkout-a");
        assertThat(answer(event(MALFORMED).replace("\"Update\"", "\"Delete\""))).contains("SUCCESS");
    }

    @Test
    void a_group_that_cannot_be_read_fails_the_update_rather_than_giving_it_anything() {
        world.sandbox().faults().failing(call -> true, Fault.denied());
        assertThat(answer(event(UPDATE)))
                .contains("FAILED", "autoscaling:DescribeAutoScalingGroups", "\"Data\":{}")
                .doesNotContain("\"Version\"");
    }

    @Test
    void a_request_without_numbers_is_refused_with_all_its_faults() {
        assertThat(answer(event(MALFORMED)))
                .contains("FAILED", "LatestVersion: missing", "DefaultVersion: not a version's number");
    }

    private long revised() {
        return world.sandbox().world().launchTemplates().revise(template, "ami-new");
    }

    private void launchFrom(String source, String version) {
        world.sandbox().world().launchTemplates().launchFrom(group, new LaunchTemplates.Source(source, version));
    }

    /** The event as it is shown, about the sandbox's own fleet. */
    private String event(String name) {
        return new String(EventFiles.bytes(name), StandardCharsets.UTF_8)
                .replace(
                        "\"AutoScalingGroupName\": \"greenlight-checkout-a\"",
                        "\"AutoScalingGroupName\": \"" + group + "\"")
                .replace("lt-0123456789abcdef0", template);
    }

    private String answer(String event) {
        try {
            handler.handleRequest(
                    new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                    new ByteArrayOutputStream(),
                    new FakeContext(Duration.ofSeconds(60)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return stack.answers().getLast();
    }
}
