package dev.greenlight.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which of a group's instances are there, are coming, or are on their way out. */
class FleetStateTest {

    private static final Instance SERVES = new Instance("i-1", true, false, Optional.empty());
    private static final Instance COMES = new Instance("i-2", false, true, Optional.empty());
    private static final Instance COMES_AS_WELL = new Instance("i-3", false, true, Optional.empty());
    private static final Instance LEAVES = new Instance("i-4", false, false, Optional.empty());

    private static FleetState fleet(int desired, Instance... instances) {
        return new FleetState(FleetName.A, new Scaling(0, desired, 8, Set.of()), List.of(instances), Targets.NONE);
    }

    @Test
    void what_is_being_launched_counts_towards_the_groups_size_and_what_leaves_does_not() {
        assertThat(fleet(3, SERVES, COMES, COMES_AS_WELL, LEAVES).counted()).isEqualTo(3);
    }

    /** Retirement of blue would wait for an instance that a policy has just added. */
    @Test
    void what_is_being_launched_is_not_on_its_way_out() {
        assertThat(fleet(1, SERVES, COMES, COMES_AS_WELL).leaving()).isZero();
        assertThat(fleet(1, SERVES, COMES, LEAVES).leaving()).isOne();
    }

    @Test
    void of_a_group_that_is_to_have_none_everything_is() {
        assertThat(fleet(0, SERVES, COMES, LEAVES).leaving()).isEqualTo(3);
    }
}
