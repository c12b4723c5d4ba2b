package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.installed.Functions;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.sandbox.world.Behaviour;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Somebody else writes the rule's weights: it is seen, never overwritten on the way forward, and a full way back is one. */
class ForeignHandStories {

    @Test
    void weights_of_another_hand_refuse_a_release_before_it_begins() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            festival.handWrites(90, 10);
            String execution = festival.merge("v2", Behaviour.good());

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.failure(execution, "PrepareGreen"))
                    .contains("it is not clear which fleet is blue, the rule shows A 90% B 10%");
            assertThat(festival.ruleWrites()).isEqualTo(1);
            assertThat(festival.store.ledger().holder()).isEmpty();
            assertThat(festival.instances("B")).isZero();
        }
    }

    @Test
    void weights_of_another_hand_hold_a_release_until_they_are_put_back() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.VALIDATING);
            festival.handWrites(95, 5);
            festival.pass(Duration.ofMinutes(3));

            assertThat(festival.weights()).containsEntry("A", 95).containsEntry("B", 5);
            assertThat(festival.service
                            .execution(execution)
                            .action("BeforeAllowTraffic")
                            .orElseThrow()
                            .summary())
                    .contains("the rule was changed by someone else: A 95% B 5% instead of A 100% B 0%");

            festival.handWrites(100, 0);
            festival.passUntilPipelineEnds(execution);
            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
        }
    }

    @Test
    void weights_of_another_hand_that_stay_end_the_release_in_time() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.VERIFYING);
            festival.handWrites(40, 60);

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.failure(execution, "AfterAllowTraffic"))
                    .contains("time is up", "the rule was changed by someone else: A 40% B 60%");
            assertThat(festival.rollout(execution).ending().orElseThrow().cause())
                    .isEqualTo(Cause.DEADLINE);
            assertThat(festival.weights()).containsEntry("A", 100).containsEntry("B", 0);
        }
    }

    @Test
    void all_traffic_put_back_on_blue_by_a_hand_is_a_rollback() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.VERIFYING);
            long writes = festival.ruleWrites();
            festival.handWrites(100, 0);

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.failure(execution, "AfterAllowTraffic"))
                    .contains("was rolled back", "all traffic was put back on fleet A");
            assertThat(festival.rollout(execution).ending().orElseThrow().cause())
                    .isEqualTo(Cause.SEEN_ON_RULE);
            assertThat(festival.ruleWrites()).as("the hand's write alone").isEqualTo(writes + 1);
            assertThat(festival.store.quarantine(
                            festival.rollout(execution).revision().digest()))
                    .isEmpty();
        }
    }

    @Test
    void so_it_is_after_promotion_while_blue_is_warm() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String execution = festival.release("v2");
            festival.pass(Duration.ofHours(1));
            festival.handWrites(100, 0);

            festival.pass(Duration.ofMinutes(15));

            assertThat(festival.rollout(execution).phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(festival.rollout(execution).settled())
                    .as(festival.story())
                    .isTrue();
            assertThat(festival.instances("A")).isEqualTo(2);
            assertThat(festival.instances("B")).isZero();
            assertThat(festival.appointments()).isEmpty();
        }
    }

    @Test
    void traffic_given_to_green_after_a_rollback_is_taken_back_again() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.VERIFYING);
            festival.rollBack();
            festival.handWrites(0, 100);

            festival.pass(Duration.ofMinutes(3));

            assertThat(festival.weights()).containsEntry("A", 100).containsEntry("B", 0);
            assertThat(festival.decisions()).contains("undo");
        }
    }

    @Test
    void a_late_hook_of_a_rollout_that_was_taken_back_moves_nothing() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.VERIFYING);
            festival.rollBack();
            long writes = festival.ruleWrites();

            String said = festival.service
                    .call(Functions.ALLOW_TRAFFIC, "{\"rollout\":\"%s\"}".formatted(execution))
                    .path("message")
                    .asText();

            assertThat(said).contains("was rolled back", "Start a new execution");
            assertThat(festival.ruleWrites()).isEqualTo(writes);
            assertThat(festival.weights()).containsEntry("A", 100);
        }
    }

    @Test
    void clients_that_a_hand_made_sticky_come_back_too() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            festival.release("v2");
            festival.rule.handWrites(0, 100, true);
            festival.plane.load(festival.sandbox.site().request("/checkout"), 10, 20);
            festival.pass(Duration.ofMinutes(5));
            assertThat(festival.users("v2")).isPositive();

            festival.rollBack();
            festival.pass(Duration.ofSeconds(10));
            long left = festival.users("v2");
            festival.pass(Duration.ofMinutes(2));

            assertThat(festival.users("v2")).isEqualTo(left);
            assertThat(festival.users("v1")).isGreaterThan(1_000);
        }
    }
}
