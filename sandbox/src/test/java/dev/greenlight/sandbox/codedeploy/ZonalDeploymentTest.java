package dev.greenlight.sandbox.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.sandbox.Landscape;
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.Setup;
import dev.greenlight.sandbox.Site;
import dev.greenlight.sandbox.app.Behaviour;
import dev.greenlight.sandbox.app.SampleBundle;
import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.InstanceTarget;
import software.amazon.awssdk.services.codedeploy.model.MinimumHealthyHostsPerZoneType;
import software.amazon.awssdk.services.codedeploy.model.MinimumHealthyHostsType;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.TargetStatus;

/** Deployments with traffic control that go from one Availability Zone to the next. */
class ZonalDeploymentTest {

    private static final Duration MONITOR = Duration.ofMinutes(10);

    private final ModelledScripts scripts = new ModelledScripts();
    private Sandbox sandbox;
    private CodeDeployClient codeDeploy;

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Site site(int instances) {
        SandboxClock clock = SandboxClock.ticked(Instant.parse("2026-03-02T09:00:00Z"));
        Landscape landscape = Landscape.serving("checkout", "v1", instances).inZones(2);
        sandbox = Sandbox.of(landscape, clock, Setup.modelled(clock).withScripts(scripts));
        codeDeploy = sandbox.codeDeploy();
        Site site = sandbox.site();
        String group = site.a().autoScalingGroup();
        codeDeploy.deleteDeploymentGroup(r -> r.applicationName("checkout").deploymentGroupName(group));
        codeDeploy.createDeploymentGroup(r -> r.applicationName("checkout")
                .deploymentGroupName(group)
                .autoScalingGroups(group)
                .deploymentStyle(s -> s.deploymentType("IN_PLACE").deploymentOption("WITH_TRAFFIC_CONTROL"))
                .loadBalancerInfo(b -> b.targetGroupInfoList(TargetGroupInfo.builder()
                        .name(site.a().targetGroup().name())
                        .build())));
        return site;
    }

    private void configuration(int fleetPercent, int zonePercent) {
        codeDeploy.createDeploymentConfig(r -> r.deploymentConfigName("zone-by-zone")
                .minimumHealthyHosts(
                        m -> m.type(MinimumHealthyHostsType.FLEET_PERCENT).value(fleetPercent))
                .zonalConfig(z -> z.monitorDurationInSeconds(MONITOR.toSeconds())
                        .minimumHealthyHostsPerZone(m -> m.type(MinimumHealthyHostsPerZoneType.FLEET_PERCENT)
                                .value(zonePercent))));
    }

    private String deploy(Site site, String version) {
        sandbox.revisions().put("bucket", version, SampleBundle.zip(version, Behaviour.good()));
        return codeDeploy
                .createDeployment(r -> r.applicationName("checkout")
                        .deploymentGroupName(site.a().autoScalingGroup())
                        .deploymentConfigName("zone-by-zone")
                        .ignoreApplicationStopFailures(true)
                        .fileExistsBehavior("OVERWRITE")
                        .revision(RevisionLocation.builder()
                                .revisionType(RevisionLocationType.S3)
                                .s3Location(s -> s.bucket("bucket").key(version).bundleType("zip"))
                                .build()))
                .deploymentId();
    }

    private void pass(Duration time) {
        sandbox.clock().advance(time);
    }

    private DeploymentInfo info(String id) {
        return codeDeploy.getDeployment(r -> r.deploymentId(id)).deploymentInfo();
    }

    private Map<String, Set<TargetStatus>> byZone(Site site, String id) {
        return sandbox.world().instances(site.a().autoScalingGroup()).stream()
                .collect(Collectors.groupingBy(
                        Instance::zone,
                        TreeMap::new,
                        Collectors.mapping(
                                instance -> target(id, instance).status(), Collectors.toCollection(TreeSet::new))));
    }

    private InstanceTarget target(String id, Instance instance) {
        return codeDeploy
                .getDeploymentTarget(r -> r.deploymentId(id).targetId(instance.id()))
                .deploymentTarget()
                .instanceTarget();
    }

    private long healthy(Site site) {
        return sandbox.world().targetHealth(site.a().targetGroupArn()).stream()
                .filter(health -> health.state() == TargetState.HEALTHY)
                .count();
    }

    @Test
    void one_zone_is_done_before_the_next_and_its_monitor_time_passes_between() {
        Site site = site(4);
        configuration(50, 0);
        String id = deploy(site, "v2");
        pass(Duration.ofSeconds(30));
        assertThat(healthy(site)).isEqualTo(2);
        pass(Duration.ofMinutes(4));

        assertThat(byZone(site, id).values())
                .containsExactlyInAnyOrder(Set.of(TargetStatus.SUCCEEDED), Set.of(TargetStatus.PENDING));
        assertThat(healthy(site)).isEqualTo(4);
        pass(MONITOR.plusMinutes(4));
        assertThat(info(id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
        assertThat(healthy(site)).isEqualTo(4);
        assertThat(info(id).deploymentConfigName()).isEqualTo("zone-by-zone");
    }

    @Test
    void an_instance_drains_before_it_is_installed_on_and_is_healthy_again_before_the_next() {
        Site site = site(2);
        configuration(50, 0);
        String id = deploy(site, "v2");
        pass(Duration.ofSeconds(45));
        assertThat(sandbox.world().targetHealth(site.a().targetGroupArn()))
                .extracting(health -> health.state())
                .containsExactlyInAnyOrder(TargetState.HEALTHY, TargetState.DRAINING);
        pass(Duration.ofMinutes(3));
        List<InstanceTarget> targets = sandbox.world().instances(site.a().autoScalingGroup()).stream()
                .map(instance -> target(id, instance))
                .filter(target -> target.status() == TargetStatus.SUCCEEDED)
                .toList();
        assertThat(targets).hasSize(1);
        assertThat(targets.getFirst().lifecycleEvents())
                .extracting(event -> event.lifecycleEventName())
                .startsWith("BeforeBlockTraffic", "BlockTraffic", "AfterBlockTraffic", "ApplicationStop")
                .endsWith("ValidateService", "BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic");
    }

    @Test
    void in_a_zone_no_more_are_out_than_the_configuration_leaves() {
        Site site = site(6);
        configuration(50, 50);
        deploy(site, "v2");
        pass(Duration.ofSeconds(40));
        // Half of three, rounded up, stays: one goes.
        assertThat(healthy(site)).isEqualTo(5);
    }

    @Test
    void where_the_rounding_leaves_nobody_to_go_the_deployment_fails_and_nobody_was_touched() {
        Site site = site(2);
        configuration(50, 50);
        String id = deploy(site, "v2");
        pass(Duration.ofMinutes(2));
        assertThat(info(id).status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(healthy(site)).isEqualTo(2);
    }

    @Test
    void a_revision_that_fails_in_one_zone_never_comes_to_the_other() {
        Site site = site(4);
        configuration(50, 0);
        scripts.failing("v2", "ValidateService");
        String id = deploy(site, "v2");
        pass(MONITOR.multipliedBy(3));
        assertThat(info(id).status()).isEqualTo(DeploymentStatus.FAILED);
        assertThat(byZone(site, id).values())
                .containsExactlyInAnyOrder(Set.of(TargetStatus.FAILED), Set.of(TargetStatus.SKIPPED));
        assertThat(healthy(site)).isEqualTo(2);
    }

    @Test
    void one_that_is_stopped_in_its_monitor_time_has_left_nobody_in_between() {
        Site site = site(4);
        configuration(50, 0);
        String id = deploy(site, "v2");
        pass(Duration.ofMinutes(5));
        codeDeploy.stopDeployment(r -> r.deploymentId(id));
        pass(MONITOR.multipliedBy(2));
        assertThat(byZone(site, id).values())
                .containsExactlyInAnyOrder(Set.of(TargetStatus.SUCCEEDED), Set.of(TargetStatus.SKIPPED));
        assertThat(healthy(site)).isEqualTo(4);
    }

    @Test
    void one_that_is_stopped_in_mid_install_leaves_instances_out_and_the_next_one_begins_with_them() {
        Site site = site(4);
        configuration(50, 0);
        String id = deploy(site, "v2");
        pass(Duration.ofSeconds(80));
        codeDeploy.stopDeployment(r -> r.deploymentId(id));
        pass(Duration.ofMinutes(5));
        assertThat(healthy(site)).isEqualTo(2);

        deploy(site, "v3");
        pass(Duration.ofMinutes(4));
        assertThat(healthy(site)).isEqualTo(4);
    }
}
