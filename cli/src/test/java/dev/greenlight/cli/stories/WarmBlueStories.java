package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.sandbox.world.Capacity;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What blue is for while it is warm: today's load, and the next release. */
class WarmBlueStories {

    @Test
    void blue_grows_at_once_with_the_load_and_shrinks_with_it_once_it_is_drained() {
        try (Festival festival = Festival.serving(4)) {
            var visitors = festival.visitors(20);
            String execution = festival.release("v2");

            festival.sandbox.world().capacity("greenlight-festival-b", new Capacity(2, 7, 24));
            festival.pass(Duration.ofMinutes(5));
            assertThat(festival.instances("A")).as(festival.story()).isEqualTo(7);
            assertThat(festival.rollout(execution).sizing().blue()).isEqualTo(7);

            visitors.rate(5);
            festival.sandbox.world().capacity("greenlight-festival-b", new Capacity(2, 2, 24));
            festival.pass(Duration.ofMinutes(15));
            assertThat(festival.instances("A")).as(festival.story()).isEqualTo(2);

            festival.rollBack();
            festival.pass(Duration.ofMinutes(2));
            assertThat(festival.weights()).containsEntry("A", 100);
            assertThat(festival.tally("v1").failed() + festival.tally("v2").failed())
                    .isZero();
        }
    }

    @Test
    void rolling_back_to_a_blue_that_is_too_small_raises_it_and_says_so() {
        try (Festival festival = Festival.serving(4)) {
            festival.visitors(20);
            festival.release("v2");
            festival.sandbox.world().capacity("greenlight-festival-b", new Capacity(2, 8, 24));
            festival.passUntil(
                    "green's growth",
                    () -> festival.instances("B") == 8
                            && festival.group("B").instances().stream()
                                    .allMatch(i -> i.inServiceSince().isPresent()));
            festival.sandbox.world().capacity("greenlight-festival-a", new Capacity(1, 3, 24));

            String said = festival.rollBack().path("message").asText();

            assertThat(said).contains("all traffic is back on blue", "fleet A had 3 instances and is raised to 8");
            assertThat(festival.capacity("A").desired()).isEqualTo(8);
            festival.pass(Duration.ofMinutes(10));
            assertThat(festival.instances("A")).isEqualTo(8);
            assertThat(festival.tally("v1").failed()).isZero();
        }
    }

    @Test
    void a_release_while_blue_is_warm_takes_it_and_says_which_way_back_is_lost() {
        try (Festival festival = Festival.serving(3)) {
            festival.visitors(20);
            String second = festival.release("v2");
            assertThat(festival.appointments()).containsExactly("festival-" + second);

            String third = festival.release("v3");

            assertThat(festival.rollout(third).history())
                    .anyMatch(event -> event.why().contains("the way back from v2 is lost: fleet A is green now"));
            assertThat(festival.rollout(second).settled()).isTrue();
            assertThat(festival.appointments()).containsExactly("festival-" + third);
            assertThat(festival.weights()).containsEntry("A", 100);
            assertThat(festival.tally("v1").failed()
                            + festival.tally("v2").failed()
                            + festival.tally("v3").failed())
                    .isZero();

            festival.rollBack();
            festival.pass(Duration.ofMinutes(1));
            assertThat(festival.weights()).containsEntry("B", 100);
            assertThat(festival.rollout(second).phase()).isEqualTo(Phase.PROMOTED);
        }
    }

    @Test
    void where_the_settings_say_so_a_release_is_refused_while_blue_is_warm_and_told_until_when() {
        Map<String, String> refuse =
                Map.of("GREENLIGHT_WHILE_BLUE_WARM", "refuse", "GREENLIGHT_BLUE_LIFETIME", "PT30M");
        try (Festival festival = Festival.serving(2, refuse)) {
            festival.visitors(20);
            String second = festival.release("v2");
            String until = festival.rollout(second)
                    .progress()
                    .warmUntil()
                    .orElseThrow()
                    .toString();

            String third = festival.merge("v3", Behaviour.good());
            festival.passUntilPipelineEnds(third);

            assertThat(festival.failure(third, "PrepareGreen"))
                    .contains("blue of rollout " + second + " is kept warm until " + until);
            assertThat(festival.instances("A")).isEqualTo(2);
            assertThat(festival.weights()).containsEntry("B", 100);

            festival.pass(Duration.ofMinutes(45));
            festival.release("v4");
            assertThat(festival.weights()).containsEntry("A", 100);
        }
    }

    @Test
    void what_a_person_sets_between_two_rollouts_is_what_the_next_one_finds() {
        try (Festival festival = Festival.serving(2, Map.of("GREENLIGHT_BLUE_LIFETIME", "PT10M"))) {
            festival.visitors(20);
            festival.release("v2");
            festival.pass(Duration.ofMinutes(30));
            festival.sandbox.world().capacity("greenlight-festival-b", new Capacity(3, 5, 20));
            festival.pass(Duration.ofMinutes(5));
            festival.release("v3");
            festival.pass(Duration.ofMinutes(30));
            assertThat(festival.capacity("A")).as(festival.story()).isEqualTo(new Capacity(3, 5, 20));
        }
    }
}
