package dev.greenlight.sandbox.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.DeploymentAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentCreator;
import software.amazon.awssdk.services.codedeploy.model.DeploymentLimitExceededException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentNotStartedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTargetListSizeExceededException;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;
import software.amazon.awssdk.services.codedeploy.model.InvalidLifecycleEventHookExecutionIdException;
import software.amazon.awssdk.services.codedeploy.model.InvalidLifecycleEventHookExecutionStatusException;
import software.amazon.awssdk.services.codedeploy.model.LifecycleErrorCode;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.TargetStatus;
import software.amazon.awssdk.services.codedeploy.model.UnsupportedActionForDeploymentTypeException;

class SimulatedCodeDeployTest {

    @TempDir
    private Path disks;

    private final ModelledScripts scripts = new ModelledScripts();

    private Rig rig() {
        return new Rig(scripts, disks);
    }

    private static Zip release(String version) {
        return Zip.version(version)
                .appSpec("ApplicationStop", "ApplicationStart", "ValidateService")
                .script("ApplicationStop", "exit 0")
                .script("ApplicationStart", "exit 0")
                .script("ValidateService", "exit 0");
    }

    @Test
    void a_deployment_goes_through_its_states_and_puts_the_revision_on_every_instance() {
        Rig rig = rig().instances(2);
        RevisionLocation v1 = rig.put("v1.zip", release("v1"));

        String id = rig.deploy(v1);
        assertThat(rig.info(id).status()).isEqualTo(DeploymentStatus.CREATED);
        assertThat(rig.info(id).deploymentOverview()).isNull();
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.info(id).status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
        rig.pass(Duration.ofMinutes(2));

        assertThat(rig.info(id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
        assertThat(rig.info(id).deploymentOverview().succeeded()).isEqualTo(2);
        assertThat(rig.inService())
                .hasSize(2)
                .allSatisfy(i -> assertThat(rig.revisionOf(i)).hasValue("v1"));
        assertThat(rig.events).extracting(e -> e.detail().get("state")).containsExactly("START", "SUCCESS");
    }

    @Test
    void a_script_that_fails_fails_its_instance_and_skips_what_would_follow() {
        Rig rig = rig().instances(1);
        scripts.failing("v1", "ApplicationStart");

        String id = rig.deployed(rig.put("v1.zip", release("v1")));

        String instance = rig.inService().getFirst();
        assertThat(rig.info(id).status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(rig.info(id).errorInformation().code()).isEqualTo(ErrorCode.HEALTH_CONSTRAINTS);
        assertThat(rig.target(id, instance).status()).isEqualTo(TargetStatus.FAILED);
        var failed = rig.event(id, instance, "ApplicationStart");
        assertThat(failed.diagnostics().errorCode()).isEqualTo(LifecycleErrorCode.SCRIPT_FAILED);
        assertThat(failed.diagnostics().scriptName()).isEqualTo("scripts/ApplicationStart.sh");
        assertThat(rig.event(id, instance, "ValidateService").status()).isEqualTo(LifecycleEventStatus.SKIPPED);
        assertThat(rig.revisionOf(instance)).isEmpty();
    }

    @Test
    void all_at_once_is_a_success_if_one_instance_succeeded() {
        Rig rig = rig().instances(3);
        List<String> instances = rig.inService();
        scripts.when(
                call -> !call.instanceId().equals(instances.getFirst())
                        && call.event().equals("ValidateService"),
                call -> ScriptRunner.Result.failed(call.location(), 1, ""));

        String id = rig.deployed(rig.put("v1.zip", release("v1")));

        assertThat(rig.info(id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
        assertThat(rig.info(id).deploymentOverview().failed()).isEqualTo(2);
    }

    @Test
    void a_group_has_one_deployment_at_a_time() {
        Rig rig = rig().instances(1);
        RevisionLocation v1 = rig.put("v1.zip", release("v1"));
        String first = rig.deploy(v1);

        assertThatThrownBy(() -> rig.deploy(v1)).isInstanceOfSatisfying(DeploymentLimitExceededException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("DeploymentLimitExceededException");
            assertThat(e.getMessage()).contains(first);
        });
    }

    @Test
    void create_deployment_has_no_idempotency_and_its_description_is_found_again() {
        Rig rig = rig().instances(1);
        RevisionLocation v1 = rig.put("v1.zip", release("v1"));
        String first = rig.deployed(v1);
        String second = rig.codeDeploy
                .createDeployment(r -> r.applicationName("checkout")
                        .deploymentGroupName("a")
                        .revision(v1)
                        .description("rollout 7"))
                .deploymentId();

        assertThat(rig.deployments()).containsExactly(second, first);
        assertThat(rig.codeDeploy
                        .batchGetDeployments(r -> r.deploymentIds(second, first))
                        .deploymentsInfo())
                .extracting(d -> d.description())
                .containsExactly("rollout 7", null);
        assertThat(rig.codeDeploy
                        .listDeployments(r -> r.applicationName("checkout")
                                .deploymentGroupName("a")
                                .includeOnlyStatuses(DeploymentStatus.CREATED)
                                .createTimeRange(t -> t.start(rig.clock.instant())))
                        .deployments())
                .containsExactly(second);
    }

    @Test
    void an_empty_group_has_no_instances_to_deploy_to() {
        Rig rig = rig();

        String id = rig.deployed(rig.put("v1.zip", release("v1")));

        assertThat(rig.info(id).status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(rig.info(id).errorInformation().code()).isEqualTo(ErrorCode.NO_INSTANCES);
    }

    @Test
    void a_launched_instance_gets_the_last_successful_revision_and_not_the_newest_attempt() {
        Rig rig = rig().instances(1);
        rig.deployed(rig.put("v1.zip", release("v1")));
        scripts.failing("v2", "ValidateService");
        rig.deployed(rig.put("v2.zip", release("v2")));

        rig.instances(2);

        assertThat(rig.inService()).hasSize(2);
        assertThat(rig.revisionOf(rig.inService().getLast())).hasValue("v1");
        assertThat(rig.info(rig.deployments().getFirst()).creator()).isEqualTo(DeploymentCreator.AUTOSCALING);
    }

    @Test
    void without_a_successful_revision_a_launch_goes_on_with_nothing_installed() {
        Rig rig = rig().instances(1);

        assertThat(rig.inService()).hasSize(1);
        assertThat(rig.deployments()).isEmpty();
    }

    @Test
    void an_expired_revision_makes_launches_loop() {
        Rig rig = rig().instances(1);
        rig.deployed(rig.put("v1.zip", release("v1")));
        rig.revisions.expire("bucket", "v1.zip");

        rig.instances(2);
        rig.pass(Duration.ofMinutes(10));

        assertThat(rig.inService()).hasSize(1);
        assertThat(rig.deployments().stream().map(rig::info).filter(d -> d.creator() == DeploymentCreator.AUTOSCALING))
                .hasSizeGreaterThan(2)
                .anySatisfy(d -> assertThat(d.status()).isEqualTo(DeploymentStatus.FAILED));
    }

    @Test
    void an_instance_that_came_up_during_a_deployment_is_updated_afterwards() {
        Rig rig = rig().instances(1);
        rig.deployed(rig.put("v1.zip", release("v1")));
        takesFourMinutesOn(rig.inService().getFirst(), "ApplicationStart");
        String v2 = rig.deploy(rig.put("v2.zip", release("v2")));
        rig.pass(Duration.ofSeconds(10));

        rig.instances(2);
        assertThat(rig.info(v2).status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
        String late = rig.inService().getLast();
        assertThat(rig.revisionOf(late)).hasValue("v1");
        rig.pass(Duration.ofMinutes(10));

        assertThat(rig.revisionOf(late)).hasValue("v2");
        assertThat(rig.info(rig.deployments().getFirst()).creator())
                .isEqualTo(DeploymentCreator.CODE_DEPLOY_AUTO_UPDATE);
    }

    @Test
    void the_automatic_update_holds_the_group() {
        Rig rig = rig().instances(1);
        RevisionLocation v1 = rig.put("v1.zip", release("v1"));
        takesFourMinutesOn(rig.inService().getFirst(), "ApplicationStart");
        rig.deploy(v1);
        rig.instances(2);
        String late = rig.inService().getLast();
        takesFourMinutesOn(late, "ApplicationStart");
        assertThat(rig.revisionOf(late)).isEmpty();

        rig.pass(Duration.ofMinutes(2));

        assertThat(rig.info(rig.deployments().getFirst()).creator())
                .isEqualTo(DeploymentCreator.CODE_DEPLOY_AUTO_UPDATE);
        assertThatThrownBy(() -> rig.deploy(v1)).isInstanceOf(DeploymentLimitExceededException.class);
        rig.pass(Duration.ofMinutes(5));
        assertThat(rig.revisionOf(late)).hasValue("v1");
    }

    private void takesFourMinutesOn(String instance, String event) {
        scripts.when(
                call -> call.instanceId().equals(instance) && call.event().equals(event),
                call -> new ScriptRunner.Result(LifecycleErrorCode.SUCCESS, "", "", "", Duration.ofMinutes(4), true));
    }

    @Test
    void an_agent_that_never_answers_fails_its_instance_after_five_minutes() {
        Rig rig = rig().instances(1);
        String instance = rig.inService().getFirst();
        rig.codeDeploy.silenceAgents(instance::equals);

        String id = rig.deploy(rig.put("v1.zip", release("v1")));
        rig.pass(Duration.ofMinutes(4));
        assertThat(rig.info(id).status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
        rig.pass(Duration.ofMinutes(2));

        assertThat(rig.info(id).status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(rig.event(id, instance, "ApplicationStop").diagnostics().message())
                .contains("agent was not able to receive the lifecycle event");
    }

    @Test
    void an_agent_that_comes_back_in_time_goes_on() {
        Rig rig = rig().instances(1);
        rig.codeDeploy.silenceAgents(instance -> true);
        String id = rig.deploy(rig.put("v1.zip", release("v1")));
        rig.pass(Duration.ofMinutes(4));

        rig.codeDeploy.silenceAgents(instance -> false);
        rig.pass(Duration.ofMinutes(2));

        assertThat(rig.info(id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    }

    @Test
    void a_script_that_hangs_fails_when_its_time_is_up() {
        Rig rig = rig().instances(1);
        scripts.hanging("v1", "ValidateService");

        String id = rig.deploy(rig.put("v1.zip", release("v1")));
        rig.pass(Duration.ofMinutes(1));

        assertThat(rig.event(id, rig.inService().getFirst(), "ValidateService")
                        .diagnostics()
                        .errorCode())
                .isEqualTo(LifecycleErrorCode.SCRIPT_TIMED_OUT);
    }

    @Test
    void a_broken_old_stop_script_blocks_the_release_unless_it_is_ignored() {
        Rig rig = rig().instances(1);
        rig.deployed(rig.put("v1.zip", release("v1")));
        scripts.failing("v1", "ApplicationStop");
        RevisionLocation v2 = rig.put("v2.zip", release("v2"));

        String strict = rig.codeDeploy
                .createDeployment(r ->
                        r.applicationName("checkout").deploymentGroupName("a").revision(v2))
                .deploymentId();
        rig.pass(Duration.ofMinutes(5));
        String lenient = rig.deployed(v2);

        assertThat(rig.info(strict).status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(rig.info(lenient).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    }

    @Test
    void a_stopped_deployment_is_over_and_frees_its_group() {
        Rig rig = rig().instances(1);
        RevisionLocation v1 = rig.put("v1.zip", release("v1"));
        String id = rig.deploy(v1);
        rig.pass(Duration.ofSeconds(10));

        rig.codeDeploy.stopDeployment(r -> r.deploymentId(id));

        assertThat(rig.info(id).status()).isEqualTo(DeploymentStatus.STOPPED);
        assertThatThrownBy(() -> rig.codeDeploy.stopDeployment(r -> r.deploymentId(id)))
                .isInstanceOf(DeploymentAlreadyCompletedException.class);
        assertThat(rig.info(rig.deployed(v1)).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
        assertThat(rig.info(id).status()).isEqualTo(DeploymentStatus.STOPPED);
    }

    @Test
    void an_instance_that_dies_during_the_deployment_fails() {
        Rig rig = rig().instances(2);
        List<String> instances = rig.inService();
        String id = rig.deploy(rig.put("v1.zip", release("v1")));
        rig.pass(Duration.ofSeconds(8));
        rig.world.kill(instances.getLast());
        rig.pass(Duration.ofMinutes(6));

        assertThat(rig.target(id, instances.getLast()).status()).isEqualTo(TargetStatus.FAILED);
        assertThat(rig.info(id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    }

    @Test
    void the_group_knows_its_last_successful_deployment() {
        Rig rig = rig().instances(1);
        String good = rig.deployed(rig.put("v1.zip", release("v1")));
        scripts.failing("v2", "ValidateService");
        String bad = rig.deployed(rig.put("v2.zip", release("v2")));

        var group = rig.codeDeploy
                .getDeploymentGroup(r -> r.applicationName("checkout").deploymentGroupName("a"))
                .deploymentGroupInfo();

        assertThat(group.lastSuccessfulDeployment().deploymentId()).isEqualTo(good);
        assertThat(group.lastAttemptedDeployment().deploymentId()).isEqualTo(bad);
    }

    @Test
    void targets_are_listed_and_fetched_twenty_five_at_a_time() {
        Rig rig = rig().instances(2);
        String id = rig.deploy(rig.put("v1.zip", release("v1")));
        assertThatThrownBy(() -> rig.codeDeploy.listDeploymentTargets(r -> r.deploymentId(id)))
                .isInstanceOf(DeploymentNotStartedException.class);
        rig.pass(Duration.ofMinutes(2));

        List<String> ids =
                rig.codeDeploy.listDeploymentTargets(r -> r.deploymentId(id)).targetIds();

        assertThat(ids).isEqualTo(rig.inService());
        assertThat(rig.codeDeploy
                        .batchGetDeploymentTargets(r -> r.deploymentId(id).targetIds(ids))
                        .deploymentTargets())
                .hasSize(2)
                .allSatisfy(
                        t -> assertThat(t.instanceTarget().lifecycleEvents()).hasSize(7));
        List<String> many = Collections.nCopies(26, ids.getFirst());
        assertThatThrownBy(() -> rig.codeDeploy.batchGetDeploymentTargets(
                        r -> r.deploymentId(id).targetIds(many)))
                .isInstanceOf(DeploymentTargetListSizeExceededException.class);
    }

    @Test
    void a_fleet_can_start_as_already_deployed() {
        Rig rig = rig().instances(2);

        rig.codeDeploy.alreadyDeployed("checkout", "a", rig.put("v1.zip", release("v1")));

        assertThat(rig.inService())
                .allSatisfy(i -> assertThat(rig.revisionOf(i)).hasValue("v1"));
        rig.instances(3);
        assertThat(rig.revisionOf(rig.inService().getLast())).hasValue("v1");
    }

    @Test
    void a_lambda_hook_gets_two_keys_and_is_answered_once() {
        Rig rig = rig();
        String id = rig.codeDeploy.beginHook(
                ComputePlatform.ECS, "shop", "blue", "BeforeAllowTraffic", "CodeDeployHook_check");
        String execution = rig.invoked.getFirst().replaceAll(".*ExecutionId\":\"([^\"]+).*", "$1");
        assertThat(rig.invoked)
                .containsExactly("CodeDeployHook_check {\"DeploymentId\":\"" + id
                        + "\",\"LifecycleEventHookExecutionId\":\"" + execution + "\"}");

        assertThatThrownBy(() -> answer(rig, id, "nonsense", LifecycleEventStatus.SUCCEEDED))
                .isInstanceOf(InvalidLifecycleEventHookExecutionIdException.class);
        assertThatThrownBy(() -> answer(rig, id, execution, LifecycleEventStatus.IN_PROGRESS))
                .isInstanceOf(InvalidLifecycleEventHookExecutionStatusException.class);
        answer(rig, id, execution, LifecycleEventStatus.SUCCEEDED);
        assertThatThrownBy(() -> answer(rig, id, execution, LifecycleEventStatus.FAILED))
                .isInstanceOf(LifecycleEventAlreadyCompletedException.class);
        assertThat(rig.info(id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
        assertThat(rig.info(id).computePlatform()).isEqualTo(ComputePlatform.ECS);
    }

    @Test
    void a_lambda_hook_that_is_silent_for_an_hour_has_failed() {
        Rig rig = rig();
        String id = rig.codeDeploy.beginHook(ComputePlatform.LAMBDA, "shop", "blue", "AfterAllowTraffic", "check");

        rig.pass(Duration.ofMinutes(59));
        assertThat(rig.info(id).status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
        rig.pass(Duration.ofMinutes(1));

        assertThat(rig.info(id).status()).isEqualTo(DeploymentStatus.FAILED);
    }

    @Test
    void a_deployment_to_instances_has_no_lambda_hooks_to_answer() {
        Rig rig = rig().instances(1);
        String id = rig.deploy(rig.put("v1.zip", release("v1")));

        assertThatThrownBy(() -> answer(rig, id, "any", LifecycleEventStatus.SUCCEEDED))
                .isInstanceOf(UnsupportedActionForDeploymentTypeException.class);
    }

    private static void answer(Rig rig, String id, String execution, LifecycleEventStatus status) {
        rig.codeDeploy.putLifecycleEventHookExecutionStatus(
                r -> r.deploymentId(id).lifecycleEventHookExecutionId(execution).status(status));
    }
}
