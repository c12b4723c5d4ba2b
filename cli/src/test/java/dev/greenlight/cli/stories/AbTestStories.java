package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.cli.installed.Functions;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Event;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.sandbox.world.Action;
import dev.greenlight.sandbox.world.Behaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A share of the users tries green for hours, each stays on a side, and then both sides are compared. */
class AbTestStories {

    private static final Map<String, String> PROMOTES = test("\"end\":\"promote\"");
    private static final Map<String, String> WAITS = test("\"end\":\"wait\",\"within\":\"PT2H\"");
    private static final Duration RUNS = Duration.ofHours(6);

    private static Map<String, String> test(String fields) {
        return Map.of(
                "GREENLIGHT_STRATEGY",
                "a-b",
                "GREENLIGHT_TEST",
                "{\"share\":20,\"sticks\":\"PT6H\",\"runs\":\"PT6H\",\"errorShare\":0.003,%s}".formatted(fields));
    }

    /** Visitors whose browsers keep cookies. */
    private static void visitors(Festival festival) {
        festival.plane.load(festival.sandbox.site().request("/checkout"), 50, 400);
    }

    /** The merge's pipeline has ended, and the test runs. */
    private static String testing(Festival festival, Behaviour behaviour) {
        visitors(festival);
        String execution = festival.merge("v2", behaviour);
        festival.passUntilPipelineEnds(execution);
        assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
        assertThat(festival.rollout(execution).onTrial()).as(festival.story()).isTrue();
        return execution;
    }

    private static Optional<Duration> stickiness(Festival festival) {
        Action action = festival.sandbox.world().action(festival.sandbox.site().productionRule());
        return action instanceof Action.Forward forward ? forward.stickiness() : Optional.empty();
    }

    private static String history(Rollout rollout) {
        return rollout.history().stream().map(Event::why).collect(Collectors.joining("\n"));
    }

    @Test
    void no_pipeline_waits_for_a_test_and_its_users_stick_to_their_side() {
        try (Festival festival = Festival.serving(4, PROMOTES)) {
            String execution = testing(festival, Behaviour.good());
            assertThat(festival.weights()).containsEntry("A", 80).containsEntry("B", 20);
            assertThat(stickiness(festival)).contains(RUNS);
            long version = festival.rollout(execution).version();

            festival.pass(Duration.ofHours(5));

            // A look that finds nothing leaves nothing in the store.
            assertThat(festival.rollout(execution).version() - version)
                    .as(festival.story())
                    .isLessThan(3);
            double green = festival.users("v2");
            assertThat(green).isPositive();

            festival.passUntil(execution, Phase.PROMOTED);

            assertThat(festival.weights()).containsEntry("A", 0).containsEntry("B", 100);
            assertThat(stickiness(festival)).isEmpty();
            assertThat(festival.ruleWrites()).isEqualTo(2);
            assertThat(festival.tally("v1").failed() + festival.tally("v2").failed())
                    .isZero();
            assertThat(history(festival.rollout(execution)))
                    .contains("green's errors 0.00% of", "blue's 0.00% of", "green's latency p99");
        }
    }

    @Test
    void a_green_that_is_worse_over_the_whole_test_is_taken_back_and_both_sides_figures_are_told() {
        try (Festival festival = Festival.serving(4, PROMOTES)) {
            String execution = testing(festival, Behaviour.failing(0.007));
            Instant began = festival.clock.instant();

            festival.passUntil(execution, Phase.ROLLED_BACK);

            Rollout rollout = festival.rollout(execution);
            assertThat(rollout.ending().orElseThrow().cause()).isEqualTo(Cause.CHECK_FAILED);
            assertThat(rollout.ending().orElseThrow().reason())
                    .contains("the test speaks against green", "blue's 0.00% of", "0.30% more is let pass");
            assertThat(Duration.between(began, rollout.progress().phaseSince())).isGreaterThan(Duration.ofHours(5));
            assertThat(festival.store.quarantine(rollout.revision().digest())).isPresent();
            assertThat(festival.weights()).containsEntry("A", 100).containsEntry("B", 0);
            assertThat(stickiness(festival)).isEmpty();
        }
    }

    @Test
    void too_few_requests_say_nothing_and_a_test_that_nobody_decides_is_taken_back_without_blame() {
        try (Festival festival = Festival.serving(4, test("\"minimumRequests\":100000000,\"within\":\"PT1H\""))) {
            String execution = testing(festival, Behaviour.good());

            festival.passUntil(execution, Phase.ROLLED_BACK);

            Rollout rollout = festival.rollout(execution);
            assertThat(rollout.ending().orElseThrow().cause()).isEqualTo(Cause.DEADLINE);
            assertThat(rollout.ending().orElseThrow().reason())
                    .contains("the test says too little, and nobody decided until", "each side needs 100000000");
            assertThat(festival.store.quarantine(rollout.revision().digest())).isEmpty();
        }
    }

    @Test
    void a_test_that_waits_for_a_person_goes_on_when_one_comes() {
        try (Festival festival = Festival.serving(4, WAITS)) {
            String execution = testing(festival, Behaviour.good());
            festival.pass(RUNS.plus(Duration.ofMinutes(30)));
            assertThat(festival.story()).contains("the test speaks for green, and a person decides until");

            JsonNode answer = festival.service.call(Functions.PROMOTE, "{\"resume\":true,\"reason\":\"they like it\"}");

            assertThat(answer.path("outcome").asText()).as("%s", answer).isNotEqualTo("failed");
            festival.passUntil(execution, Phase.PROMOTED);
        }
    }

    @Test
    void a_test_that_was_to_end_with_blue_is_taken_back_and_nobody_is_blamed() {
        try (Festival festival = Festival.serving(4, test("\"end\":\"roll-back\""))) {
            String execution = testing(festival, Behaviour.good());

            festival.passUntil(execution, Phase.ROLLED_BACK);

            Rollout rollout = festival.rollout(execution);
            assertThat(rollout.ending().orElseThrow().cause()).isEqualTo(Cause.TEST_OVER);
            assertThat(festival.store.quarantine(rollout.revision().digest())).isEmpty();
            assertThat(festival.weights()).containsEntry("A", 100).containsEntry("B", 0);
            assertThat(stickiness(festival)).isEmpty();
        }
    }

    @Test
    void a_person_ends_a_test_by_one_write_and_nobody_sticks_to_green() {
        try (Festival festival = Festival.serving(4, PROMOTES)) {
            testing(festival, Behaviour.good());
            festival.pass(Duration.ofHours(1));

            JsonNode answer = festival.rollBack();

            assertThat(answer.path("outcome").asText()).isEqualTo("done");
            assertThat(festival.ruleWrites()).isEqualTo(2);
            assertThat(stickiness(festival)).isEmpty();
            long met = festival.users("v2");
            festival.pass(Duration.ofMinutes(10));
            assertThat(festival.users("v2")).isEqualTo(met);
        }
    }

    @Test
    void a_person_gives_green_to_all_in_the_middle_of_a_test() {
        try (Festival festival = Festival.serving(4, PROMOTES)) {
            String execution = testing(festival, Behaviour.good());
            festival.pass(Duration.ofHours(1));

            festival.service.call(Functions.PROMOTE, "{\"reason\":\"tickets cannot be bought\"}");

            assertThat(festival.weights()).as(festival.story()).containsEntry("B", 100);
            assertThat(stickiness(festival)).isEmpty();
            festival.passUntil(execution, Phase.PROMOTED);
        }
    }

    @Test
    void checks_take_a_test_back_in_its_middle() {
        try (Festival festival = Festival.serving(4, PROMOTES)) {
            String execution = testing(festival, Behaviour.good());
            festival.pass(Duration.ofHours(1));
            Instant broke = festival.clock.instant();
            festival.plane.behaviour("v2", Behaviour.failing(0.2));

            festival.passUntil(execution, Phase.ROLLED_BACK);

            assertThat(Duration.between(broke, festival.clock.instant())).isLessThan(Duration.ofMinutes(10));
        }
    }

    @Test
    void the_next_release_is_told_that_a_test_is_on() {
        try (Festival festival = Festival.serving(4, PROMOTES)) {
            testing(festival, Behaviour.good());

            String next = festival.merge("v3", Behaviour.good());
            festival.passUntilPipelineEnds(next);

            assertThat(festival.failure(next, "PrepareGreen")).contains("promote it or roll it back");
            assertThat(festival.weights()).containsEntry("B", 20);
        }
    }

    @Test
    void nobody_tries_a_first_release_against_nothing() {
        try (Festival festival = Festival.beforeFirstRelease(PROMOTES)) {
            String execution = festival.merge("v1", Behaviour.good());
            visitors(festival);

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(festival.ruleWrites()).isEqualTo(1);
            assertThat(stickiness(festival)).isEmpty();
        }
    }
}
