package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.cli.installed.Functions;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.sandbox.lambda.Deliveries;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.ScalingProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Blue's lifetime: warm as long as it was promised, then asleep, and everything as it was found. */
class RetirementStories {

    private static final Map<String, String> SHORT = Map.of("GREENLIGHT_BLUE_LIFETIME", "PT20M");

    @Test
    void blue_sleeps_after_its_twelve_hours_with_everything_as_it_was_found() {
        try (Festival festival = Festival.serving(4)) {
            festival.sandbox.world().suspend("greenlight-festival-a", Set.of(ScalingProcess.AZ_REBALANCE));
            festival.visitors(10);
            String execution = festival.release("v2");

            festival.pass(Duration.ofHours(11).plusMinutes(55));
            assertThat(festival.instances("A")).isEqualTo(4);
            festival.pass(Duration.ofMinutes(15));

            assertThat(festival.rollout(execution).phase()).isEqualTo(Phase.RETIRED);
            assertAsleep(festival, execution);
            assertThat(festival.suspended("A")).containsExactly(ScalingProcess.AZ_REBALANCE);
            assertThat(festival.capacity("B")).isEqualTo(new Capacity(2, 4, 24));
            assertThat(festival.tally("v1").failed() + festival.tally("v2").failed())
                    .isZero();
        }
    }

    private static void assertAsleep(Festival festival, String execution) {
        assertThat(festival.rollout(execution).settled()).as(festival.story()).isTrue();
        assertThat(festival.group("A").name()).isEqualTo("greenlight-festival-a");
        assertThat(festival.instances("A")).isZero();
        assertThat(festival.capacity("A").min()).isZero();
        assertThat(festival.capacity("A").desired()).isZero();
        assertThat(festival.tags()).containsEntry("greenlight:blue", "@none");
        assertThat(festival.appointments()).isEmpty();
        assertThat(festival.suspended("B")).isEmpty();
    }

    @Test
    void a_person_may_retire_blue_before_its_time() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(10);
            String execution = festival.release("v2");

            JsonNode answer = festival.service.call(Functions.RETIRE_BLUE, "{\"reason\":\"the bar is closed\"}");
            festival.pass(Duration.ofMinutes(15));

            assertThat(answer.path("outcome").asText()).isEqualTo("done");
            assertAsleep(festival, execution);
            assertThat(festival.rollBack().path("message").asText())
                    .contains("is retired: release the old revision anew");
        }
    }

    @Test
    void retirement_waits_while_the_rule_still_gives_blue_some_traffic() {
        try (Festival festival = Festival.serving(2, SHORT)) {
            festival.visitors(10);
            String execution = festival.release("v2");
            festival.handWrites(10, 90);

            festival.pass(Duration.ofMinutes(40));
            assertThat(festival.instances("A")).isEqualTo(2);
            assertThat(festival.rollout(execution).phase()).isEqualTo(Phase.PROMOTED);
            assertThat(festival.story()).doesNotContain("retire: fleet A");

            festival.handWrites(0, 100);
            festival.pass(Duration.ofMinutes(15));
            assertAsleep(festival, execution);
            assertThat(festival.tally("v1").failed()).isZero();
        }
    }

    @Test
    void retirement_waits_while_requests_still_reach_blue() {
        try (Festival festival = Festival.serving(2, SHORT)) {
            festival.visitors(10);
            String execution = festival.release("v2");
            var straggler = festival.plane.load(
                    festival.sandbox.site().preview(festival.sandbox.site().a(), "/checkout"), 1);

            festival.pass(Duration.ofMinutes(40));
            assertThat(festival.instances("A")).isEqualTo(2);

            straggler.stop();
            festival.pass(Duration.ofMinutes(15));
            assertAsleep(festival, execution);
        }
    }

    @Test
    void an_appointment_kept_twice_and_late_retires_once() {
        try (Festival festival = Festival.serving(2, SHORT)) {
            festival.visitors(10);
            String execution = festival.release("v2");
            festival.sandbox
                    .schedules()
                    .deliveries()
                    .plan(delivery -> List.of(Duration.ofMinutes(7), Duration.ofMinutes(9)));

            festival.pass(Duration.ofMinutes(60));

            assertAsleep(festival, execution);
            assertThat(festival.decisions()).containsOnlyOnce("retire");
        }
    }

    @Test
    void sweep_retires_blue_when_the_appointment_never_comes() {
        try (Festival festival = Festival.serving(2, SHORT)) {
            festival.visitors(10);
            String execution = festival.release("v2");
            festival.sandbox
                    .scheduler()
                    .deleteSchedule(
                            request -> request.groupName("greenlight-festival").name("festival-" + execution));

            festival.pass(Duration.ofMinutes(35));

            assertAsleep(festival, execution);
        }
    }

    @Test
    void the_appointment_retires_blue_when_sweep_never_comes() {
        try (Festival festival = Festival.serving(2, SHORT)) {
            festival.visitors(10);
            String execution = festival.release("v2");
            festival.sandbox
                    .schedules()
                    .deliveries()
                    .plan(delivery ->
                            List.of(delivery.payload().contains("sweep") ? Duration.ofDays(30) : Duration.ZERO));

            festival.pass(Duration.ofMinutes(35));

            assertThat(festival.rollout(execution).phase()).isEqualTo(Phase.RETIRED);
            assertThat(festival.capacity("A").desired()).isZero();
        }
    }

    @Test
    void a_stale_appointment_of_a_replaced_rollout_touches_nothing() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(10);
            String first = festival.release("v2");
            festival.release("v3");

            JsonNode answer = festival.service.call(
                    Functions.RETIRE_BLUE, "{\"greenlight\":\"retire-blue\",\"rollout\":\"%s\"}".formatted(first));
            festival.pass(Duration.ofMinutes(10));

            assertThat(answer.path("outcome").asText()).isEqualTo("ignored");
            assertThat(festival.instances("A")).isEqualTo(2);
            assertThat(festival.instances("B")).isEqualTo(2);
            assertThat(festival.weights()).containsEntry("A", 100);
        }
    }

    @Test
    void a_fleet_of_twenty_five_leaves_in_slices_of_ten() {
        try (Festival festival = Festival.serving(new Capacity(25, 25, 40), SHORT)) {
            festival.visitors(50);
            String execution = festival.release("v2");
            assertThat(festival.instances("A")).isEqualTo(25);
            int[] most = {0};
            int[] before = {25};

            festival.passUntil("blue's sleep", () -> {
                int now = festival.capacity("A").desired();
                most[0] = Math.max(most[0], before[0] - now);
                before[0] = now;
                return festival.rollout(execution).settled();
            });

            assertThat(most[0]).isEqualTo(10);
            assertThat(festival.instances("A")).isZero();
            assertThat(festival.capacity("B")).isEqualTo(new Capacity(25, 25, 40));
            assertThat(festival.tally("v2").failed()).isZero();
        }
    }

    @Test
    void what_is_delivered_out_of_order_still_ends_with_blue_asleep() {
        try (Festival festival = Festival.serving(2, SHORT)) {
            festival.visitors(10);
            String execution = festival.release("v2");
            festival.sandbox.schedules().deliveries().plan(Deliveries.Plan.swapped(Duration.ofSeconds(90)));

            festival.pass(Duration.ofMinutes(45));

            assertAsleep(festival, execution);
        }
    }
}
