package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.cli.installed.Functions;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.sandbox.app.SampleBundle;
import dev.greenlight.sandbox.codepipeline.JobTimings;
import dev.greenlight.sandbox.codepipeline.JobTimings.ContinuationIds;
import dev.greenlight.sandbox.world.Behaviour;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionStatus;

/** The four releases of the demo, on a ticked clock. */
class ReleaseStories {

    @Test
    void a_good_release_is_promoted_without_a_lost_request_and_frees_the_pipeline_while_blue_stays_warm() {
        try (Festival festival = Festival.serving(4)) {
            festival.visitors(50);
            String execution = festival.merge("v2", Behaviour.good());

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(festival.weights()).containsEntry("A", 0).containsEntry("B", 100);
            assertThat(festival.users("v2")).isGreaterThan(500);
            assertThat(festival.tally("v2").failed()).isZero();
            assertThat(festival.tally("v1").failed()).isZero();
            assertThat(festival.instances("A")).isEqualTo(4);
            assertThat(festival.instances("B")).isEqualTo(4);
            assertThat(festival.rollout(execution).phase()).isEqualTo(Phase.PROMOTED);
            assertThat(festival.store.ledger().holder()).isEmpty();
            assertThat(festival.appointments()).containsExactly("festival-" + execution);
            assertThat(festival.tags())
                    .containsEntry("greenlight:rollout", execution)
                    .containsEntry("greenlight:blue", "A");
            assertThat(festival.ruleWrites()).isEqualTo(1);
        }
    }

    @Test
    void a_release_that_fails_its_smoke_tests_is_rejected_before_any_user_sees_it() {
        try (Festival festival = Festival.serving(4)) {
            festival.visitors(50);
            String execution = festival.merge("v2", Behaviour.failing(1));

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.service.execution(execution).status()).isEqualTo(PipelineExecutionStatus.FAILED);
            assertThat(festival.failure(execution, "BeforeAllowTraffic"))
                    .contains(
                            "was rejected before any traffic moved", "smoke", "answered 500", "Start a new execution");
            assertThat(festival.users("v2")).isZero();
            assertThat(festival.tally("v1").failed()).isZero();
            assertThat(festival.ruleWrites()).isZero();
            Rollout rollout = festival.rollout(execution);
            assertThat(rollout.phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(rollout.ending().orElseThrow().cause()).isEqualTo(Cause.CHECK_FAILED);
            assertThat(rollout.ending().orElseThrow().trafficMoved()).isFalse();
            assertQuarantined(festival, execution);

            festival.pass(Duration.ofMinutes(30));

            assertThat(festival.rollout(execution).settled())
                    .as(festival.story())
                    .isTrue();
            assertThat(festival.instances("B")).isZero();
            assertThat(festival.capacity("A").min()).isEqualTo(2);
            assertThat(festival.suspended("A")).isEmpty();
            assertThat(festival.suspended("B")).isEmpty();
        }
    }

    @Test
    void a_release_that_fails_under_traffic_is_taken_back_by_what_was_counted() {
        try (Festival festival = Festival.serving(4)) {
            festival.visitors(50);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.VERIFYING);
            festival.plane.behaviour("v2", Behaviour.failing(0.2));

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.failure(execution, "AfterAllowTraffic"))
                    .contains("was rolled back", "error share", "failed", "allowed (blue 0.00%");
            assertThat(festival.weights()).containsEntry("A", 100).containsEntry("B", 0);
            assertThat(festival.tally("v2").failed()).isPositive();
            assertThat(festival.tally("v1").failed()).isZero();
            assertThat(festival.rollout(execution).ending().orElseThrow().trafficMoved())
                    .isTrue();
            assertThat(festival.ruleWrites()).isEqualTo(2);
            assertThat(festival.tags()).containsEntry("greenlight:taken-back", "CHECK_FAILED");
            assertQuarantined(festival, execution);
        }
    }

    @Test
    void hours_after_the_pipeline_ended_a_person_takes_it_back_with_one_write() {
        try (Festival festival = Festival.serving(4)) {
            festival.visitors(50);
            String execution = festival.release("v2");
            festival.pass(Duration.ofHours(5));
            long writes = festival.ruleWrites();

            JsonNode answer = festival.rollBack();
            festival.pass(Duration.ofMinutes(2));

            assertThat(answer.path("outcome").asText()).isEqualTo("done");
            assertThat(answer.path("message").asText())
                    .contains("all traffic is back on blue", "revision v2 is quarantined");
            assertThat(festival.ruleWrites() - writes).isEqualTo(1);
            assertThat(festival.weights()).containsEntry("A", 100).containsEntry("B", 0);
            assertThat(festival.tally("v1").failed() + festival.tally("v2").failed())
                    .isZero();
            assertThat(festival.service.execution(execution).status()).isEqualTo(PipelineExecutionStatus.SUCCEEDED);
            assertThat(festival.rollout(execution).phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(festival.appointments()).isEmpty();
            festival.pass(Duration.ofMinutes(30));
            assertThat(festival.instances("A")).isEqualTo(4);
            assertThat(festival.instances("B")).isZero();
            assertThat(festival.rollout(execution).settled()).isTrue();
        }
    }

    @Test
    void a_release_that_is_slow_under_traffic_is_taken_back() {
        Map<String, String> latency =
                Map.of("GREENLIGHT_LATENCY", "{\"ratio\":2,\"ceilingMillis\":1000,\"minimumRequests\":100}");
        try (Festival festival = Festival.serving(2, latency)) {
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.slow(Duration.ofMillis(300)));

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.failure(execution, "AfterAllowTraffic")).contains("was rolled back", "latency");
            assertThat(festival.weights()).containsEntry("A", 100);
            assertQuarantined(festival, execution);
        }
    }

    private static void assertQuarantined(Festival festival, String execution) {
        assertThat(festival.store.quarantine(
                        festival.rollout(execution).revision().digest()))
                .isPresent();
    }

    @Test
    void a_person_drives_a_rollout_without_a_pipeline() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            byte[] zip = SampleBundle.zip("v2", dev.greenlight.sandbox.app.Behaviour.good());
            festival.sandbox.revisions().put(festival.service.bucket(), "by-hand/v2.zip", zip);
            String body = "{\"rollout\":\"by-hand-1\",\"revision\":\"v2\",\"digest\":\"d2\","
                    + "\"bucket\":\"%s\",\"key\":\"by-hand/v2.zip\"}".formatted(festival.service.bucket());
            for (Functions f : new Functions[] {
                Functions.PREPARE_GREEN,
                Functions.INSTALL_REVISION,
                Functions.BEFORE_ALLOW_TRAFFIC,
                Functions.ALLOW_TRAFFIC,
                Functions.AFTER_ALLOW_TRAFFIC
            }) {
                JsonNode answer = festival.service.call(f, body);
                for (int i = 0; i < 60 && answer.path("outcome").asText().equals("in-progress"); i++) {
                    festival.pass(Duration.ofSeconds(30));
                    answer = festival.service.call(f, body);
                }
                assertThat(answer.path("outcome").asText())
                        .as("%s %s", f, answer)
                        .isEqualTo("done");
            }
            assertThat(festival.phaseIs("by-hand-1", Phase.PROMOTED)).isTrue();
            assertThat(festival.weights()).containsEntry("B", 100);
        }
    }

    @Test
    void a_pipeline_that_gives_each_offer_of_a_job_a_new_id_is_answered_all_the_same() {
        try (Festival festival = Festival.on(
                Festival.serving("v1", 2),
                Map.of(),
                setup -> setup.withJobTimings(
                        JobTimings.ordinary().withIds(ContinuationIds.FRESH).withInterval(Duration.ofMinutes(2))))) {
            festival.visitors(20);

            festival.release("v2");

            assertThat(festival.weights()).containsEntry("B", 100);
        }
    }
}
