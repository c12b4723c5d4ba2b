package dev.greenlight.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Instance;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.fleet.ScalingProcess;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every implementation of the fleets does. Fleet A has two instances and a maximum of ten, fleet B is empty. */
public abstract class FleetsContract {

    protected abstract Fleets fleets();

    @Test
    void both_groups_are_read() {
        assertThat(fleets().groups()).containsOnlyKeys(FleetName.A, FleetName.B);
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
        LaunchSource.Template newest = new LaunchSource.Template(before.id(), "2");
        revise(before);
        assertThat(template(FleetName.A)).isEqualTo(before);

        fleets().launchFrom(FleetName.A, newest);
        fleets().launchFrom(FleetName.A, newest);

        assertThat(template(FleetName.A)).isEqualTo(newest);
        assertThat(scaling(FleetName.A)).isEqualTo(new Scaling(2, 2, 10, Set.of()));
        assertThat(fleets().groups().get(FleetName.A).instances())
                .hasSize(2)
                .allMatch(instance -> instance.origin().equals(Optional.of(before)));
    }

    private LaunchSource.Template template(FleetName fleet) {
        return (LaunchSource.Template) fleets().groups().get(fleet).source();
    }

    /** Gives the launch template one more version. */
    protected abstract void revise(LaunchSource.Template template);

    @Test
    void applying_a_plan_twice_changes_nothing_more() {
        ScalingPlan plan = new ScalingPlan(3, OptionalInt.of(4), 9, Set.of(ScalingProcess.HEALTH_CHECK));
        apply(FleetName.A, plan);
        Scaling once = scaling(FleetName.A);
        apply(FleetName.A, plan);
        assertThat(scaling(FleetName.A)).isEqualTo(once);
        assertThat(plan.holdsFor(once)).isTrue();
    }

    protected void apply(FleetName fleet, ScalingPlan plan) {
        fleets().apply(fleet, plan, scaling(fleet));
    }

    protected Scaling scaling(FleetName fleet) {
        return fleets().groups().get(fleet).scaling();
    }
}
