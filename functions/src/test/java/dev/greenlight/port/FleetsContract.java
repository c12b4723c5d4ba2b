package dev.greenlight.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.counterpart.GroundContract;
import dev.greenlight.counterpart.Reads;
import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Instance;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.fleet.ScalingProcess;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every implementation of the fleets does. */
public abstract class FleetsContract extends GroundContract {

    private Fleets fleets() {
        return adapters().fleets();
    }

    @Reads
    @Test
    void both_groups_are_read_with_sizes_that_fit_together() {
        assertThat(fleets().groups()).containsOnlyKeys(FleetName.A, FleetName.B).allSatisfy((fleet, group) -> {
            assertThat(group.scaling().minimum())
                    .isLessThanOrEqualTo(group.scaling().desired());
            assertThat(group.scaling().desired())
                    .isLessThanOrEqualTo(group.scaling().maximum());
        });
    }

    @Test
    void sizes_instances_and_what_they_are_launched_from_are_read() {
        assertThat(scaling(FleetName.A)).isEqualTo(new Scaling(2, 2, 10, Set.of()));
        assertThat(fleets().groups().get(FleetName.A).instances()).hasSize(2).allMatch(Instance::inService);
        assertThat(fleets().groups().get(FleetName.B).instances()).isEmpty();
    }

    @Test
    void a_minimum_above_the_number_of_instances_raises_both_in_one_write() {
        apply(FleetName.B, new ScalingPlan(3, OptionalInt.empty(), 10, Set.of()));
        assertThat(scaling(FleetName.B)).isEqualTo(new Scaling(3, 3, 10, Set.of()));
    }

    @Test
    void a_maximum_below_the_number_of_instances_lowers_both() {
        apply(FleetName.A, new ScalingPlan(0, OptionalInt.empty(), 1, Set.of()));
        assertThat(scaling(FleetName.A)).isEqualTo(new Scaling(0, 1, 1, Set.of()));
    }

    @Test
    void a_plan_without_a_number_leaves_it_alone() {
        apply(FleetName.A, new ScalingPlan(1, OptionalInt.empty(), 8, Set.of()));
        assertThat(scaling(FleetName.A)).isEqualTo(new Scaling(1, 2, 8, Set.of()));
    }

    @Test
    void processes_are_suspended_and_resumed_as_the_plan_says() {
        Set<ScalingProcess> all = EnumSet.allOf(ScalingProcess.class);
        apply(FleetName.A, new ScalingPlan(2, OptionalInt.empty(), 10, all));
        assertThat(scaling(FleetName.A).suspended()).isEqualTo(all);
        apply(FleetName.A, new ScalingPlan(2, OptionalInt.empty(), 10, Set.of(ScalingProcess.AZ_REBALANCE)));
        assertThat(scaling(FleetName.A).suspended()).containsExactly(ScalingProcess.AZ_REBALANCE);
    }

    @Test
    void a_group_launches_from_the_version_that_it_was_given_and_its_instances_stay_what_they_are() {
        LaunchSource.Template before = template(FleetName.A);
        List<Instance> instances = fleets().groups().get(FleetName.A).instances();
        LaunchSource.Template newest = ground().revised(before);
        assertThat(template(FleetName.A)).isEqualTo(before);

        fleets().launchFrom(FleetName.A, newest);
        fleets().launchFrom(FleetName.A, newest);

        assertThat(template(FleetName.A)).isEqualTo(newest);
        assertThat(scaling(FleetName.A)).isEqualTo(new Scaling(2, 2, 10, Set.of()));
        assertThat(fleets().groups().get(FleetName.A).instances())
                .hasSize(2)
                .containsExactlyInAnyOrderElementsOf(instances)
                .noneMatch(instance -> instance.origin().equals(Optional.of(newest)));
    }

    private LaunchSource.Template template(FleetName fleet) {
        return (LaunchSource.Template) fleets().groups().get(fleet).source();
    }

    @Test
    void a_process_that_someone_else_suspended_stays_suspended() {
        String group = ground().a().autoScalingGroup();
        ground().clients()
                .autoScaling()
                .suspendProcesses(r -> r.autoScalingGroupName(group).scalingProcesses("InstanceRefresh"));
        apply(FleetName.A, new ScalingPlan(2, OptionalInt.empty(), 10, Set.of(ScalingProcess.AZ_REBALANCE)));
        apply(FleetName.A, new ScalingPlan(2, OptionalInt.empty(), 10, Set.of()));
        assertThat(ground().clients()
                        .autoScaling()
                        .describeAutoScalingGroups(r -> r.autoScalingGroupNames(group))
                        .autoScalingGroups()
                        .getFirst()
                        .suspendedProcesses())
                .extracting(p -> p.processName())
                .containsExactly("InstanceRefresh");
    }

    @Test
    void a_group_that_was_told_to_grow_has_its_instances_in_service_soon_and_one_told_to_shrink_loses_them() {
        apply(FleetName.B, new ScalingPlan(2, OptionalInt.empty(), 10, Set.of()));
        ground().settle();
        assertThat(fleets().groups().get(FleetName.B).instances()).hasSize(2).allMatch(Instance::inService);
        apply(FleetName.B, new ScalingPlan(0, OptionalInt.of(0), 10, Set.of()));
        ground().settle();
        assertThat(fleets().groups().get(FleetName.B).instances()).isEmpty();
    }

    @Test
    void launches_that_went_well_are_no_trouble() {
        Instant before = ground().clock().instant().minusSeconds(60);
        apply(FleetName.B, new ScalingPlan(1, OptionalInt.empty(), 10, Set.of()));
        ground().settle();
        assertThat(fleets().launchTrouble(FleetName.B, before)).isEmpty();
    }

    @Test
    void instances_that_have_been_there_for_a_while_pass_their_status_checks() {
        List<String> ids = fleets().groups().get(FleetName.A).instances().stream()
                .map(Instance::id)
                .toList();
        assertThat(fleets().statusChecks(ids))
                .isEqualTo(Map.of(ids.getFirst(), Optional.of(true), ids.getLast(), Optional.of(true)));
    }

    @Reads
    @Test
    void an_instance_that_never_was_is_a_fault() {
        assertThatThrownBy(() -> fleets().statusChecks(List.of("i-0123456789abcdef0")))
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(CallFailed.Kind.INVALID);
    }

    @Test
    void a_group_that_is_not_there_can_be_given_no_sizes() {
        Fleet gone = new Fleet(FleetName.B, "no-such-group", "tg", "dg", Optional.empty());
        Scaling now = new Scaling(0, 0, 10, Set.of());
        assertThatThrownBy(() -> adapters()
                        .fleets(gone)
                        .apply(FleetName.B, new ScalingPlan(1, OptionalInt.of(1), 10, Set.of()), now))
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(CallFailed.Kind.INVALID);
        assertThatThrownBy(() -> adapters()
                        .fleets(gone)
                        .apply(
                                FleetName.B,
                                new ScalingPlan(0, OptionalInt.empty(), 10, Set.of(ScalingProcess.HEALTH_CHECK)),
                                now))
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(CallFailed.Kind.INVALID);
    }

    @Reads
    @Test
    void a_group_that_is_not_there_is_a_fault_of_the_settings() {
        Fleet gone = new Fleet(FleetName.B, "no-such-group", "tg", "dg", Optional.empty());
        assertThatThrownBy(() -> adapters().fleets(gone).groups())
                .hasMessageContaining("no-such-group")
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(CallFailed.Kind.INVALID);
    }

    @Test
    void applying_a_plan_twice_changes_nothing_more() {
        ScalingPlan plan = new ScalingPlan(3, OptionalInt.of(4), 9, Set.of(ScalingProcess.HEALTH_CHECK));
        apply(FleetName.A, plan);
        Scaling once = scaling(FleetName.A);
        apply(FleetName.A, plan);
        assertThat(scaling(FleetName.A)).isEqualTo(once);
        assertThat(plan.holdsFor(once)).isTrue();
    }

    private void apply(FleetName fleet, ScalingPlan plan) {
        fleets().apply(fleet, plan, scaling(fleet));
    }

    private Scaling scaling(FleetName fleet) {
        return fleets().groups().get(fleet).scaling();
    }
}
