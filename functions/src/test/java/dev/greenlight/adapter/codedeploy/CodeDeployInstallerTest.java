package dev.greenlight.adapter.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.adapter.SandboxFleets;
import dev.greenlight.counterpart.Ground;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.rollout.Installation;
import dev.greenlight.domain.rollout.Restoration;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.Installer;
import dev.greenlight.port.Installer.Started;
import dev.greenlight.port.InstallerContract;
import dev.greenlight.sandbox.codedeploy.ModelledScripts;
import dev.greenlight.sandbox.codedeploy.ScriptRunner.Result;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.InstanceState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;

class CodeDeployInstallerTest extends InstallerContract {

    private static final RolloutId ROLLOUT = new RolloutId("r-1");
    private static final Restoration SECOND = new Restoration(2, 0, Optional.empty(), Optional.empty());

    private final ModelledScripts scripts = new ModelledScripts();
    private final SandboxFleets world = SandboxFleets.serving(2, scripts);
    private final Installer installer = adapters().installer();
    private final RevisionLocation v2 = Bundles.put(world.sandbox().revisions(), "v2");

    @Override
    protected Ground ground() {
        return world;
    }

    @Test
    void a_deployment_whose_answer_was_lost_is_not_made_twice() {
        green(1);
        world.sandbox().faults().failing(c -> c.operation().equals("CreateDeployment"), 1, Fault.lostAnswer());
        assertThatThrownBy(this::started)
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(CallFailed.Kind.UNAVAILABLE);
        assertThat(world.calls("CreateDeployment")).isEqualTo(1);
        started();
        assertThat(world.calls("CreateDeployment")).isEqualTo(1);
    }

    @Test
    void what_a_fleet_runs_is_what_was_installed_last_with_success() {
        assertThat(installer.standing(FleetName.B)).isEmpty();
        green(1);
        started();
        world.pass(Duration.ofMinutes(5));
        assertThat(installer.standing(FleetName.B)).contains(ground().revision());
    }

    @Test
    void what_was_there_before_comes_back_and_a_call_that_forgot_it_adopts_its_deployment() {
        List<String> green = green(1);
        String forward = started();
        assertThat(installer.begun(FleetName.B, ROLLOUT, SandboxFleets.START)).contains(forward);
        assertThat(installer.restore(FleetName.B, v2, ROLLOUT, Restoration.DUE, SandboxFleets.START))
                .isInstanceOf(Installer.Started.Busy.class);
        world.pass(Duration.ofMinutes(5));
        Installer.Started back = installer.restore(FleetName.B, v2, ROLLOUT, Restoration.DUE, SandboxFleets.START);
        assertThat(installer.restore(FleetName.B, v2, ROLLOUT, Restoration.DUE, SandboxFleets.START))
                .isEqualTo(back);
        String deployment = ((Installer.Started.By) back).deployment();
        assertThat(installer.followRestoring(FleetName.B, deployment, green)).isInstanceOf(Installation.Running.class);
        world.pass(Duration.ofMinutes(5));
        assertThat(installer.followRestoring(FleetName.B, deployment, green))
                .isEqualTo(new Installation.Succeeded(Set.copyOf(green)));
        assertThat(installer.standing(FleetName.B)).contains(v2);
        assertThat(installer.restore(FleetName.B, v2, ROLLOUT, SECOND, SandboxFleets.START))
                .isNotEqualTo(back);
    }

    /** A call that read the record before the rollout was taken back deployed it once more, after its way back. */
    @Test
    void what_came_back_and_was_installed_over_by_a_late_call_has_not_come_back() {
        List<String> green = green(1);
        String deployment = ((Installer.Started.By)
                        installer.restore(FleetName.B, v2, ROLLOUT, Restoration.DUE, SandboxFleets.START))
                .deployment();
        world.pass(Duration.ofMinutes(5));
        RevisionLocation v3 = Bundles.put(world.sandbox().revisions(), "v3");
        installer.start(FleetName.B, v3, new RolloutId("late"), SandboxFleets.START);
        assertThat(installer.followRestoring(FleetName.B, deployment, green))
                .isInstanceOfSatisfying(
                        Installation.Failed.class,
                        failed -> assertThat(failed.detail()).contains("came after " + deployment));
    }

    @Test
    void instances_that_were_launched_later_are_proven_by_their_own_deployments() {
        List<String> first = green(1);
        String deployment = started();
        world.pass(Duration.ofMinutes(5));
        List<String> all = green(3);
        assertThat(all).hasSize(3).containsAll(first);
        assertThat(installer.follow(FleetName.B, deployment, all))
                .isEqualTo(new Installation.Succeeded(Set.copyOf(all)));
    }

    /** A launch has a deployment of its own, and only some of them were looked into: a fleet of thirty was never proven. */
    @Test
    void forty_instances_that_were_launched_later_are_proven_too() {
        green(1);
        String deployment = started();
        world.pass(Duration.ofMinutes(5));
        List<String> all = green(40);
        assertThat(all).hasSize(40);
        assertThat(installer.follow(FleetName.B, deployment, all))
                .isEqualTo(new Installation.Succeeded(Set.copyOf(all)));
    }

    /** The same revision came again while an instance that had been launched with it before was not in service yet. */
    @Test
    void an_instance_whose_launch_began_before_the_deployment_is_proven_by_its_own() {
        green(1);
        installer.start(FleetName.B, v2, new RolloutId("r-0"), SandboxFleets.START);
        world.pass(Duration.ofMinutes(5));
        world.sandbox().world().capacity(world.b().autoScalingGroup(), new Capacity(0, 2, 60));
        world.pass(Duration.ofSeconds(55));
        String again = started();
        List<String> both = green(2);
        assertThat(world.sandbox()
                        .codeDeploy()
                        .listDeploymentTargets(r -> r.deploymentId(again))
                        .targetIds())
                .hasSize(1);
        assertThat(both).hasSize(2);
        assertThat(installer.follow(FleetName.B, again, both)).isEqualTo(new Installation.Succeeded(Set.copyOf(both)));
    }

    @Test
    void an_instance_that_had_the_revision_and_got_another_one_since_is_not_proven() {
        List<String> first = green(1);
        String deployment = started();
        world.pass(Duration.ofMinutes(5));
        List<String> both = green(2);
        RevisionLocation v3 = Bundles.put(world.sandbox().revisions(), "v3");
        installer.start(FleetName.B, v3, new RolloutId("r-2"), world.clock().instant());
        world.pass(Duration.ofMinutes(5));
        assertThat(both).hasSize(2);
        assertThat(installer.follow(FleetName.B, deployment, both))
                .isEqualTo(new Installation.Succeeded(Set.copyOf(first)));
    }

    @Test
    void an_instance_with_another_revision_is_not_proven() {
        List<String> green = green(1);
        String deployment = started();
        world.pass(Duration.ofMinutes(5));
        RevisionLocation v3 = Bundles.put(world.sandbox().revisions(), "v3");
        installer.start(FleetName.B, v3, new RolloutId("r-2"), world.clock().instant());
        world.pass(Duration.ofMinutes(5));
        List<String> all = green(2);
        Installation seen = installer.follow(FleetName.B, deployment, all);
        assertThat(seen).isEqualTo(new Installation.Succeeded(Set.copyOf(green)));
    }

    @Test
    void a_failed_script_is_named_with_its_instance_event_and_last_words() {
        scripts.failing("v2", "ValidateService");
        String instance = green(1).getFirst();
        String deployment = started();
        world.pass(Duration.ofMinutes(5));
        assertThat(installer.follow(FleetName.B, deployment, List.of(instance)))
                .isInstanceOfSatisfying(Installation.Failed.class, failed -> {
                    assertThat(failed.blamesRevision()).isTrue();
                    assertThat(failed.detail())
                            .contains(deployment, instance, "ValidateService", "ScriptFailed", "modelled failure")
                            .doesNotContain("\n");
                });
    }

    @Test
    void a_script_that_hangs_blames_the_revision_too() {
        scripts.hanging("v2", "ApplicationStart");
        List<String> green = green(1);
        String deployment = started();
        world.pass(Duration.ofHours(2));
        assertThat(installer.follow(FleetName.B, deployment, green))
                .isInstanceOfSatisfying(
                        Installation.Failed.class,
                        failed -> assertThat(failed.blamesRevision()).isTrue());
    }

    /** A hook that cannot be asked is no verdict: rule 8. */
    @Test
    void a_script_that_got_no_verdict_fails_the_deployment_and_does_not_blame_the_revision() {
        scripts.when(
                call -> call.event().equals("ValidateService"),
                call -> Result.failed(call.location(), 75, "the hook has not decided after 12 tries"));
        List<String> green = green(1);
        String deployment = started();
        world.pass(Duration.ofMinutes(5));
        assertThat(installer.follow(FleetName.B, deployment, green))
                .isInstanceOfSatisfying(Installation.Failed.class, failed -> {
                    assertThat(failed.blamesRevision()).isFalse();
                    assertThat(failed.detail()).contains("the hook has not decided");
                });
    }

    @Test
    void one_failed_instance_of_two_is_a_failure_although_codedeploy_calls_it_a_success() {
        List<String> green = green(2);
        scripts.when(
                call -> call.instanceId().equals(green.getLast())
                        && call.event().equals("AfterInstall"),
                call -> Result.failed(call.location(), 1, "disk full"));
        String deployment = started();
        world.pass(Duration.ofMinutes(5));
        assertThat(info(deployment).statusAsString()).isEqualTo("Succeeded");
        assertThat(installer.follow(FleetName.B, deployment, green))
                .isInstanceOfSatisfying(
                        Installation.Failed.class,
                        failed -> assertThat(failed.detail()).contains(green.getLast(), "disk full"));
    }

    /** Auto Scaling replaces an instance that dies in mid-install; its failure failed the whole rollout. */
    @Test
    void one_that_failed_and_has_left_the_service_since_does_not_fail_the_others() {
        List<String> green = green(2);
        scripts.when(
                call -> call.instanceId().equals(green.getLast())
                        && call.event().equals("AfterInstall"),
                call -> Result.failed(call.location(), 1, "gone"));
        String deployment = started();
        world.pass(Duration.ofMinutes(5));

        assertThat(installer.follow(FleetName.B, deployment, List.of(green.getFirst())))
                .isEqualTo(new Installation.Succeeded(Set.of(green.getFirst())));
    }

    @Test
    void an_agent_that_never_answers_does_not_blame_the_revision() {
        List<String> green = green(1);
        world.sandbox().deployments().silenceAgents(id -> true);
        String deployment = started();
        world.pass(Duration.ofHours(1));
        assertThat(installer.follow(FleetName.B, deployment, green))
                .isInstanceOfSatisfying(
                        Installation.Failed.class,
                        failed -> assertThat(failed.blamesRevision()).isFalse());
    }

    private String started() {
        return ((Started.By) installer.start(FleetName.B, v2, ROLLOUT, SandboxFleets.START)).deployment();
    }

    private DeploymentInfo info(String deployment) {
        return world.sandbox()
                .codeDeploy()
                .getDeployment(r -> r.deploymentId(deployment))
                .deploymentInfo();
    }

    private List<String> green(int size) {
        world.sandbox().world().capacity(world.b().autoScalingGroup(), new Capacity(0, size, 60));
        world.pass(Duration.ofMinutes(8));
        return world.sandbox().world().instances(world.b().autoScalingGroup()).stream()
                .filter(i -> i.state() == InstanceState.IN_SERVICE)
                .map(Instance::id)
                .toList();
    }
}
