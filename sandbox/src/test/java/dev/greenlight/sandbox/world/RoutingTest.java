package dev.greenlight.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.greenlight.sandbox.Story;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** User guide, "Listener rules for your Application Load Balancer", "Target groups" and "Sticky sessions". */
class RoutingTest {

    @Test
    void before_the_first_release_production_answers_503_by_itself() {
        try (Story story = Story.beforeFirstRelease()) {
            assertThat(story.split(3)).containsExactly(entry("503", 3));
        }
    }

    @Test
    void a_host_that_no_rule_asks_for_gets_the_default_rule() {
        try (Story story = Story.serving(2)) {
            assertThat(story.choose(Request.get("other.example.com", "/"))).isInstanceOf(Choice.Fixed.class);
        }
    }

    @Test
    void weights_split_the_requests() {
        try (Story story = Story.serving(2)) {
            story.greenServes(2);
            story.weights(90, 10);
            story.seconds(1);
            Map<String, Integer> split = story.split(10_000);
            assertThat(split.get(story.b().targetGroupArn())).isCloseTo(1000, within(150));
            assertThat(split)
                    .containsOnlyKeys(story.a().targetGroupArn(), story.b().targetGroupArn());
        }
    }

    @Test
    void a_routing_write_shows_at_once_and_takes_effect_later() {
        try (Story story = Story.serving(2)) {
            story.greenServes(2);
            story.weights(0, 100);
            assertThat(production(story).weights()).containsEntry(story.b().targetGroupArn(), 100);
            assertThat(story.split(10)).containsOnlyKeys(story.a().targetGroupArn());
            story.seconds(1);
            assertThat(story.split(10)).containsOnlyKeys(story.b().targetGroupArn());
        }
    }

    @Test
    void of_two_writers_the_last_one_wins_and_the_first_one_is_not_told() {
        try (Story story = Story.serving(2)) {
            story.weights(50, 50);
            story.weights(100, 0);
            assertThat(production(story).weights().values()).containsExactly(100, 0);
        }
    }

    @Test
    void an_empty_group_keeps_its_share_and_its_requests_fail() {
        try (Story story = Story.serving(2)) {
            story.weights(50, 50);
            story.seconds(1);
            assertThat(story.split(1000).get("503")).isCloseTo(500, within(100));
        }
    }

    @Test
    void a_group_with_only_unhealthy_targets_fails_open() {
        try (Story story = Story.serving(2)) {
            ModelledDataPlane plane = new ModelledDataPlane(story.world());
            plane.behaviour("v1", Behaviour.sick());
            story.seconds(30);
            assertThat(story.states(story.a())).containsOnly(TargetState.UNHEALTHY);
            assertThat(story.split(4)).containsExactly(entry(story.a().targetGroupArn(), 4));
        }
    }

    @Test
    void one_healthy_target_is_enough_to_keep_requests_from_the_unhealthy_ones() {
        try (Story story = Story.serving(2)) {
            new ModelledDataPlane(story.world()).behaviour("broken", Behaviour.sick());
            Instance broken = story.instances(story.a()).get(0);
            broken.revision("broken");
            story.seconds(30);
            assertThat(story.states(story.a())).containsExactly(TargetState.UNHEALTHY, TargetState.HEALTHY);
            for (int i = 0; i < 10; i++) {
                assertThat(story.choose(story.sandbox().site().request("/")))
                        .isInstanceOfSatisfying(
                                Choice.Target.class,
                                target -> assertThat(target.instanceId()).isNotEqualTo(broken.id()));
            }
        }
    }

    @Test
    void the_preview_header_reaches_a_fleet_that_has_no_weight() {
        try (Story story = Story.serving(2)) {
            story.greenServes(1);
            Request preview = story.sandbox().site().preview(story.b(), "/checkout");
            assertThat(Story.place(story.choose(preview))).isEqualTo(story.b().targetGroupArn());
            Request wrongSecret = story.sandbox().site().request("/checkout").with("x-greenlight-preview", "guessed");
            assertThat(Story.place(story.choose(wrongSecret)))
                    .isEqualTo(story.a().targetGroupArn());
        }
    }

    @Test
    void a_sticky_client_stays_with_its_group_also_at_weight_0_until_stickiness_is_switched_off() {
        try (Story story = Story.serving(2)) {
            story.greenServes(2);
            story.write(0, 100, Optional.of(Duration.ofHours(1)));
            story.seconds(1);
            Choice.Target first =
                    (Choice.Target) story.choose(story.sandbox().site().request("/"));
            Choice.Cookie cookie = first.cookie().orElseThrow();
            Request sticky =
                    story.sandbox().site().request("/").with("Cookie", "a=b; " + cookie.name() + "=" + cookie.value());

            story.write(100, 0, Optional.of(Duration.ofHours(1)));
            story.seconds(1);
            assertThat(Story.place(story.choose(sticky))).isEqualTo(story.b().targetGroupArn());

            story.write(100, 0, Optional.empty());
            story.seconds(1);
            assertThat(Story.place(story.choose(sticky))).isEqualTo(story.a().targetGroupArn());
        }
    }

    @Test
    void a_cookie_that_is_over_or_foreign_is_no_cookie() {
        try (Story story = Story.serving(2)) {
            story.greenServes(2);
            story.write(0, 100, Optional.of(Duration.ofMinutes(1)));
            story.seconds(1);
            Choice.Target first =
                    (Choice.Target) story.choose(story.sandbox().site().request("/"));
            String value = first.cookie().orElseThrow().value();
            story.write(100, 0, Optional.of(Duration.ofMinutes(1)));
            story.seconds(61);
            for (String text : List.of(value, "not+a*cookie", "")) {
                Request request = story.sandbox().site().request("/").with("Cookie", "AWSALBTG=" + text);
                assertThat(Story.place(story.choose(request)))
                        .isEqualTo(story.a().targetGroupArn());
            }
        }
    }

    private static Action.Forward production(Story story) {
        return story.world().rules().stream()
                .filter(rule -> rule.arn().equals(story.sandbox().site().productionRule()))
                .map(rule -> (Action.Forward) rule.action())
                .findFirst()
                .orElseThrow();
    }
}
