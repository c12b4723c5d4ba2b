package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.installed.Functions;
import dev.greenlight.cli.stories.Walk.Way;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.ScalingProcess;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a hand changes in mid-rollout is put right by whichever function comes next: each of them has to be able to, on either fleet.
 */
class ByHandStories {

    private static final String FUNCTIONS = """
            PREPARE_GREEN, A_TO_B
            PREPARE_GREEN, B_TO_A
            INSTALL_REVISION, A_TO_B
            INSTALL_REVISION, B_TO_A
            BEFORE_ALLOW_TRAFFIC, A_TO_B
            BEFORE_ALLOW_TRAFFIC, B_TO_A
            ALLOW_TRAFFIC, A_TO_B
            ALLOW_TRAFFIC, B_TO_A
            """;

    private static final String UNDER_TRAFFIC = """
            AFTER_ALLOW_TRAFFIC, A_TO_B
            AFTER_ALLOW_TRAFFIC, B_TO_A
            PROMOTE, A_TO_B
            PROMOTE, B_TO_A
            SWEEP, A_TO_B
            SWEEP, B_TO_A
            """;

    /** Takes the tags off the rule, lets both fleets' processes run and blue's health checks not, and changes both minimums. */
    private static void meddle(Walk walk) {
        Festival festival = walk.festival;
        festival.rule.handForgets();
        for (String fleet : List.of(walk.way.blue, walk.way.green)) {
            String group = festival.group(fleet).name();
            Capacity now = festival.capacity(fleet);
            festival.sandbox.world().resume(group, EnumSet.allOf(ScalingProcess.class));
            festival.sandbox.world().capacity(group, new Capacity(0, now.desired(), now.max()));
        }
        festival.sandbox.world().suspend(festival.group(walk.way.blue).name(), Set.of(ScalingProcess.HEALTH_CHECK));
    }

    private static void assertPutRight(Walk walk, Functions function, int since) {
        String blue = walk.way.blue;
        String green = walk.way.green;
        assertThat(walk.calls(function, since))
                .as("%s%n%s", function, walk.festival.story())
                .contains(
                        "AddTags rule",
                        "SuspendProcesses " + blue,
                        "SuspendProcesses " + green,
                        "ResumeProcesses " + blue,
                        "UpdateAutoScalingGroup " + blue,
                        "UpdateAutoScalingGroup " + green);
        assertThat(walk.festival.tags()).containsEntry("greenlight:rollout", Walk.ROLLOUT);
    }

    @ParameterizedTest
    @CsvSource(textBlock = FUNCTIONS)
    void tags_and_pins_that_a_hand_changed_before_traffic_moved_are_put_right(Functions function, Way way) {
        try (Walk walk = new Walk(way, Map.of())) {
            walk.to(function);
            if (function != Functions.ALLOW_TRAFFIC) {
                walk.call(function);
            }
            meddle(walk);
            int since = walk.callsSoFar();

            walk.done(function);

            assertPutRight(walk, function, since);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = UNDER_TRAFFIC)
    void so_are_those_that_it_changed_under_traffic(Functions function, Way way) {
        try (Walk walk = new Walk(way, Map.of())) {
            walk.to(Functions.AFTER_ALLOW_TRAFFIC);
            walk.call(Functions.AFTER_ALLOW_TRAFFIC);
            walk.festival.pass(Duration.ofMinutes(3));
            meddle(walk);
            int since = walk.callsSoFar();

            walk.call(function);

            assertPutRight(walk, function, since);
            walk.done(Functions.AFTER_ALLOW_TRAFFIC);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = FUNCTIONS)
    void users_that_a_hand_sent_to_green_too_early_are_taken_back_when_time_is_up(Functions function, Way way) {
        try (Walk walk = new Walk(way, Map.of())) {
            walk.to(function);
            if (function != Functions.ALLOW_TRAFFIC) {
                walk.call(function);
            }
            int toA = way == Way.A_TO_B ? 90 : 10;
            walk.festival.handWrites(toA, 100 - toA);
            int since = walk.callsSoFar();

            assertThat(walk.ended(function).path("message").asText()).contains("was rolled back", "time is up");

            assertThat(walk.festival.weights()).containsEntry(way.blue, 100).containsEntry(way.green, 0);
            assertThat(walk.calls(function, since)).contains("ModifyRule rule", "AddTags rule");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void a_person_who_promotes_what_fails_has_it_taken_back(Way way) {
        try (Walk walk = new Walk(way, Map.of("GREENLIGHT_BAKE", "PT2H"))) {
            walk.to(Functions.AFTER_ALLOW_TRAFFIC);
            walk.festival.plane.behaviour("v3", Behaviour.failing(0.1));
            walk.festival.pass(Duration.ofMinutes(10));

            assertThat(walk.call(Functions.PROMOTE).path("message").asText())
                    .contains("was rolled back", "error share");

            assertThat(walk.festival.weights()).containsEntry(way.blue, 100);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = UNDER_TRAFFIC)
    void blues_time_is_booked_once_although_the_answer_to_the_booking_is_lost(Functions function, Way way) {
        try (Walk walk = new Walk(way, Map.of())) {
            walk.to(Functions.AFTER_ALLOW_TRAFFIC);
            walk.festival.pass(Duration.ofMinutes(12));
            walk.festival
                    .sandbox
                    .faults()
                    .failing(call -> call.operation().equals("CreateSchedule"), 1, Fault.lostAnswer());
            int since = walk.callsSoFar();

            walk.call(function);

            assertThat(walk.festival.rollout(Walk.ROLLOUT).phase())
                    .as(walk.festival.story())
                    .isEqualTo(Phase.PROMOTED);
            assertThat(walk.festival.appointments()).containsExactly("festival-" + Walk.ROLLOUT);
            assertThat(walk.calls(function, since)).contains("UpdateSchedule rule");
        }
    }

    /** AllowTraffic died after the rule was written and stored, a hand halved the traffic, and blue fell ill. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void a_shift_that_cannot_be_taken_back_keeps_green_and_books_the_time_of_what_was_blue(Way way) {
        try (Walk walk = new Walk(way, Map.of())) {
            walk.to(Functions.ALLOW_TRAFFIC);
            boolean[] shifted = {false};
            walk.festival.sandbox.calls().listen(call -> {
                if (!shifted[0] && call.operation().equals("ModifyRule")) {
                    shifted[0] = true;
                    // The rule is read back, with its tags, and then the store is told.
                    walk.festival.sandbox.faults().crashAfterCall(3);
                }
            });
            walk.festival.sandbox.lambda().invoke(walk.festival.service.name(Functions.ALLOW_TRAFFIC), bytes());
            assertThat(walk.festival.rollout(Walk.ROLLOUT).progress().steps()).isEqualTo(1);
            walk.festival.handWrites(50, 50);
            walk.festival.plane.behaviour(way == Way.A_TO_B ? "v1" : "v2", Behaviour.sick());
            walk.festival.pass(Duration.ofMinutes(2));
            walk.festival
                    .sandbox
                    .faults()
                    .failing(call -> call.operation().equals("CreateSchedule"), 1, Fault.lostAnswer());
            int since = walk.callsSoFar();

            assertThat(walk.ended(Functions.ALLOW_TRAFFIC).path("message").asText())
                    .contains("failed, and green was kept", "is worse");

            assertThat(walk.calls(Functions.ALLOW_TRAFFIC, since))
                    .contains("CreateSchedule rule", "UpdateSchedule rule");
        }
    }

    private static byte[] bytes() {
        return "{\"rollout\":\"%s\"}".formatted(Walk.ROLLOUT).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Requests run on blue for longer than green bakes here, so that it is not retired at once. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void settings_that_a_hand_changed_while_blue_is_warm_are_put_right_by_who_retires_it(Way way) {
        try (Walk walk = new Walk(way, Map.of("GREENLIGHT_DRAIN", "PT10M"))) {
            walk.to(Functions.AFTER_ALLOW_TRAFFIC).done(Functions.AFTER_ALLOW_TRAFFIC);
            String green = walk.festival.group(way.green).name();
            meddle(walk);
            walk.festival.sandbox.world().suspend(green, Set.of(ScalingProcess.HEALTH_CHECK));
            int since = walk.callsSoFar();

            walk.call(Functions.RETIRE_BLUE);

            assertThat(walk.calls(Functions.RETIRE_BLUE, since))
                    .as(walk.festival.story())
                    .contains("SuspendProcesses " + way.blue, "ResumeProcesses " + way.green);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void who_retires_blue_by_hand_can_bring_it_to_its_end_alone(Way way) {
        try (Walk walk = new Walk(way, Map.of())) {
            walk.to(Functions.AFTER_ALLOW_TRAFFIC).done(Functions.AFTER_ALLOW_TRAFFIC);
            for (int i = 0; i < 20 && !walk.festival.rollout(Walk.ROLLOUT).settled(); i++) {
                walk.festival.pass(Duration.ofMinutes(1));
                walk.call(Functions.RETIRE_BLUE);
                walk.festival.service.call(
                        Functions.RETIRE_BLUE,
                        "{\"greenlight\":\"retire-blue\",\"rollout\":\"%s\"}".formatted(Walk.ROLLOUT));
            }

            assertThat(walk.festival.rollout(Walk.ROLLOUT).settled())
                    .as(walk.festival.story())
                    .isTrue();
            assertThat(walk.festival.appointments()).isEmpty();
            assertThat(walk.festival.instances(way.blue)).isZero();
        }
    }
}
