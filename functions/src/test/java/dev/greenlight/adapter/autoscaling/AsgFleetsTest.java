package dev.greenlight.adapter.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.adapter.SandboxFleets;
import dev.greenlight.counterpart.Ground;
import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Instance;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.fleet.ScalingProcess;
import dev.greenlight.port.Fleets;
import dev.greenlight.port.FleetsContract;
import dev.greenlight.sandbox.world.LaunchHook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;

class AsgFleetsTest extends FleetsContract {

    /** Long enough for a launch to begin, too short for it to end. */
    private static final Duration BOOTING = Duration.ofSeconds(15);

    private final SandboxFleets world = SandboxFleets.serving(2);
    private final Fleets fleets = adapters().fleets();

    @Override
    protected Ground ground() {
        return world;
    }

    @Test
    void both_groups_are_read_in_one_call() {
        fleets.groups();
        assertThat(world.calls("DescribeAutoScalingGroups")).isEqualTo(1);
    }

    @Test
    void what_the_stack_wants_of_a_fleet_is_what_the_settings_say_and_costs_no_call() {
        LaunchSource.Template wanted = new LaunchSource.Template("lt-a", "7");
        Fleet told = new Fleet(FleetName.A, "a", "tg", "dg", Optional.of(wanted));
        AsgFleets knowing = new AsgFleets(world.sandbox().autoScaling(), this::nobody, world.aws(), told, world.b());

        assertThat(knowing.newest(FleetName.A)).contains(wanted);
        assertThat(knowing.newest(FleetName.B)).isEmpty();
        assertThat(world.sandbox().calls().all()).isEmpty();
    }

    private Ec2Client nobody() {
        throw new AssertionError("the largest client of all was loaded for nothing");
    }

    @Test
    void what_is_as_it_should_be_is_not_written() {
        apply(FleetName.A, ScalingPlan.unpinned(scaling(FleetName.A)));
        assertThat(world.calls("UpdateAutoScalingGroup")).isZero();
        assertThat(world.calls("SuspendProcesses")).isZero();
        assertThat(world.calls("ResumeProcesses")).isZero();
    }

    @Test
    void protection_is_there_before_sizes_change() {
        apply(FleetName.A, ScalingPlan.pinned(4, scaling(FleetName.A), Set.of(ScalingProcess.AZ_REBALANCE)));
        assertThat(world.sandbox().calls().all())
                .extracting(c -> c.operation())
                .containsSubsequence("SuspendProcesses", "UpdateAutoScalingGroup");
    }

    @Test
    void an_instance_that_still_boots_is_not_in_service() {
        apply(FleetName.B, new ScalingPlan(1, OptionalInt.empty(), 10, Set.of()));
        world.pass(BOOTING);
        assertThat(fleets.groups().get(FleetName.B).instances()).hasSize(1).noneMatch(Instance::inService);
    }

    @Test
    void launches_that_are_abandoned_are_told_with_their_reason() {
        LaunchHook abandons = (instance, completion) -> completion.abandon();
        world.sandbox().world().launchHook(world.b().autoScalingGroup(), abandons);
        apply(FleetName.B, new ScalingPlan(1, OptionalInt.empty(), 10, Set.of()));
        world.pass(Duration.ofMinutes(10));
        assertThat(fleets.launchTrouble(FleetName.B, SandboxFleets.START))
                .get()
                .asString()
                .containsIgnoringCase("abandon");
        assertThat(fleets.launchTrouble(FleetName.B, world.clock().instant().plusSeconds(1)))
                .isEmpty();
        assertThat(fleets.launchTrouble(FleetName.A, SandboxFleets.START)).isEmpty();
    }

    @Test
    void status_checks_are_unanswered_until_they_pass() {
        apply(FleetName.B, new ScalingPlan(1, OptionalInt.empty(), 10, Set.of()));
        world.pass(BOOTING);
        String fresh = fleets.groups().get(FleetName.B).instances().getFirst().id();
        assertThat(fleets.statusChecks(List.of(fresh))).containsEntry(fresh, Optional.empty());
        world.pass(Duration.ofMinutes(15));
        assertThat(fleets.statusChecks(List.of(fresh))).containsEntry(fresh, Optional.of(true));
    }

    @Test
    void nobody_asks_ec2_about_no_instances() {
        AsgFleets without =
                new AsgFleets(world.sandbox().autoScaling(), this::nobody, world.aws(), world.a(), world.b());
        assertThat(without.statusChecks(List.of())).isEmpty();
    }

    private Scaling scaling(FleetName fleet) {
        return fleets.groups().get(fleet).scaling();
    }

    private void apply(FleetName fleet, ScalingPlan plan) {
        fleets.apply(fleet, plan, scaling(fleet));
    }
}
