package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.cli.installed.Functions;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.sandbox.cloudformation.StackStatus;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.sandbox.world.Capacity;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Users come to green by and by: canary and linear, with and without a person who lets a step go on. */
class SharedTrafficStories {

    private static final Map<String, String> CANARY = canary("""
            [{"weight":10,"bake":"PT5M"},{"weight":50,"bake":"PT5M"}]""");
    private static final Map<String, String> PAUSED = canary("""
            [{"weight":10,"bake":"PT2M","pause":"PT2H"},{"weight":50,"bake":"PT2M"}]""");
    private static final Map<String, String> GOES_ON = canary("""
            [{"weight":10,"bake":"PT2M","pause":"PT10M","otherwise":"go-on"}]""");
    private static final Map<String, String> LINEAR =
            Map.of("GREENLIGHT_STRATEGY", "linear", "GREENLIGHT_STEP_WEIGHT", "25", "GREENLIGHT_STEP_INTERVAL", "PT2M");

    private static Map<String, String> canary(String steps) {
        return Map.of("GREENLIGHT_STRATEGY", "canary", "GREENLIGHT_STEPS", steps);
    }

    private static void passUntilShare(Festival festival, int share) {
        festival.passUntil(share + " % on B", () -> festival.weights().get("B") == share);
    }

    private static void update(Festival festival, Map<String, String> settings) {
        festival.service.stack().update(new EditedTemplate().told(settings).template());
        festival.clock.advance(Duration.ZERO);
        assertThat(festival.service.stack().status()).contains(StackStatus.UPDATE_COMPLETE);
    }

    @Test
    void a_good_release_goes_through_each_share_without_a_lost_request() {
        try (Festival festival = Festival.serving(4, CANARY)) {
            festival.visitors(50);
            String execution = festival.merge("v2", Behaviour.good());

            passUntilShare(festival, 10);
            passUntilShare(festival, 50);
            passUntilShare(festival, 100);
            festival.passUntilPipelineEnds(execution);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(festival.tally("v1").failed()).isZero();
            assertThat(festival.tally("v2").failed()).isZero();
            assertThat(festival.ruleWrites()).isEqualTo(3);
            assertThat(festival.rollout(execution).phase()).isEqualTo(Phase.PROMOTED);
        }
    }

    @Test
    void a_release_that_fails_under_traffic_is_met_by_its_share_of_the_users_and_no_more() {
        try (Festival festival = Festival.serving(4, CANARY)) {
            festival.visitors(50);
            String execution = festival.merge("v2", Behaviour.good());
            passUntilShare(festival, 10);
            festival.plane.behaviour("v2", Behaviour.failing(0.2));
            long before = festival.users("v1");

            festival.passUntilPipelineEnds(execution);

            Rollout rollout = festival.rollout(execution);
            assertThat(rollout.phase()).as(festival.story()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(rollout.ending().orElseThrow().cause()).isEqualTo(Cause.CHECK_FAILED);
            assertThat(festival.weights()).containsEntry("A", 100).containsEntry("B", 0);
            assertThat(festival.ruleWrites()).isEqualTo(2);
            double met = festival.users("v2");
            assertThat(met / (met + festival.users("v1") - before)).isBetween(0.05, 0.11);
        }
    }

    @Test
    void green_follows_a_blue_that_grows_between_two_shares_and_nobody_takes_it_for_a_loss() {
        try (Festival festival = Festival.serving(1, CANARY)) {
            festival.visitors(50);
            String execution = festival.merge("v2", Behaviour.good());
            passUntilShare(festival, 50);
            festival.sandbox.world().capacity("greenlight-festival-a", new Capacity(1, 4, 24));

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(festival.instances("B")).isEqualTo(4);
            assertThat(festival.tally("v1").failed() + festival.tally("v2").failed())
                    .isZero();
        }
    }

    @Test
    void what_green_lacks_when_a_small_share_comes_is_no_loss_either() {
        try (Festival festival = Festival.serving(1, CANARY)) {
            festival.visitors(50);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.VALIDATING);
            festival.sandbox.world().capacity("greenlight-festival-a", new Capacity(1, 6, 24));

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(festival.instances("B")).isEqualTo(6);
        }
    }

    @Test
    void linear_gives_equal_shares() {
        try (Festival festival = Festival.serving(4, LINEAR)) {
            festival.visitors(50);
            String execution = festival.merge("v2", Behaviour.good());

            for (int share : new int[] {25, 50, 75, 100}) {
                passUntilShare(festival, share);
            }
            festival.passUntilPipelineEnds(execution);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(festival.tally("v2").failed()).isZero();
            assertThat(festival.ruleWrites()).isEqualTo(4);
        }
    }

    @Test
    void a_pause_waits_for_a_person_who_lets_it_go_on() {
        try (Festival festival = Festival.serving(4, PAUSED)) {
            festival.visitors(50);
            String execution = festival.merge("v2", Behaviour.good());
            passUntilShare(festival, 10);
            festival.pass(Duration.ofMinutes(30));
            assertThat(festival.weights()).containsEntry("B", 10);

            JsonNode answer = festival.service.call(
                    Functions.PROMOTE, "{\"resume\":true,\"reason\":\"orders look right at a tenth\"}");

            assertThat(answer.path("outcome").asText()).as("%s", answer).isNotEqualTo("failed");
            passUntilShare(festival, 50);
            festival.passUntilPipelineEnds(execution);
            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(festival.decisions()).containsOnlyOnce("resumed");
        }
    }

    @Test
    void a_pause_to_which_nobody_comes_takes_it_back_and_blames_nobody() {
        try (Festival festival = Festival.serving(4, PAUSED)) {
            festival.visitors(50);
            String execution = festival.merge("v2", Behaviour.good());

            festival.passUntilPipelineEnds(execution);

            Rollout rollout = festival.rollout(execution);
            assertThat(rollout.phase()).as(festival.story()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(festival.failure(execution, "AllowTraffic")).contains("nobody let it go on from 10%");
            assertThat(festival.store.quarantine(rollout.revision().digest())).isEmpty();
            assertThat(festival.tally("v1").failed()).isZero();
            assertThat(festival.tally("v2").failed()).isZero();
        }
    }

    @Test
    void a_pause_that_is_to_go_on_goes_on() {
        try (Festival festival = Festival.serving(4, GOES_ON)) {
            festival.visitors(50);
            String execution = festival.merge("v2", Behaviour.good());

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
        }
    }

    @Test
    void who_lets_a_step_go_on_that_has_no_pause_is_told_so() {
        try (Festival festival = Festival.serving(4, CANARY)) {
            festival.visitors(50);
            festival.merge("v2", Behaviour.good());
            passUntilShare(festival, 10);

            JsonNode answer = festival.service.call(Functions.PROMOTE, "{\"resume\":true}");

            assertThat(answer.path("message").asText()).contains("the step on which it is has no pause");
        }
    }

    @Test
    void an_urgent_fix_skips_every_share_that_is_left() {
        try (Festival festival = Festival.serving(4, PAUSED)) {
            festival.visitors(50);
            String execution = festival.merge("v2", Behaviour.good());
            passUntilShare(festival, 10);

            festival.service.call(Functions.PROMOTE, "{\"reason\":\"tickets cannot be bought\"}");

            assertThat(festival.weights()).as(festival.story()).containsEntry("B", 100);
            festival.passUntilPipelineEnds(execution);
            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(festival.ruleWrites()).isEqualTo(2);
        }
    }

    @Test
    void a_person_takes_a_paused_release_back_by_one_write() {
        try (Festival festival = Festival.serving(4, PAUSED)) {
            festival.visitors(50);
            String execution = festival.merge("v2", Behaviour.good());
            passUntilShare(festival, 10);

            JsonNode answer = festival.rollBack();

            assertThat(answer.path("outcome").asText()).isEqualTo("done");
            assertThat(festival.weights()).containsEntry("A", 100).containsEntry("B", 0);
            assertThat(festival.ruleWrites()).isEqualTo(2);
            festival.passUntilPipelineEnds(execution);
            assertThat(festival.succeeded(execution)).isFalse();
        }
    }

    /** There is nobody with whom a first release could share users. */
    @Test
    void a_first_release_gets_all_users_at_once() {
        try (Festival festival = Festival.beforeFirstRelease(CANARY)) {
            String execution = festival.merge("v1", Behaviour.good());
            festival.visitors(50);

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(festival.ruleWrites()).isEqualTo(1);
        }
    }

    /** The functions are told of another strategy while the rollout is on its second share: it goes on as it began. */
    @Test
    void other_settings_in_the_middle_of_it_concern_the_next_release() {
        try (Festival festival = Festival.serving(4)) {
            festival.visitors(50);
            update(festival, CANARY);
            String execution = festival.merge("v2", Behaviour.good());
            passUntilShare(festival, 50);

            update(festival, Map.of());
            festival.passUntilPipelineEnds(execution);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(festival.ruleWrites()).isEqualTo(3);
            festival.release("v3");
            assertThat(festival.ruleWrites()).isEqualTo(4);
        }
    }
}
