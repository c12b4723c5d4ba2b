package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.installed.Functions;
import dev.greenlight.cli.stories.Walk.Way;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.fault.Faults;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.sandbox.world.Capacity;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;

/** What is done by who comes last, when whoever should have done it is dead, unheard or too late. */
class LastResortStories {

    private static final String DEAD_AT = "dynamodb:GetItem";
    private static final Map<String, String> FLEET_A = Map.of("GREENLIGHT_HOOK_FLEET", "A");

    private static Faults.Armed dying(Festival festival, Functions function) {
        return festival.sandbox
                .faults()
                .dying(call -> call.action().equals(DEAD_AT)
                        && call.invocation().startsWith(festival.service.name(function) + " "));
    }

    @Test
    void a_hook_that_dies_on_every_try_has_its_job_answered_and_goes_on_when_it_lives_again() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.INSTALLING);
            Faults.Armed death = dying(festival, Functions.INSTALL_REVISION);
            festival.pass(Duration.ofMinutes(6));
            death.cancel();

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(festival.sandbox.calls().of("codepipeline:PutJobSuccessResult"))
                    .anyMatch(call -> call.invocation().startsWith(festival.service.name(Functions.ANSWER_LOST_JOB)));
        }
    }

    @Test
    void a_hook_that_dies_before_it_began_anything_has_its_job_failed() {
        try (Festival festival = Festival.serving(2)) {
            dying(festival, Functions.PREPARE_GREEN);
            String execution = festival.merge("v2", Behaviour.good());

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.failure(execution, "PrepareGreen")).contains("the hook died before rollout");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void sweep_stops_the_deployment_of_a_rollout_that_nobody_drives_any_more(Way way) {
        try (Walk walk = new Walk(way, Map.of())) {
            Festival festival = walk.festival;
            walk.to(Functions.INSTALL_REVISION);
            festival.sandbox.deployments().silenceAgents(instance -> true);
            walk.call(Functions.INSTALL_REVISION);
            String deployment =
                    festival.rollout(Walk.ROLLOUT).progress().deployment().orElseThrow();
            festival.sandbox
                    .calls()
                    .listen(call -> festival.sandbox.deployments().silenceAgents(instance -> true));
            festival.pass(Duration.ofMinutes(4));
            festival.sandbox.faults().failing(call -> call.operation().equals("GetDeployment"), Fault.unavailable());

            festival.clock.advance(Duration.ofMinutes(26));
            festival.sweep();

            assertThat(festival.rollout(Walk.ROLLOUT).ending().orElseThrow().cause())
                    .isEqualTo(Cause.ORPHANED);
            assertThat(festival.sandbox.calls().of("codedeploy:StopDeployment")).hasSize(1);
            assertThat(festival.sandbox
                            .deployments()
                            .getDeployment(r -> r.deploymentId(deployment))
                            .deploymentInfo()
                            .status())
                    .isIn(DeploymentStatus.STOPPED, DeploymentStatus.FAILED);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void a_person_goes_back_to_a_blue_that_is_too_small_and_it_is_raised(Way way) {
        try (Walk walk = new Walk(way, Map.of())) {
            Festival festival = walk.festival;
            walk.to(Functions.AFTER_ALLOW_TRAFFIC).done(Functions.AFTER_ALLOW_TRAFFIC);
            festival.sandbox.world().capacity(festival.group(way.blue).name(), new Capacity(1, 1, 10));
            festival.pass(Duration.ofMinutes(1));

            String said = festival.rollBack().path("message").asText();

            assertThat(said)
                    .contains(
                            "all traffic is back on blue", "fleet " + way.blue + " had 1 instances and is raised to 2");
        }
    }

    /** The appointment of a rollout that was taken back meanwhile, whose cancelling failed, finds a hand's write. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void an_appointment_that_could_not_be_cancelled_puts_right_what_a_hand_did_after_the_rollback(Way way) {
        try (Walk walk = new Walk(way, Map.of("GREENLIGHT_BLUE_LIFETIME", "PT30M"))) {
            Festival festival = walk.festival;
            walk.to(Functions.AFTER_ALLOW_TRAFFIC).done(Functions.AFTER_ALLOW_TRAFFIC);
            festival.sandbox
                    .faults()
                    .failing(call -> call.operation().equals("DeleteSchedule"), 3, Fault.unavailable());
            festival.rollBack();
            int toA = way == Way.A_TO_B ? 0 : 100;
            festival.handWrites(toA, 100 - toA);
            assertThat(festival.appointments()).hasSize(1);

            festival.pass(Duration.ofMinutes(35));

            assertThat(festival.weights()).containsEntry(way.blue, 100).containsEntry(way.green, 0);
        }
    }

    @Test
    void a_lifecycle_hook_before_traffic_books_its_return_once_although_the_answer_is_lost() {
        try (Festival festival = Festival.serving(2, FLEET_A)) {
            festival.plane.behaviour("v1", Behaviour.sick());
            festival.pass(Duration.ofMinutes(3));
            comesBackOnce(festival, Functions.BEFORE_ALLOW_TRAFFIC);
            festival.plane.behaviour("v1", Behaviour.good());
            festival.pass(Duration.ofMinutes(15));
            assertThat(festival.appointments()).isEmpty();
        }
    }

    @Test
    void so_does_one_under_traffic() {
        try (Festival festival = Festival.serving(2, FLEET_A)) {
            comesBackOnce(festival, Functions.AFTER_ALLOW_TRAFFIC);
            festival.visitors(20);
            festival.pass(Duration.ofMinutes(15));
            assertThat(festival.appointments()).isEmpty();
        }
    }

    private static void comesBackOnce(Festival festival, Functions function) {
        festival.sandbox.faults().failing(call -> call.operation().equals("CreateSchedule"), 1, Fault.lostAnswer());
        festival.sandbox
                .deployments()
                .beginHook(ComputePlatform.ECS, "orders", "orders", "hook", festival.service.name(function));
        festival.pass(Duration.ofSeconds(10));
        assertThat(festival.appointments()).hasSize(1);
        assertThat(festival.sandbox.calls().of("scheduler:UpdateSchedule")).hasSize(1);
    }
}
