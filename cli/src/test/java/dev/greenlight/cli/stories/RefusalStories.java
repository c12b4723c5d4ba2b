package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.cli.installed.Functions;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.sandbox.world.Behaviour;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionStatus;
import software.amazon.awssdk.services.codepipeline.model.StageRetryMode;

/** One rollout at a time: newcomers, retries, stops and supersession. */
class RefusalStories {

    @Test
    void a_newcomer_is_refused_and_its_failed_stage_leaves_the_holder_alone() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            festival.service.call(
                    Functions.PREPARE_GREEN, "{\"rollout\":\"by-hand-1\",\"revision\":\"v2\",\"digest\":\"d2\"}");

            String newcomer = festival.merge("v3", Behaviour.good());
            festival.passUntilPipelineEnds(newcomer);
            festival.pass(Duration.ofMinutes(2));

            assertThat(festival.failure(newcomer, "PrepareGreen"))
                    .contains("rollout by-hand-1 is in flight: promote it or roll it back, then start again");
            assertThat(festival.store.ledger().holder()).contains(new RolloutId("by-hand-1"));
            assertThat(festival.rollout("by-hand-1").isOpen()).isTrue();
            assertThat(festival.store.rollout(new RolloutId(newcomer))).isEmpty();
        }
    }

    @Test
    void sweep_takes_back_what_nobody_drives_any_more() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            festival.service.call(
                    Functions.PREPARE_GREEN, "{\"rollout\":\"by-hand-1\",\"revision\":\"v2\",\"digest\":\"d2\"}");

            festival.pass(Duration.ofHours(1));

            assertThat(festival.rollout("by-hand-1").ending().orElseThrow().cause())
                    .isEqualTo(Cause.ORPHANED);
            assertThat(festival.rollout("by-hand-1").settled()).isTrue();
            assertThat(festival.instances("B")).isZero();
            festival.release("v3");
        }
    }

    @Test
    void a_stage_that_is_retried_after_a_rollback_is_told_to_start_a_new_execution() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.failing(1));
            festival.passUntilPipelineEnds(execution);

            for (StageRetryMode mode : StageRetryMode.knownValues()) {
                festival.sandbox
                        .codePipeline()
                        .retryStageExecution(request -> request.pipelineName("greenlight-festival")
                                .pipelineExecutionId(execution)
                                .stageName("Rollout")
                                .retryMode(mode));
                festival.pass(Duration.ofSeconds(10));
                festival.passUntilPipelineEnds(execution);
                String action = mode == StageRetryMode.ALL_ACTIONS ? "PrepareGreen" : "BeforeAllowTraffic";
                assertThat(festival.failure(execution, action)).contains("Start a new execution to release again");
            }
            assertThat(festival.ruleWrites()).isZero();
        }
    }

    @Test
    void an_execution_that_a_person_abandons_takes_its_own_rollout_back() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.VERIFYING);

            stop(festival, execution, true);
            festival.pass(Duration.ofMinutes(1));

            assertThat(festival.weights()).containsEntry("A", 100);
            assertThat(festival.rollout(execution).ending().orElseThrow().cause())
                    .isEqualTo(Cause.STAGE_ENDED);
            assertThat(festival.store.quarantine(
                            festival.rollout(execution).revision().digest()))
                    .as("stopping is no verdict on a revision")
                    .isEmpty();
            festival.release("v3");
        }
    }

    @Test
    void an_execution_that_is_stopped_while_it_installs_is_taken_back_too() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.INSTALLING);

            stop(festival, execution, false);
            festival.passUntilPipelineEnds(execution);
            festival.pass(Duration.ofMinutes(20));

            assertThat(festival.service.execution(execution).status()).isEqualTo(PipelineExecutionStatus.STOPPED);
            assertThat(festival.rollout(execution).phase()).as(festival.story()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(festival.rollout(execution).settled()).isTrue();
            assertThat(festival.instances("B")).isZero();
            assertThat(festival.ruleWrites()).isZero();
        }
    }

    private static void stop(Festival festival, String execution, boolean abandon) {
        festival.sandbox
                .codePipeline()
                .stopPipelineExecution(request -> request.pipelineName("greenlight-festival")
                        .pipelineExecutionId(execution)
                        .abandon(abandon));
    }

    @Test
    void an_execution_that_is_superseded_while_it_waits_touches_nothing() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String first = festival.merge("v2", Behaviour.good());
            festival.passUntil(first, Phase.VERIFYING);
            String second = festival.merge("v3", Behaviour.good());
            festival.pass(Duration.ofMinutes(2));
            String third = festival.merge("v4", Behaviour.good());

            festival.passUntilPipelineEnds(first);
            festival.passUntilPipelineEnds(third);

            assertThat(festival.succeeded(first)).as(festival.story()).isTrue();
            assertThat(festival.service.execution(second).status()).isEqualTo(PipelineExecutionStatus.SUPERSEDED);
            assertThat(festival.store.rollout(new RolloutId(second))).isEmpty();
            assertThat(festival.succeeded(third)).isTrue();
            assertThat(festival.users("v3")).isZero();
        }
    }

    @Test
    void hooks_out_of_their_turn_say_so_and_do_nothing() {
        try (Festival festival = Festival.serving(2)) {
            JsonNode unknown = festival.service.call(Functions.ALLOW_TRAFFIC, "{\"rollout\":\"nobody\"}");
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.INSTALLING);
            JsonNode early =
                    festival.service.call(Functions.ALLOW_TRAFFIC, "{\"rollout\":\"%s\"}".formatted(execution));

            assertThat(unknown.path("message").asText()).contains("no rollout nobody is known");
            assertThat(early.path("message").asText()).contains("is still installing: this hook comes later");
            assertThat(festival.ruleWrites()).isZero();
        }
    }

    @Test
    void rolling_back_what_never_was_or_is_not_the_latest_is_refused_with_the_reason() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            assertThat(festival.rollBack().path("message").asText()).contains("this service has had no rollout");
            String first = festival.release("v2");
            festival.release("v3");

            String said = festival.rollBack("{\"rollout\":\"%s\"}".formatted(first))
                    .path("message")
                    .asText();

            assertThat(said).contains("is not the latest", "its blue serves something else now");
            assertThat(festival.weights()).containsEntry("A", 100);
        }
    }
}
