package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.cli.installed.Functions;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.sandbox.codedeploy.ScriptRunner;
import dev.greenlight.sandbox.codedeploy.ScriptRunner.Result;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.sandbox.world.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;

/**
 * CodeDeploy calls no functions on EC2, so a script carries the question: ValidateService asks ValidateInstance whether the
 * revision may stay on its instance, and CodeDeploy calls the revision a success only if it may.
 */
class CarrierStories {

    /** Asks as the application template's {@code validate.sh} does. */
    private static final class Carrier {

        private static final String OURS = "greenlight ";
        private static final int TRIES = 12;

        private final Festival festival;
        private final Map<String, Integer> tries = new HashMap<>();
        private final List<String> answers = new ArrayList<>();

        Carrier(Festival festival) {
            this.festival = festival;
            festival.scripts.when(call -> call.event().equals("ValidateService"), this::validate);
        }

        private Result validate(ScriptRunner.Call script) {
            String deployment = script.environment().get("DEPLOYMENT_ID");
            String description = festival.sandbox
                    .codeDeploy()
                    .getDeployment(r -> r.deploymentId(deployment))
                    .deploymentInfo()
                    .description();
            if (description == null || !description.startsWith(OURS)) {
                return Result.succeeded();
            }
            JsonNode answer = festival.service.call(
                    Functions.VALIDATE_INSTANCE,
                    "{\"rollout\":\"%s\",\"instance\":\"%s\"}"
                            .formatted(description.substring(OURS.length()), script.instanceId()));
            answers.add(answer.path("outcome").asText());
            return switch (answers.getLast()) {
                case "done" -> Result.succeeded();
                case "in-progress" ->
                    tries.merge(deployment + script.instanceId(), 1, Integer::sum) < TRIES
                            ? Result.waiting(Duration.ofSeconds(20))
                            : Result.failed(script.location(), 75, "the hook has not decided: " + answer);
                default ->
                    Result.failed(
                            script.location(),
                            answer.path("failure").asText().equals("ROLLOUT") ? 1 : 75,
                            "the hook says: " + answer.path("message").asText());
            };
        }
    }

    /** The revision with which CodeDeploy would install an instance that Auto Scaling launches now. */
    private static String lastSuccess(Festival festival, String fleet) {
        CodeDeployClient codeDeploy = festival.sandbox.codeDeploy();
        String group = festival.group(fleet).name();
        String deployment = codeDeploy
                .getDeploymentGroup(
                        r -> r.applicationName("greenlight-festival").deploymentGroupName(group))
                .deploymentGroupInfo()
                .lastSuccessfulDeployment()
                .deploymentId();
        return codeDeploy
                .getDeployment(r -> r.deploymentId(deployment))
                .deploymentInfo()
                .revision()
                .s3Location()
                .key();
    }

    @Test
    void a_good_revision_passes_once_its_target_is_healthy() {
        try (Festival festival = Festival.serving(2)) {
            Carrier carrier = new Carrier(festival);
            festival.visitors(20);

            festival.release("v2");

            assertThat(carrier.answers).endsWith("done").doesNotContain("failed");
            assertThat(festival.tally("v1").failed()).isZero();
            assertThat(festival.tally("v2").failed()).isZero();
        }
    }

    @Test
    void a_revision_that_fails_its_smoke_tests_is_never_what_a_later_instance_boots_with() {
        try (Festival festival = Festival.serving(2)) {
            Carrier carrier = new Carrier(festival);
            festival.visitors(20);
            festival.release("v2");
            String installed = lastSuccess(festival, "A");

            String bad = festival.merge("v3", Behaviour.failing(1));
            festival.passUntilPipelineEnds(bad);

            assertThat(festival.failure(bad, "InstallRevision")).contains("ValidateService", "answered 500");
            assertThat(festival.rollout(bad).ending().orElseThrow().cause()).isEqualTo(Cause.INSTALL_FAILED);
            assertThat(festival.store.quarantine(
                            festival.rollout(bad).revision().digest()))
                    .isPresent();
            assertThat(carrier.answers).endsWith("failed");
            assertThat(lastSuccess(festival, "A")).isEqualTo(installed);
            assertThat(festival.users("v3")).isZero();
        }
    }

    /** What the story above would be without the question. */
    @Test
    void without_the_question_codedeploy_calls_the_same_revision_a_success() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            festival.release("v2");
            String installed = lastSuccess(festival, "A");

            String bad = festival.merge("v3", Behaviour.failing(1));
            festival.passUntilPipelineEnds(bad);

            assertThat(festival.failure(bad, "BeforeAllowTraffic")).contains("answered 500");
            assertThat(lastSuccess(festival, "A")).isNotEqualTo(installed);
        }
    }

    @Test
    void an_instance_that_never_gets_healthy_fails_the_installation_and_blames_nobody() {
        try (Festival festival = Festival.serving(2)) {
            Carrier carrier = new Carrier(festival);
            festival.visitors(20);

            String sick = festival.merge("v2", Behaviour.sick());
            festival.passUntilPipelineEnds(sick);

            assertThat(carrier.answers).hasSize(Carrier.TRIES).containsOnly("in-progress");
            assertThat(festival.failure(sick, "InstallRevision")).contains("the hook has not decided");
            assertThat(festival.rollout(sick).ending().orElseThrow().cause()).isEqualTo(Cause.PLATFORM);
            assertThat(festival.store.quarantine(
                            festival.rollout(sick).revision().digest()))
                    .isEmpty();
            assertThat(festival.tally("v1").failed()).isZero();
        }
    }

    @Test
    void on_a_fleet_that_is_still_warm_every_instance_asks_and_the_last_answers_are_the_new_revisions() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            festival.release("v2");
            Carrier carrier = new Carrier(festival);
            List<String> warm = festival
                    .sandbox
                    .world()
                    .instances(festival.group("A").name())
                    .stream()
                    .map(Instance::id)
                    .toList();
            assertThat(warm).hasSizeGreaterThan(1);

            festival.release("v3");

            assertThat(carrier.answers.stream().filter("done"::equals)).hasSize(warm.size());
        }
    }

    /** Whatever gets hold of an instance holds this permission: what it makes up comes to nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'CodePipeline.job':{'id':'11111111-abcd-1111-abcd-111111abcdef','data':{'actionConfiguration':"
                        + "{'configuration':{'UserParameters':'{\\'rollout\\':\\'%s\\'}'}}}}}",
                "{'rollout':'%s'}",
                "{'rollout':'%s','reason':'made up on an instance'}",
                "{'DeploymentId':'%s','LifecycleEventHookExecutionId':'made-up'}",
                "{'greenlight':'retire-blue','rollout':'%s'}",
                "{'greenlight':'sweep'}"
            })
    void what_an_instance_makes_up_moves_nothing(String madeUp) {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.VALIDATING);
            Rollout before = festival.rollout(execution);
            long writes = festival.ruleWrites();

            JsonNode answer = festival.service.call(
                    Functions.VALIDATE_INSTANCE, madeUp.formatted(execution).replace('\'', '"'));

            assertThat(answer.path("outcome").asText()).isEqualTo("failed");
            assertThat(answer.path("failure").asText()).isEqualTo("CONFIGURATION");
            assertThat(festival.rollout(execution)).isEqualTo(before);
            assertThat(festival.ruleWrites()).isEqualTo(writes);
            festival.passUntilPipelineEnds(execution);
            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
        }
    }

    @Test
    void an_instance_that_auto_scaling_launches_for_green_asks_nobody() {
        try (Festival festival = Festival.serving(4)) {
            Carrier carrier = new Carrier(festival);
            festival.visitors(20);

            festival.release("v2");

            assertThat(festival.instances("B")).isEqualTo(4);
            assertThat(carrier.answers.stream().filter("done"::equals)).hasSize(1);
        }
    }
}
