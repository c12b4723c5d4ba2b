package dev.greenlight.adapter.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.adapter.Aws;
import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.rollout.Installation;
import dev.greenlight.domain.rollout.Restoration;
import dev.greenlight.domain.rollout.Rolling;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.Installer;
import dev.greenlight.sandbox.Landscape;
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.Setup;
import dev.greenlight.sandbox.Site;
import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.codedeploy.ModelledScripts;
import dev.greenlight.sandbox.world.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.MinimumHealthyHostsPerZoneType;
import software.amazon.awssdk.services.codedeploy.model.MinimumHealthyHostsType;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupInfo;

/** Deployments from one Availability Zone to the next, as CodeDeploy tells of them. */
class ZoneByZoneInstallerTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final RolloutId ROLLOUT = new RolloutId("r-1");

    private final ModelledScripts scripts = new ModelledScripts();
    private final SandboxClock clock = SandboxClock.ticked(START);
    private final Sandbox sandbox = Sandbox.of(
            Landscape.serving("checkout", "v1", 4).inZones(2),
            clock,
            Setup.modelled(clock).withScripts(scripts));
    private final Site site = sandbox.site();
    private final RevisionLocation v2 = Bundles.put(sandbox.revisions(), "v2");
    private final Installer installer = installer();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Installer installer() {
        CodeDeployClient codeDeploy = sandbox.codeDeploy();
        String group = site.a().autoScalingGroup();
        codeDeploy.deleteDeploymentGroup(r -> r.applicationName("checkout").deploymentGroupName(group));
        codeDeploy.createDeploymentGroup(r -> r.applicationName("checkout")
                .deploymentGroupName(group)
                .autoScalingGroups(group)
                .deploymentStyle(s -> s.deploymentType("IN_PLACE").deploymentOption("WITH_TRAFFIC_CONTROL"))
                .loadBalancerInfo(b -> b.targetGroupInfoList(TargetGroupInfo.builder()
                        .name(site.a().targetGroup().name())
                        .build())));
        configuration("forward", Duration.ofMinutes(10));
        configuration("back", Duration.ZERO);
        return new CodeDeployInstaller(
                codeDeploy,
                new Aws(pause -> {}),
                "checkout",
                fleet(FleetName.A, site.a()),
                fleet(FleetName.B, site.b()),
                Optional.of(new CodeDeployInstaller.ByZone("forward", "back")));
    }

    private void configuration(String name, Duration monitor) {
        sandbox.codeDeploy()
                .createDeploymentConfig(r -> r.deploymentConfigName(name)
                        .minimumHealthyHosts(m ->
                                m.type(MinimumHealthyHostsType.FLEET_PERCENT).value(50))
                        .zonalConfig(z -> z.monitorDurationInSeconds(monitor.toSeconds())
                                .minimumHealthyHostsPerZone(m -> m.type(MinimumHealthyHostsPerZoneType.FLEET_PERCENT)
                                        .value(0))));
    }

    private static Fleet fleet(FleetName name, Site.Fleet fleet) {
        return new Fleet(
                name, fleet.autoScalingGroup(), fleet.targetGroupArn(), fleet.autoScalingGroup(), Optional.empty());
    }

    private List<String> inService() {
        return sandbox.world().instances(site.a().autoScalingGroup()).stream()
                .map(Instance::id)
                .toList();
    }

    private String begun(int attempt) {
        return ((Installer.Started.By) installer.startByZone(FleetName.A, v2, ROLLOUT, attempt, START)).deployment();
    }

    private Installation followed(String deployment) {
        return installer.followByZone(FleetName.A, deployment, ROLLOUT, START, inService());
    }

    private Rolling.Batch batch(String deployment) {
        return ((Installation.Running) followed(deployment)).batch().orElseThrow();
    }

    @Test
    void it_tells_where_it_is_done_and_what_it_works_on() {
        String deployment = begun(1);
        assertThat(followed(deployment))
                .isEqualTo(new Installation.Running("deployment %s is Created".formatted(deployment)));
        clock.advance(Duration.ofSeconds(40));
        assertThat(batch(deployment).atWork()).hasSize(2);
        assertThat(batch(deployment).done()).isEmpty();
        clock.advance(Duration.ofMinutes(5));
        assertThat(batch(deployment).atWork()).isEmpty();
        assertThat(batch(deployment).done()).hasSize(2);
        clock.advance(Duration.ofMinutes(15));
        assertThat(followed(deployment))
                .isInstanceOfSatisfying(
                        Installation.Succeeded.class,
                        done -> assertThat(done.instances()).containsAll(inService()));
    }

    @Test
    void what_was_done_before_a_stop_stays_done_while_the_next_one_comes_to_it_again() {
        String first = begun(1);
        clock.advance(Duration.ofMinutes(5));
        installer.stop(first);
        Installation.Stopped stopped = (Installation.Stopped) followed(first);
        assertThat(stopped.batch().atWork()).isEmpty();
        assertThat(stopped.batch().done()).hasSize(2);

        String second = begun(2);
        assertThat(second).isNotEqualTo(first);
        assertThat(begun(2)).isEqualTo(second);
        clock.advance(Duration.ofMinutes(5));
        assertThat(batch(second).done()).containsAll(stopped.batch().done());
        clock.advance(Duration.ofMinutes(15));
        assertThat(followed(second)).isInstanceOf(Installation.Succeeded.class);
    }

    @Test
    void one_that_is_stopped_in_mid_install_tells_on_whom_nobody_knows_what_became() {
        String deployment = begun(1);
        clock.advance(Duration.ofSeconds(80));
        installer.stop(deployment);
        assertThat(((Installation.Stopped) followed(deployment)).batch().atWork())
                .hasSize(2);
    }

    @Test
    void one_instance_whose_script_fails_is_a_failure_before_codedeploy_calls_it_one() {
        String bad = inService().getFirst();
        scripts.when(
                call -> call.instanceId().equals(bad)
                        && call.event().equals("ValidateService")
                        && call.revision().equals("v2"),
                call -> dev.greenlight.sandbox.codedeploy.ScriptRunner.Result.failed(call.location(), 1, "no"));
        String deployment = begun(1);
        for (int i = 0; i < 60 && !(followed(deployment) instanceof Installation.Failed); i++) {
            clock.advance(Duration.ofSeconds(30));
        }
        assertThat(followed(deployment))
                .isInstanceOfSatisfying(
                        Installation.Failed.class,
                        failed -> assertThat(failed.blamesRevision()).isTrue());
    }

    /** One is left of four, and half of one, rounded up, has to stay. */
    @Test
    void where_nobody_may_go_it_is_refused_until_it_goes_to_all_at_once() {
        String alone = inService().getLast();
        inService().stream()
                .filter(id -> !id.equals(alone))
                .forEach(id -> sandbox.autoScaling()
                        .terminateInstanceInAutoScalingGroup(
                                r -> r.instanceId(id).shouldDecrementDesiredCapacity(false)));
        RevisionLocation v1 = Bundles.put(sandbox.revisions(), "v1-again");
        String refused = ((Installer.Started.By) installer.restore(FleetName.A, v1, ROLLOUT, Restoration.DUE, START))
                .deployment();
        clock.advance(Duration.ofSeconds(20));
        assertThat(installer.followRestoring(FleetName.A, refused, List.of(alone)))
                .isInstanceOfSatisfying(
                        Installation.Refused.class,
                        told -> assertThat(told.detail()).contains("HEALTH_CONSTRAINTS"));

        Restoration fourth = new Restoration(4, 3, Optional.empty(), Optional.empty());
        String back = ((Installer.Started.By) installer.restore(FleetName.A, v1, ROLLOUT, fourth, START)).deployment();
        clock.advance(Duration.ofMinutes(3));
        assertThat(installer.followRestoring(FleetName.A, back, List.of(alone)))
                .isInstanceOfSatisfying(
                        Installation.Succeeded.class,
                        done -> assertThat(done.instances()).contains(alone));
    }

    @Test
    void what_was_there_before_comes_back_zone_by_zone_too_and_is_not_watched() {
        RevisionLocation v1 = Bundles.put(sandbox.revisions(), "v1-again");
        String back = ((Installer.Started.By) installer.restore(FleetName.A, v1, ROLLOUT, Restoration.DUE, START))
                .deployment();
        clock.advance(Duration.ofSeconds(40));
        assertThat(sandbox.world().targetHealth(site.a().targetGroupArn()))
                .filteredOn(health -> health.state() == dev.greenlight.sandbox.world.TargetState.HEALTHY)
                .hasSize(2);
        clock.advance(Duration.ofMinutes(6));
        assertThat(installer.followRestoring(FleetName.A, back, inService()))
                .isInstanceOf(Installation.Succeeded.class);
    }
}
