package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.cli.installed.Functions;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.ScalingProcess;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A fix does not queue behind a bake, and no number of rollouts wears the fleets' settings out. */
class UrgentFixStories {

    private static final Map<String, String> LONG_BAKE = Map.of("GREENLIGHT_BAKE", "PT2H");

    @Test
    void a_rollout_is_promoted_early_and_the_fix_follows_at_once() {
        try (Festival festival = Festival.serving(2, LONG_BAKE)) {
            festival.visitors(20);
            String first = festival.merge("v2", Behaviour.good());
            festival.passUntil(first, Phase.VERIFYING);

            JsonNode answer = festival.service.call(Functions.PROMOTE, "{\"reason\":\"a fix waits\"}");

            assertThat(answer.path("outcome").asText()).isEqualTo("done");
            String fix = festival.merge("v3", Behaviour.good());
            festival.passUntilPipelineEnds(first);
            assertThat(festival.succeeded(first)).isTrue();
            assertThat(festival.rollout(first).history())
                    .anyMatch(event -> event.why().equals("a fix waits"));
            festival.passUntil(fix, Phase.VERIFYING);
            assertThat(Duration.between(Festival.OPENING, festival.clock.instant()))
                    .isLessThan(Duration.ofHours(1));
            assertThat(festival.weights()).containsEntry("A", 100);
        }
    }

    @Test
    void only_a_rollout_under_traffic_can_be_promoted_early() {
        try (Festival festival = Festival.serving(2)) {
            JsonNode nothing = festival.service.call(Functions.PROMOTE, "{}");
            String first = festival.merge("v2", Behaviour.good());
            festival.passUntil(first, Phase.INSTALLING);
            JsonNode tooEarly = festival.service.call(Functions.PROMOTE, "{}");

            assertThat(nothing.path("message").asText()).contains("no rollout is in flight");
            assertThat(tooEarly.path("message").asText())
                    .contains("is installing: only one that users have reached can be promoted early");
        }
    }

    @Test
    void a_rollout_is_taken_back_and_the_fix_starts_while_green_still_runs_the_bad_revision() {
        try (Festival festival = Festival.serving(new Capacity(3, 4, 9), LONG_BAKE)) {
            festival.sandbox.world().suspend("greenlight-festival-a", Set.of(ScalingProcess.ALARM_NOTIFICATION));
            festival.sandbox.world().suspend("greenlight-festival-b", Set.of(ScalingProcess.SCHEDULED_ACTIONS));
            festival.visitors(20);
            String bad = festival.merge("v2", Behaviour.good());
            festival.passUntil(bad, Phase.VERIFYING);

            festival.rollBack();
            String fix = festival.merge("v3", Behaviour.good());
            festival.passUntil(fix, Phase.INSTALLING);
            assertThat(festival.instances("B"))
                    .as("green still has its instances")
                    .isEqualTo(4);
            festival.passUntil(fix, Phase.VERIFYING);
            festival.service.call(Functions.PROMOTE, "{}");
            festival.pass(Duration.ofHours(13));

            assertThat(festival.failure(bad, "AfterAllowTraffic")).contains("was rolled back", "asked for at the bar");
            assertThat(festival.rollout(fix).phase()).isEqualTo(Phase.RETIRED);
            assertThat(festival.weights()).containsEntry("B", 100);
            assertThat(festival.tally("v1").failed()
                            + festival.tally("v2").failed()
                            + festival.tally("v3").failed())
                    .isZero();
            assertThat(festival.capacity("B").min()).isEqualTo(3);
            assertThat(festival.capacity("B").max()).isEqualTo(9);
            assertThat(festival.suspended("A")).containsExactly(ScalingProcess.ALARM_NOTIFICATION);
            assertThat(festival.suspended("B")).containsExactly(ScalingProcess.SCHEDULED_ACTIONS);
        }
    }

    @Test
    void a_fix_that_is_released_during_the_cooldown_waits_until_a_person_ends_it() {
        try (Festival festival = Festival.serving(2, Map.of("GREENLIGHT_COOLDOWN", "PT2H"))) {
            festival.visitors(20);
            String bad = festival.merge("v2", Behaviour.good());
            festival.passUntil(bad, Phase.VERIFYING);
            festival.rollBack();
            String fix = festival.merge("v3", Behaviour.good());
            festival.pass(Duration.ofMinutes(40));
            assertThat(festival.store.ledger().holder()).as(festival.story()).isEmpty();
            assertThat(festival.story())
                    .contains(
                            "cooling down until",
                            "after rollout %s was rolled back: asked for at the bar".formatted(bad));

            JsonNode answer = festival.service.call(
                    Functions.RELEASE_QUARANTINE, "{\"cooldown\":true,\"reason\":\"v3 is the fix\"}");

            assertThat(answer.path("message").asText())
                    .isEqualTo("the next rollout may begin, although %s was taken back".formatted(bad));
            festival.passUntilPipelineEnds(fix);
            assertThat(festival.succeeded(fix)).as(festival.story()).isTrue();
            assertThat(festival.decisions()).containsOnlyOnce("release cooldown");
            assertThat(festival.rollout(bad).history())
                    .anyMatch(event -> event.why().equals("v3 is the fix"));
        }
    }

    @Test
    void one_call_lets_the_same_revision_in_again_and_ends_the_cooldown() {
        try (Festival festival = Festival.serving(2, Map.of("GREENLIGHT_COOLDOWN", "PT2H"))) {
            festival.visitors(20);
            String bad = festival.merge("v2", Behaviour.good());
            festival.passUntil(bad, Phase.VERIFYING);
            festival.rollBack();
            String digest = festival.rollout(bad).revision().digest();

            JsonNode answer = festival.service.call(
                    Functions.RELEASE_QUARANTINE,
                    "{\"revision\":\"v2\",\"digest\":\"%s\",\"cooldown\":true}".formatted(digest));

            assertThat(answer.path("message").asText())
                    .isEqualTo(
                            "revision v2 may be released again; the next rollout may begin, although %s was taken back"
                                    .formatted(bad));
            festival.passUntilPipelineEnds(bad);
            festival.release("v2");
        }
    }

    @Test
    void a_cooldown_ends_by_itself() {
        try (Festival festival = Festival.serving(2, Map.of("GREENLIGHT_COOLDOWN", "PT40M"))) {
            festival.visitors(20);
            String bad = festival.merge("v2", Behaviour.good());
            festival.passUntil(bad, Phase.VERIFYING);
            festival.rollBack();

            festival.release("v3");

            assertThat(festival.rollout(festival.store
                                    .ledger()
                                    .latest()
                                    .orElseThrow()
                                    .value())
                            .history()
                            .getFirst()
                            .at())
                    .isAfterOrEqualTo(
                            festival.rollout(bad).progress().phaseSince().plus(Duration.ofMinutes(40)));
        }
    }

    @Test
    void twenty_rollouts_in_a_row_leave_the_settings_as_they_were() {
        Map<String, String> brisk =
                Map.of("GREENLIGHT_BAKE", "PT3M", "GREENLIGHT_BLUE_LIFETIME", "PT5M", "GREENLIGHT_STEADY_READS", "1");
        try (Festival festival = Festival.serving(new Capacity(2, 3, 8), brisk)) {
            festival.sandbox.world().suspend("greenlight-festival-a", Set.of(ScalingProcess.AZ_REBALANCE));
            festival.visitors(20);
            for (int i = 0; i < 20; i++) {
                Behaviour behaviour = i % 5 == 3 ? Behaviour.failing(1) : Behaviour.good();
                String execution = festival.merge("w" + i, behaviour);
                festival.passUntilPipelineEnds(execution);
                if (i % 5 == 2) {
                    festival.rollBack();
                }
                // Some of the next ones find blue warm, some asleep.
                festival.pass(Duration.ofMinutes(i % 3 == 0 ? 20 : 1));
            }
            festival.pass(Duration.ofMinutes(30));

            String serving = festival.weights().get("A") == 100 ? "A" : "B";
            String asleep = serving.equals("A") ? "B" : "A";
            assertThat(festival.capacity(serving)).as(festival.story()).isEqualTo(new Capacity(2, 3, 8));
            assertThat(festival.instances(asleep)).isZero();
            assertThat(festival.capacity(asleep).min()).isZero();
            assertThat(festival.suspended("A")).containsExactly(ScalingProcess.AZ_REBALANCE);
            assertThat(festival.suspended("B")).isEmpty();
            assertThat(festival.appointments()).isEmpty();
            assertThat(festival.plane.tallies().values().stream()
                            .mapToLong(tally -> tally.failed())
                            .sum())
                    .as("smoke tests alone met the bad ones")
                    .isLessThan(100);
        }
    }
}
