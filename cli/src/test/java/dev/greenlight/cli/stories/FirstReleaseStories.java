package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.ModelledDataPlane.Tally;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Both fleets are empty: nothing is blue, the rule answers 503, and there is no way back. */
class FirstReleaseStories {

    @Test
    void the_rule_stays_closed_until_the_first_release_is_validated() {
        try (Festival festival = Festival.beforeFirstRelease()) {
            festival.visitors(50);
            String execution = festival.merge("v1", Behaviour.good());

            festival.passUntil(execution, Phase.VALIDATING);
            festival.pass(Duration.ofSeconds(5));
            assertThat(festival.weights()).containsEntry("A", 0).containsEntry("B", 0);
            assertThat(festival.users("v1")).isZero();
            assertThat(festival.tally(Tally.BALANCER).failed()).isPositive();

            festival.passUntilPipelineEnds(execution);
            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(festival.weights()).containsEntry("A", 100).containsEntry("B", 0);
            assertThat(festival.tally("v1").failed()).isZero();
            assertThat(festival.instances("A")).isEqualTo(4);
            assertThat(festival.instances("B")).isZero();
            assertThat(festival.appointments()).isEmpty();
            assertThat(festival.rollout(execution).history().getFirst().why())
                    .contains("first release, there is no way back");
            assertThat(festival.rollBack().path("message").asText())
                    .contains("was a first release: there is no way back");
            assertThat(festival.weights()).containsEntry("A", 100);
            festival.pass(Duration.ofMinutes(5));
            assertThat(festival.suspended("A")).isEmpty();
            assertThat(festival.capacity("A")).isEqualTo(new Capacity(1, 4, 24));
        }
    }

    @Test
    void the_size_of_a_first_release_comes_from_the_settings() {
        try (Festival festival = Festival.beforeFirstRelease(Map.of("GREENLIGHT_FIRST_SIZE", "5"))) {
            festival.visitors(50);

            festival.release("v1");

            assertThat(festival.instances("A")).isEqualTo(5);
        }
    }

    @Test
    void a_bad_first_release_is_rejected_and_the_rule_stays_closed() {
        try (Festival festival = Festival.beforeFirstRelease()) {
            festival.visitors(50);
            String execution = festival.merge("v1", Behaviour.failing(1));

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.failure(execution, "BeforeAllowTraffic"))
                    .contains("was rejected before any traffic moved", "smoke");
            assertThat(festival.users("v1")).isZero();
            assertThat(festival.ruleWrites()).isZero();
            festival.pass(Duration.ofMinutes(20));
            assertThat(festival.instances("A")).as(festival.story()).isZero();
            assertThat(festival.rollout(execution).settled()).isTrue();

            festival.release("v2");
            assertThat(festival.weights()).containsEntry("A", 100);
        }
    }

    @Test
    void a_first_release_that_fails_under_traffic_is_kept_because_there_is_nothing_better() {
        try (Festival festival = Festival.beforeFirstRelease()) {
            festival.visitors(50);
            String execution = festival.merge("v1", Behaviour.good());
            festival.passUntil(execution, Phase.VERIFYING);
            festival.plane.behaviour("v1", Behaviour.failing(0.3));

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.failure(execution, "AfterAllowTraffic"))
                    .contains("failed, and green was kept", "error share", "there is no way back");
            assertThat(festival.weights()).containsEntry("A", 100);
            assertThat(festival.instances("A")).isEqualTo(4);
            assertThat(festival.rollBack().path("message").asText()).contains("there is no way back");
            assertThat(festival.store.ledger().holder()).isEmpty();

            festival.release("v2");
            assertThat(festival.weights()).containsEntry("B", 100);
        }
    }
}
