package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.cli.installed.Functions;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.fault.Faults;
import dev.greenlight.sandbox.world.Behaviour;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The way back needs the load balancer and nothing else. */
class SilentStoreStories {

    private static Faults.Armed silence(Festival festival) {
        return festival.sandbox.faults().failing(call -> call.service().equals("dynamodb"), Fault.unavailable());
    }

    @Test
    void while_the_store_is_silent_the_rule_says_who_blue_is_and_the_record_is_closed_later() {
        try (Festival festival = Festival.serving(3)) {
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.VERIFYING);
            Faults.Armed silence = silence(festival);

            JsonNode answer = festival.rollBack();

            assertThat(answer.path("outcome").asText()).as(festival.story()).isEqualTo("done");
            assertThat(answer.path("message").asText())
                    .contains("all traffic is back on blue", "the store is silent, Sweep will close the record");
            assertThat(festival.weights()).containsEntry("A", 100).containsEntry("B", 0);
            assertThat(festival.rollout(execution).phase()).isEqualTo(Phase.VERIFYING);
            festival.pass(Duration.ofMinutes(3));
            assertThat(festival.weights()).containsEntry("A", 100);

            silence.cancel();
            JsonNode late = festival.service.call(Functions.ALLOW_TRAFFIC, "{\"rollout\":\"%s\"}".formatted(execution));
            festival.passUntilPipelineEnds(execution);

            assertThat(late.path("outcome").asText()).isNotEqualTo("in-progress");
            assertThat(festival.weights()).containsEntry("A", 100).containsEntry("B", 0);
            assertThat(festival.rollout(execution).phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(festival.rollout(execution).ending().orElseThrow().cause())
                    .isEqualTo(Cause.BY_HAND);
            assertThat(festival.failure(execution, "AfterAllowTraffic")).contains("was rolled back");
            festival.pass(Duration.ofMinutes(20));
            assertThat(festival.rollout(execution).settled()).isTrue();
            assertThat(festival.instances("A")).isEqualTo(3);
            assertThat(festival.instances("B")).isZero();
        }
    }

    @Test
    void after_promotion_too() {
        try (Festival festival = Festival.serving(3)) {
            festival.visitors(20);
            String execution = festival.release("v2");
            festival.pass(Duration.ofHours(2));
            Faults.Armed silence = silence(festival);

            JsonNode answer = festival.rollBack();
            festival.pass(Duration.ofMinutes(10));
            assertThat(answer.path("outcome").asText()).isEqualTo("done");
            assertThat(festival.weights()).containsEntry("A", 100);
            assertThat(festival.instances("A")).isEqualTo(3);

            silence.cancel();
            festival.pass(Duration.ofMinutes(15));
            assertThat(festival.rollout(execution).phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(festival.rollout(execution).ending().orElseThrow().cause())
                    .isEqualTo(Cause.BY_HAND);
            assertThat(festival.appointments()).isEmpty();
            assertThat(festival.tally("v1").failed() + festival.tally("v2").failed())
                    .isZero();
        }
    }

    @Test
    void a_rule_that_remembers_another_rollout_is_left_alone() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            festival.release("v2");
            silence(festival);

            String said = festival.rollBack("{\"rollout\":\"somebody-elses\"}")
                    .path("message")
                    .asText();

            assertThat(said).contains("the store is silent, and the rule does not remember rollout somebody-elses");
            assertThat(festival.weights()).containsEntry("B", 100);
        }
    }

    @Test
    void a_release_waits_for_the_store_and_goes_on() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.VALIDATING);
            Faults.Armed silence = silence(festival);
            festival.pass(Duration.ofMinutes(10));
            silence.cancel();

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
        }
    }
}
