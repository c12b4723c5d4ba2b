package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.installed.Functions;
import dev.greenlight.sandbox.world.Behaviour;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;

/** CodeDeploy moves the traffic and asks Greenlight's checks, with two keys and an hour of patience. */
class HookStories {

    private static final Map<String, String> FLEET_A = Map.of("GREENLIGHT_HOOK_FLEET", "A");

    private static String ask(Festival festival, String event, Functions function) {
        return festival.sandbox
                .deployments()
                .beginHook(ComputePlatform.ECS, "orders", "orders", event, festival.service.name(function));
    }

    private static DeploymentInfo deployment(Festival festival, String id) {
        return festival.sandbox
                .codeDeploy()
                .getDeployment(request -> request.deploymentId(id))
                .deploymentInfo();
    }

    @Test
    void before_traffic_a_healthy_side_passes_at_once() {
        try (Festival festival = Festival.serving(2, FLEET_A)) {
            festival.pass(Duration.ofMinutes(5));
            String id = ask(festival, "BeforeAllowTraffic", Functions.BEFORE_ALLOW_TRAFFIC);
            festival.pass(Duration.ofSeconds(10));

            assertThat(deployment(festival, id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
            assertThat(festival.ruleWrites()).isZero();
            assertThat(festival.store.ledger().latest()).isEmpty();
        }
    }

    @Test
    void before_traffic_a_side_that_fails_its_smoke_tests_fails_the_hook() {
        try (Festival festival = Festival.serving(2, FLEET_A)) {
            festival.pass(Duration.ofMinutes(5));
            festival.plane.behaviour("v1", Behaviour.failing(1));
            String id = ask(festival, "BeforeAllowTraffic", Functions.BEFORE_ALLOW_TRAFFIC);
            festival.pass(Duration.ofSeconds(10));

            assertThat(deployment(festival, id).status()).isEqualTo(DeploymentStatus.FAILED);
        }
    }

    @Test
    void under_traffic_an_undecided_hook_comes_back_until_there_is_evidence() {
        try (Festival festival = Festival.serving(2, FLEET_A)) {
            String id = ask(festival, "AfterAllowTraffic", Functions.AFTER_ALLOW_TRAFFIC);
            festival.pass(Duration.ofMinutes(10));
            assertThat(deployment(festival, id).status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
            assertThat(festival.appointments()).hasSize(1);

            festival.visitors(20);
            festival.pass(Duration.ofMinutes(10));

            assertThat(deployment(festival, id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
            assertThat(festival.appointments()).isEmpty();
        }
    }

    @Test
    void under_traffic_failing_answers_fail_the_hook() {
        try (Festival festival = Festival.serving(2, FLEET_A)) {
            festival.visitors(20);
            festival.pass(Duration.ofMinutes(10));
            festival.plane.behaviour("v1", Behaviour.failing(0.5));
            String id = ask(festival, "AfterAllowTraffic", Functions.AFTER_ALLOW_TRAFFIC);
            festival.pass(Duration.ofMinutes(10));

            assertThat(deployment(festival, id).status()).isEqualTo(DeploymentStatus.FAILED);
        }
    }

    @Test
    void a_hook_that_stays_undecided_is_failed_before_codedeploys_hour_is_over() {
        try (Festival festival = Festival.serving(2, FLEET_A)) {
            String id = ask(festival, "AfterAllowTraffic", Functions.AFTER_ALLOW_TRAFFIC);
            festival.pass(Duration.ofMinutes(70));

            DeploymentInfo ended = deployment(festival, id);
            assertThat(ended.status()).isEqualTo(DeploymentStatus.FAILED);
            assertThat(Duration.between(ended.createTime(), ended.completeTime()))
                    .isBetween(Duration.ofMinutes(54), Duration.ofMinutes(58));
            assertThat(festival.appointments()).isEmpty();
        }
    }
}
