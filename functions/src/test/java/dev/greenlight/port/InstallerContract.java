package dev.greenlight.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.counterpart.GroundContract;
import dev.greenlight.counterpart.Reads;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Instance;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.rollout.Installation;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.Installer.Started;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;

/** What everything that installs revisions does. */
public abstract class InstallerContract extends GroundContract {

    private static final RolloutId ROLLOUT = new RolloutId("r-1");

    private Installer installer() {
        return adapters().installer();
    }

    private String started() {
        return ((Started.By) start(ROLLOUT)).deployment();
    }

    private Started start(RolloutId rollout) {
        Instant since = ground().clock().instant().minus(Duration.ofMinutes(30));
        return installer().start(FleetName.B, ground().revision(), rollout, since);
    }

    /** Lets fleet B have that many instances. */
    private List<String> green(int size) {
        Fleets fleets = adapters().fleets();
        fleets.apply(
                FleetName.B,
                new ScalingPlan(size, OptionalInt.of(size), 10, Set.of()),
                fleets.groups().get(FleetName.B).scaling());
        ground().settle();
        return fleets.groups().get(FleetName.B).instances().stream()
                .map(Instance::id)
                .toList();
    }

    private DeploymentInfo info(String deployment) {
        return ground().clients()
                .codeDeploy()
                .getDeployment(r -> r.deploymentId(deployment))
                .deploymentInfo();
    }

    @Test
    void a_revision_is_installed_on_all_instances_of_the_fleet() {
        List<String> green = green(2);
        String deployment = started();
        ground().settle();
        assertThat(installer().follow(FleetName.B, deployment, green))
                .isEqualTo(new Installation.Succeeded(Set.copyOf(green)));
    }

    @Test
    void an_installation_that_has_just_begun_runs() {
        List<String> green = green(2);
        assertThat(installer().follow(FleetName.B, started(), green))
                .isInstanceOfSatisfying(
                        Installation.Running.class,
                        running -> assertThat(running.detail()).startsWith("deployment d-"));
    }

    @Test
    void the_deployment_is_asked_for_as_documented() {
        green(1);
        DeploymentInfo asked = info(started());
        assertThat(asked.description()).isEqualTo("greenlight r-1");
        assertThat(asked.deploymentConfigName()).isEqualTo("CodeDeployDefault.AllAtOnce");
        assertThat(asked.ignoreApplicationStopFailures()).isTrue();
        assertThat(asked.fileExistsBehaviorAsString()).isEqualTo("OVERWRITE");
        assertThat(asked.revision().s3Location().bundleTypeAsString()).isEqualTo("zip");
    }

    @Test
    void a_call_that_forgot_its_deployment_adopts_it() {
        green(1);
        assertThat(started()).isEqualTo(started());
    }

    @Test
    void another_deployment_in_the_group_is_waited_for() {
        green(1);
        start(new RolloutId("r-0"));
        assertThat(start(ROLLOUT)).isInstanceOf(Started.Busy.class);
    }

    @Test
    void a_deployment_that_was_stopped_has_failed_and_says_so() {
        List<String> green = green(1);
        String deployment = started();
        installer().stop(deployment);
        ground().settle();
        assertThat(installer().follow(FleetName.B, deployment, green))
                .isInstanceOfSatisfying(Installation.Failed.class, failed -> {
                    assertThat(failed.detail()).contains("was stopped");
                    assertThat(failed.blamesRevision()).isFalse();
                });
        installer().stop(deployment);
    }

    @Test
    void stopping_what_is_not_there_does_nothing() {
        installer().stop("d-000000000");
    }

    @Reads
    @Test
    void a_deployment_that_is_not_there_is_a_fault() {
        assertThatThrownBy(() -> installer().follow(FleetName.B, "d-000000000", List.of()))
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(CallFailed.Kind.INVALID);
    }
}
