package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.fault.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a person's rollback is worth while the store or the rule does not answer as it should; and appointments that never come. */
class DeliveryStories {

    private static final Map<String, String> TERMS =
            Map.of("GREENLIGHT_BAKE", "PT3M", "GREENLIGHT_BLUE_LIFETIME", "PT30M");

    @Test
    void blue_retires_although_no_appointment_is_ever_kept() {
        try (Festival festival = Festival.serving(2, Map.of("GREENLIGHT_BLUE_LIFETIME", "PT4M"))) {
            festival.sandbox
                    .schedules()
                    .deliveries()
                    .plan(d -> List.of(d.payload().contains("sweep") ? Duration.ZERO : Duration.ofDays(400)));
            festival.visitors(20);
            String execution = festival.release("v2");

            festival.passUntil(execution, Phase.RETIRED);
        }
    }

    @Test
    void a_person_takes_a_release_back_in_one_write_while_the_store_is_silent_and_sweep_remembers_it_later() {
        try (Festival festival = Festival.serving(2, TERMS)) {
            String execution = promoted(festival);
            storeAway(festival, Duration.ofMinutes(10));
            long writes = festival.ruleWrites();
            var answer = festival.rollBack();
            assertThat(festival.weights()).as(answer.toString()).isEqualTo(Map.of("A", 100, "B", 0));
            assertThat(festival.ruleWrites()).isEqualTo(writes + 1);
            assertThat(answer.toString()).contains("the store is silent");
            remembered(festival, execution);
        }
    }

    /** A sweep came between the write and the person's next call, and took it for a hand's edit: nothing was quarantined. */
    @Test
    void a_rollback_whose_read_back_is_old_is_remembered_as_the_persons() {
        try (Festival festival = Festival.serving(2, TERMS)) {
            String execution = promoted(festival);
            festival.pass(Duration.ofSeconds(45));
            festival.sandbox.faults().staleReads("DescribeRules", Duration.ofSeconds(9));
            festival.rollBack();
            festival.pass(Duration.ofSeconds(30));
            festival.rollBack();
            remembered(festival, execution);
        }
    }

    /** The traffic was back and the answer was "done", but nothing remembered why, and the revision stayed free. */
    @Test
    void a_rollback_that_neither_the_store_nor_the_rule_could_be_told_of_says_call_again() {
        try (Festival festival = Festival.serving(2, TERMS)) {
            String execution = promoted(festival);
            Faults faults = festival.sandbox.faults();
            // It is marked before the write and, where that fails, after it, with three tries each.
            faults.failing(call -> call.operation().equals("AddTags"), 6, Fault.unavailable());
            storeAway(festival, Duration.ofMinutes(2));
            var answer = festival.rollBack();
            assertThat(festival.weights()).isEqualTo(Map.of("A", 100, "B", 0));
            assertThat(answer.path("outcome").asText()).isEqualTo("failed");
            assertThat(answer.path("message").asText())
                    .startsWith("all traffic is back on blue")
                    .endsWith("call again");
            festival.pass(Duration.ofMinutes(3));
            festival.rollBack();
            remembered(festival, execution);
        }
    }

    private static String promoted(Festival festival) {
        festival.visitors(20);
        String execution = festival.release("v2");
        festival.pass(Duration.ofMinutes(1));
        return execution;
    }

    private static void remembered(Festival festival, String execution) {
        festival.passUntil(execution, Phase.ROLLED_BACK);
        Rollout rollout = festival.rollout(execution);
        assertThat(festival.store.quarantine(rollout.revision().digest()))
                .as(festival.story())
                .isPresent();
        assertThat(festival.weights()).isEqualTo(Map.of("A", 100, "B", 0));
        assertThat(festival.tally("v1").failed() + festival.tally("v2").failed())
                .isZero();
    }

    private static void storeAway(Festival festival, Duration length) {
        Faults.Armed away =
                festival.sandbox.faults().failing(call -> call.service().equals("dynamodb"), Fault.unavailable());
        festival.clock.after(length, "the store comes back", away::cancel);
    }
}
