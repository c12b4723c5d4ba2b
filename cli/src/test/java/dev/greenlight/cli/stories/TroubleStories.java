package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.fault.Faults;
import dev.greenlight.sandbox.world.Behaviour;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** AWS throttles or denies, agents fall silent, launches fail: each gets its answer, and none is held against a revision. */
class TroubleStories {

    private static final Fault THROTTLED = Fault.refused("Throttling", 400, "Rate exceeded");

    private static Faults.Armed failing(Festival festival, String operation, Fault fault) {
        return festival.sandbox.faults().failing(call -> call.operation().equals(operation), fault);
    }

    private static void assertNotBlamed(Festival festival, String execution) {
        assertThat(festival.store.quarantine(
                        festival.rollout(execution).revision().digest()))
                .isEmpty();
        assertThat(festival.weights()).containsEntry("A", 100).containsEntry("B", 0);
        assertThat(festival.tally("v1").failed()).isZero();
    }

    @Test
    void throttled_writes_of_the_rule_delay_a_release_and_nothing_else() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            Faults.Armed throttle = failing(festival, "ModifyRule", THROTTLED);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.SHIFTING);
            festival.pass(Duration.ofMinutes(3));
            assertThat(festival.service
                            .execution(execution)
                            .action("AllowTraffic")
                            .orElseThrow()
                            .summary())
                    .contains("elasticloadbalancing:ModifyRule", "Throttling");
            throttle.cancel();

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(festival.tally("v2").failed()).isZero();
        }
    }

    @Test
    void throttled_reads_of_the_rule_delay_a_release_at_every_stage() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.good());
            for (Phase phase : new Phase[] {Phase.INSTALLING, Phase.VALIDATING, Phase.VERIFYING}) {
                festival.passUntil(execution, phase);
                Faults.Armed throttle = failing(festival, "DescribeRules", THROTTLED);
                festival.pass(Duration.ofMinutes(2));
                throttle.cancel();
            }

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
        }
    }

    @Test
    void one_throttled_call_in_the_second_hour_of_a_bake_does_not_fail_a_good_release() {
        try (Festival festival = Festival.serving(2, Map.of("GREENLIGHT_BAKE", "PT2H"))) {
            festival.visitors(5);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.VERIFYING);
            festival.pass(Duration.ofMinutes(90));
            Faults.Armed throttle = failing(festival, "DescribeRules", THROTTLED);
            festival.pass(Duration.ofMinutes(1));
            throttle.cancel();

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(festival.weights()).containsEntry("B", 100);
        }
    }

    @Test
    void a_denied_write_fails_the_job_and_names_the_permission() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            failing(festival, "ModifyRule", Fault.denied());
            String execution = festival.merge("v2", Behaviour.good());

            festival.passUntilPipelineEnds(execution);
            festival.pass(Duration.ofMinutes(15));

            assertThat(festival.failure(execution, "AllowTraffic")).contains("elasticloadbalancing:ModifyRule");
            assertThat(festival.service
                            .execution(execution)
                            .action("AllowTraffic")
                            .orElseThrow()
                            .failureType())
                    .contains("PermissionError");
            assertThat(festival.rollout(execution).ending().orElseThrow().cause())
                    .isEqualTo(Cause.STAGE_ENDED);
            assertThat(festival.rollout(execution).settled())
                    .as(festival.story())
                    .isTrue();
            assertNotBlamed(festival, execution);
        }
    }

    @Test
    void agents_that_never_answer_end_in_a_rejection_that_names_the_instance() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            festival.sandbox.deployments().silenceAgents(instance -> true);
            String execution = festival.merge("v2", Behaviour.good());

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.failure(execution, "InstallRevision"))
                    .contains("was rejected before any traffic moved")
                    .containsPattern("i-[0-9a-f]+");
            assertNotBlamed(festival, execution);
            festival.sandbox.deployments().silenceAgents(instance -> false);
            festival.pass(Duration.ofMinutes(10));
            festival.release("v2");
        }
    }

    @Test
    void a_script_that_fails_is_named_with_its_instance_and_event_and_blames_the_revision() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            festival.scripts.failing("v2", "ApplicationStart");
            String execution = festival.merge("v2", Behaviour.good());

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.failure(execution, "InstallRevision"))
                    .contains("ApplicationStart", "modelled failure")
                    .containsPattern("i-[0-9a-f]+");
            assertThat(festival.rollout(execution).ending().orElseThrow().cause())
                    .isEqualTo(Cause.INSTALL_FAILED);
            assertThat(festival.store.quarantine(
                            festival.rollout(execution).revision().digest()))
                    .isPresent();
            assertThat(festival.users("v2")).isZero();
        }
    }

    @Test
    void a_green_whose_old_revision_has_expired_launches_for_ever_and_is_given_up_in_time() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            festival.release("v2");
            festival.release("v3");
            festival.pass(Duration.ofHours(13));
            assertThat(festival.instances("B")).isZero();
            festival.sandbox.revisions().expire(festival.service.bucket(), "build/v2.zip");

            String execution = festival.merge("v4", Behaviour.good());
            festival.passUntilPipelineEnds(execution);
            festival.pass(Duration.ofMinutes(20));

            assertThat(festival.failure(execution, "PrepareGreen"))
                    .contains("time is up", "waiting for green's first instance; launches fail:");
            assertThat(festival.rollout(execution).ending().orElseThrow().cause())
                    .isEqualTo(Cause.DEADLINE);
            assertThat(festival.capacity("B").desired()).isZero();
            assertNotBlamed(festival, execution);
        }
    }

    @Test
    void a_green_that_never_becomes_healthy_is_rejected_in_time_and_not_blamed() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.sick());

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.failure(execution, "BeforeAllowTraffic")).contains("time is up", "target health");
            assertThat(festival.rollout(execution).ending().orElseThrow().cause())
                    .isEqualTo(Cause.DEADLINE);
            assertThat(festival.users("v2")).isZero();
            assertNotBlamed(festival, execution);
        }
    }

    @Test
    void a_deployment_group_that_is_busy_is_waited_for() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            festival.release("v2");
            festival.pass(festival.sandbox.site().landscape().deregistrationDelay());
            String execution = festival.merge("v3", Behaviour.good());
            // The build takes 90 seconds; this deployment begins before its end and is still under way after it.
            festival.pass(Duration.ofSeconds(80));
            String another = festival.sandbox
                    .codeDeploy()
                    .createDeployment(request -> request.applicationName("greenlight-festival")
                            .deploymentGroupName("greenlight-festival-a")
                            .revision(revision -> revision.revisionType("S3")
                                    .s3Location(s3 -> s3.bucket(festival.service.bucket())
                                            .key("build/v2.zip")
                                            .bundleType("zip"))))
                    .deploymentId();

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(festival.service.journal().entries())
                    .anyMatch(entry -> entry.reason().contains(another));
            assertThat(festival.users("v3")).isPositive();
        }
    }

    @Test
    void reads_that_lag_behind_delay_a_release_and_a_rollback_is_repeated_until_it_is_seen() {
        try (Festival festival = Festival.serving(3)) {
            festival.sandbox.faults().staleReads("DescribeRules", Duration.ofSeconds(40));
            festival.sandbox.faults().staleReads("DescribeTargetHealth", Duration.ofSeconds(40));
            festival.visitors(20);
            String execution = festival.release("v2");

            String said = festival.rollBack().path("message").asText();
            festival.pass(Duration.ofMinutes(1));

            assertThat(said).contains("written, but the rule still shows A 0% B 100%: call again");
            assertThat(festival.weights()).containsEntry("A", 100);
            festival.passUntil(execution, Phase.ROLLED_BACK);
            assertThat(festival.tally("v1").failed() + festival.tally("v2").failed())
                    .isZero();
        }
    }
}
