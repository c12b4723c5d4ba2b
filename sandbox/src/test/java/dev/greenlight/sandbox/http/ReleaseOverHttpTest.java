package dev.greenlight.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.sandbox.app.Behaviour;
import dev.greenlight.sandbox.app.SampleBundle;
import dev.greenlight.sandbox.codedeploy.DeployTimings;
import dev.greenlight.sandbox.codedeploy.InstanceDisks;
import dev.greenlight.sandbox.codedeploy.ProcessScripts;
import dev.greenlight.sandbox.codedeploy.Revisions;
import dev.greenlight.sandbox.codedeploy.SimulatedCodeDeploy;
import dev.greenlight.sandbox.world.Account;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.TargetState;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;

/** From a zip to an answer: CodeDeploy unpacks the sample app, runs its scripts, and the instance serves what they installed. */
class ReleaseOverHttpTest {

    @TempDir
    Path disks;

    private final Revisions revisions = new Revisions();
    private HttpWorld shop;
    private SimulatedCodeDeploy codeDeploy;

    @BeforeEach
    void build() {
        shop = HttpWorld.ticked(disks, HttpSettings.exact());
        codeDeploy = new SimulatedCodeDeploy(
                shop.world,
                Account.example(),
                revisions,
                new SimulatedCodeDeploy.Settings(
                        new ProcessScripts(), new InstanceDisks(disks), DeployTimings.ordinary(), Runnable::run),
                event -> {},
                (function, payload) -> {});
        codeDeploy.createApplication(request -> request.applicationName("checkout"));
        codeDeploy.createDeploymentGroup(request -> request.applicationName("checkout")
                .deploymentGroupName("fleet-a")
                .autoScalingGroups("fleet-a"));
        shop.world.capacity("fleet-a", new Capacity(2, 2, 10));
        shop.route(HttpWorld.only(shop.a));
        shop.clock.advance(Duration.ofMinutes(2));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private DeploymentStatus release(String version, Behaviour behaviour) {
        Revisions.Stored stored = revisions.put("builds", "checkout.zip", SampleBundle.zip(version, behaviour));
        String id = codeDeploy
                .createDeployment(request -> request.applicationName("checkout")
                        .deploymentGroupName("fleet-a")
                        .fileExistsBehavior("OVERWRITE")
                        .revision(revision -> revision.revisionType(RevisionLocationType.S3)
                                .s3Location(s3 -> s3.bucket(stored.bucket())
                                        .key(stored.key())
                                        .version(stored.version())
                                        .bundleType("zip"))))
                .deploymentId();
        shop.clock.advance(Duration.ofMinutes(5));
        return codeDeploy
                .getDeployment(request -> request.deploymentId(id))
                .deploymentInfo()
                .status();
    }

    @Test
    void a_revision_is_installed_by_its_own_scripts_and_answers_users() {
        assertThat(shop.versions(4)).containsOnly("none");

        assertThat(release("v1", Behaviour.good())).isEqualTo(DeploymentStatus.SUCCEEDED);

        assertThat(shop.world.targetHealth(shop.a.arn()))
                .hasSize(2)
                .allMatch(target -> target.state() == TargetState.HEALTHY);
        assertThat(shop.versions(4)).containsOnly("v1");
    }

    @Test
    void the_next_revision_replaces_it_in_place() {
        release("v1", Behaviour.good());

        assertThat(release("v2", Behaviour.good().failing("/checkout", 1))).isEqualTo(DeploymentStatus.SUCCEEDED);

        assertThat(shop.versions(4)).containsOnly("v2");
        assertThat(shop.get("/checkout").outcome().failed()).isTrue();
        assertThat(shop.get("/health").outcome().failed()).isFalse();
    }

    @Test
    void a_release_that_fails_its_self_test_fails_the_deployment() {
        assertThat(release("v1", Behaviour.good().failingItsSelfTest())).isEqualTo(DeploymentStatus.FAILED);
    }

    @Test
    void an_instance_that_comes_later_serves_the_last_successful_revision() {
        release("v1", Behaviour.good());
        shop.world.instances("fleet-a").forEach(instance -> shop.world.kill(instance.id()));

        shop.clock.advance(Duration.ofMinutes(10));

        assertThat(shop.world.targetHealth(shop.a.arn()))
                .hasSize(2)
                .allMatch(target -> target.state() == TargetState.HEALTHY);
        assertThat(shop.versions(4)).containsOnly("v1");
    }
}
