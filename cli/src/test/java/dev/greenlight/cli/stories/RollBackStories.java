package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.sandbox.world.Capacity;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One call takes it back, or says why not. */
class RollBackStories {

    @Test
    void in_every_phase_a_person_may_take_it_back_and_the_next_release_begins_at_once() {
        Phase[] open = {Phase.INSTALLING, Phase.VALIDATING, Phase.VERIFYING};
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            for (Phase phase : open) {
                String execution = festival.merge("during-" + phase.name().toLowerCase(), Behaviour.good());
                festival.passUntil(execution, phase);

                JsonNode answer = festival.rollBack();

                assertThat(answer.path("message").asText())
                        .contains(phase == Phase.VERIFYING ? "all traffic is back on blue" : "no traffic had to move");
                festival.passUntilPipelineEnds(execution);
                assertThat(festival.service
                                .execution(execution)
                                .actions()
                                .getLast()
                                .message())
                        .contains(
                                phase == Phase.VERIFYING ? "was rolled back" : "was rejected", "asked for at the bar");
                assertThat(festival.weights()).containsEntry("A", 100).containsEntry("B", 0);
            }
            festival.release("v9");
            assertThat(festival.tally("v1").failed() + festival.tally("v9").failed())
                    .isZero();
        }
    }

    @Test
    void taking_it_back_twice_writes_the_rule_once() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            festival.release("v2");
            long writes = festival.ruleWrites();

            festival.rollBack();
            JsonNode again = festival.rollBack();

            assertThat(again.path("outcome").asText()).isEqualTo("done");
            assertThat(again.path("message").asText()).contains("no traffic had to move");
            assertThat(festival.ruleWrites() - writes).isEqualTo(1);
        }
    }

    @Test
    void traffic_never_moves_to_a_blue_that_is_worse() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String execution = festival.release("v2");
            festival.plane.behaviour("v1", Behaviour.sick());
            festival.pass(Duration.ofMinutes(2));

            JsonNode answer = festival.rollBack();

            assertThat(answer.path("outcome").asText()).isEqualTo("failed");
            assertThat(answer.path("message").asText())
                    .contains("fleet A (0 healthy, 2 unhealthy, 0 initial) is worse than fleet B (2 healthy");
            assertThat(festival.weights()).containsEntry("B", 100);
            assertThat(festival.rollout(execution).phase()).isEqualTo(Phase.PROMOTED);
            assertThat(festival.tally("v2").failed()).isZero();
        }
    }

    @Test
    void a_regression_stays_where_blue_is_worse_and_the_job_says_so() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.VERIFYING);
            festival.plane.behaviour("v1", Behaviour.sick());
            festival.plane.behaviour("v2", Behaviour.failing(0.2));

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.failure(execution, "AfterAllowTraffic"))
                    .contains(
                            "failed, and green was kept", "error share", "not taken back, because fleet A", "is worse");
            assertThat(festival.weights()).containsEntry("B", 100);
        }
    }

    @Test
    void without_requests_there_is_no_evidence_and_no_promotion_but_no_blame_either() {
        try (Festival festival = Festival.serving(2)) {
            String execution = festival.merge("v2", Behaviour.good());

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.failure(execution, "AfterAllowTraffic"))
                    .contains("time is up", "error share: 0 of 200 requests seen");
            assertThat(festival.rollout(execution).ending().orElseThrow().cause())
                    .isEqualTo(Cause.DEADLINE);
            assertThat(festival.weights()).containsEntry("A", 100);
            assertThat(festival.store.quarantine(
                            festival.rollout(execution).revision().digest()))
                    .isEmpty();
        }
    }

    @Test
    void a_rollback_whose_answer_is_lost_is_done_all_the_same() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String execution = festival.release("v2");
            festival.sandbox.faults().failing(call -> call.operation().equals("ModifyRule"), 1, Fault.lostAnswer());

            JsonNode answer = festival.rollBack();

            assertThat(answer.path("outcome").asText()).isEqualTo("done");
            assertThat(festival.weights()).containsEntry("A", 100);
            assertThat(festival.rollout(execution).phase()).isEqualTo(Phase.ROLLED_BACK);
        }
    }

    @Test
    void a_rollback_that_cannot_write_says_so_and_the_next_one_does() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String execution = festival.release("v2");
            var down = festival.sandbox
                    .faults()
                    .failing(call -> call.operation().equals("ModifyRule"), Fault.unavailable());
            JsonNode answer = festival.rollBack();
            assertThat(answer.path("outcome").asText()).isEqualTo("failed");
            assertThat(answer.path("message").asText()).contains("elasticloadbalancing:ModifyRule");
            assertThat(festival.rollout(execution).phase()).isEqualTo(Phase.PROMOTED);
            down.cancel();

            assertThat(festival.rollBack().path("outcome").asText()).isEqualTo("done");
            assertThat(festival.weights()).containsEntry("A", 100);
        }
    }

    @Test
    void a_green_of_twenty_five_that_was_taken_back_leaves_in_slices_of_ten() {
        try (Festival festival = Festival.serving(new Capacity(25, 25, 40), Map.of())) {
            festival.visitors(50);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.VERIFYING);
            festival.rollBack();
            int[] before = {festival.capacity("B").desired()};
            int[] most = {0};

            festival.passUntil("green's sleep", () -> {
                int now = festival.capacity("B").desired();
                most[0] = Math.max(most[0], before[0] - now);
                before[0] = now;
                return festival.rollout(execution).settled();
            });

            assertThat(most[0]).isEqualTo(10);
            assertThat(festival.instances("B")).isZero();
            assertThat(festival.capacity("A")).isEqualTo(new Capacity(25, 25, 40));
            assertThat(festival.tally("v1").failed()).isZero();
        }
    }
}
