package dev.greenlight.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.sandbox.Story;
import dev.greenlight.sandbox.world.ModelledDataPlane.Tally;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelledDataPlaneTest {

    @Test
    void a_steady_load_becomes_exactly_as_many_requests_split_exactly_by_the_weights() {
        try (Story story = Story.serving(3)) {
            ModelledDataPlane plane = new ModelledDataPlane(story.world());
            story.greenServes(2);
            story.weights(93, 7);
            story.seconds(1);
            plane.load(story.sandbox().site().request("/"), 12.5);
            story.seconds(800);
            assertThat(plane.tallies())
                    .containsOnly(Map.entry("v1", new Tally(9300, 0)), Map.entry("v2", new Tally(700, 0)));
        }
    }

    @Test
    void a_revision_fails_the_share_of_its_requests_that_its_behaviour_says() {
        try (Story story = Story.serving(3)) {
            ModelledDataPlane plane = new ModelledDataPlane(story.world());
            plane.behaviour("v1", Behaviour.failing(0.1));
            plane.load(story.sandbox().site().request("/"), 7);
            story.seconds(100);
            assertThat(plane.tallies()).containsOnly(Map.entry("v1", new Tally(700, 70)));
        }
    }

    @Test
    void requests_for_a_group_without_targets_are_failures_of_the_load_balancer() {
        try (Story story = Story.serving(2)) {
            ModelledDataPlane plane = new ModelledDataPlane(story.world());
            story.weights(0, 100);
            story.seconds(1);
            plane.load(story.sandbox().site().request("/"), 10);
            story.seconds(10);
            assertThat(plane.tallies()).containsOnly(Map.entry(Tally.BALANCER, new Tally(100, 100)));
        }
    }

    @Test
    void a_revision_is_healthy_only_after_the_time_that_its_behaviour_says() {
        try (Story story = Story.serving(1)) {
            ModelledDataPlane plane = new ModelledDataPlane(story.world());
            plane.behaviour("v2", new Behaviour(Duration.ofSeconds(45), 0, Duration.ofMillis(20)));
            story.greenServes(1);
            Instance instance = story.instances(story.b()).get(0);
            story.seconds(30);
            assertThat(story.states(story.b())).containsExactly(TargetState.HEALTHY);
            instance.revision("v1");
            instance.revision("v2-again");
            plane.behaviour("v2-again", Behaviour.sick());
            story.seconds(30);
            assertThat(story.states(story.b())).containsExactly(TargetState.UNHEALTHY);
        }
    }

    @Test
    void one_request_is_answered_with_the_revision_that_served_it() {
        try (Story story = Story.serving(1)) {
            ModelledDataPlane plane = new ModelledDataPlane(story.world());
            plane.behaviour("v2", Behaviour.slow(Duration.ofMillis(900)));
            story.greenServes(1);
            ModelledDataPlane.Answer answer = plane.send(story.sandbox().site().preview(story.b(), "/checkout"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.revision()).contains("v2");
            assertThat(answer.latency()).isEqualTo(Duration.ofMillis(900));
            assertThat(plane.send(Request.get("elsewhere", "/")).status()).isEqualTo(404);
        }
    }

    @Test
    void clients_that_keep_their_cookie_stay_with_green_after_the_weights_left_it_until_stickiness_is_off() {
        try (Story story = Story.serving(2)) {
            ModelledDataPlane plane = new ModelledDataPlane(story.world());
            story.greenServes(2);
            story.write(90, 10, Optional.of(Duration.ofHours(1)));
            story.seconds(1);
            plane.load(story.sandbox().site().request("/"), 20, 20);
            story.seconds(10);
            assertThat(plane.tallies()).containsEntry("v2", new Tally(20, 0));
            story.write(100, 0, Optional.of(Duration.ofHours(1)));
            story.seconds(11);
            assertThat(plane.tallies()).containsEntry("v2", new Tally(42, 0));
            story.write(100, 0, Optional.empty());
            story.seconds(11);
            assertThat(plane.tallies()).containsEntry("v2", new Tally(42, 0));
        }
    }

    @Test
    void apportioning_owes_what_rounding_took_and_never_gives_to_weight_0() {
        Map<String, Integer> weights = new LinkedHashMap<>();
        weights.put("a", 998);
        weights.put("b", 1);
        weights.put("c", 0);
        Map<String, Double> owed = new LinkedHashMap<>();
        Map<String, Long> sums = new LinkedHashMap<>();
        for (int i = 0; i < 999; i++) {
            Map<String, Long> split = Apportioning.byWeight(3, weights, owed);
            assertThat(split.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(3);
            split.forEach((key, value) -> sums.merge(key, value, Long::sum));
        }
        assertThat(sums).containsEntry("a", 2994L).containsEntry("b", 3L).containsEntry("c", 0L);
    }
}
