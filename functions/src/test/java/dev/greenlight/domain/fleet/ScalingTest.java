package dev.greenlight.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingTest {

    private static final Scaling FOUND = new Scaling(2, 4, 12, Set.of(ScalingProcess.HEALTH_CHECK));

    @ParameterizedTest
    @CsvSource({"-1, 0, 0", "2, 1, 3", "1, 3, 2"})
    void sizes_that_do_not_rise_are_refused(int minimum, int desired, int maximum) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Scaling(minimum, desired, maximum, Set.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScalingPlan(minimum, OptionalInt.of(desired), maximum, Set.of()));
    }

    @Test
    void a_sleeping_group_keeps_its_maximum_and_its_processes() {
        assertThat(FOUND.asleep()).isEqualTo(new Scaling(0, 0, 12, Set.of(ScalingProcess.HEALTH_CHECK)));
    }

    @Test
    void a_pin_adds_to_what_was_suspended_and_leaves_the_number_of_instances_to_the_load() {
        ScalingPlan pinned = ScalingPlan.pinned(4, FOUND, Set.of(ScalingProcess.AZ_REBALANCE));

        assertThat(pinned)
                .isEqualTo(new ScalingPlan(
                        4, OptionalInt.empty(), 12, Set.of(ScalingProcess.AZ_REBALANCE, ScalingProcess.HEALTH_CHECK)));
    }

    @Test
    void a_pin_may_suspend_nothing_at_all() {
        Scaling nothingSuspended = new Scaling(0, 1, 12, Set.of());

        assertThat(ScalingPlan.pinned(4, nothingSuspended, Set.of()).suspended())
                .isEmpty();
    }

    /** What stands in the journal when a fleet is pinned or sized. */
    @Test
    void a_plan_says_in_words_what_a_group_is_set_to() {
        assertThat(new ScalingPlan(2, OptionalInt.empty(), 12, Set.of())).hasToString("2 to 12 instances");
        assertThat(new ScalingPlan(
                        1,
                        OptionalInt.of(4),
                        12,
                        Set.of(ScalingProcess.SCHEDULED_ACTIONS, ScalingProcess.AZ_REBALANCE)))
                .hasToString("1 to 12 instances, 4 now, suspended: AZRebalance, ScheduledActions");
    }

    /** "Suspend and resume Amazon EC2 Auto Scaling processes": another name suspends nothing. */
    @Test
    void processes_have_the_names_that_auto_scaling_knows() {
        assertThat(ScalingProcess.values())
                .extracting(ScalingProcess::apiName)
                .containsExactly(
                        "AlarmNotification", "AZRebalance", "HealthCheck", "ReplaceUnhealthy", "ScheduledActions");
    }

    @Test
    void unpinned_is_as_found() {
        assertThat(ScalingPlan.unpinned(FOUND))
                .isEqualTo(new ScalingPlan(2, OptionalInt.empty(), 12, FOUND.suspended()));
    }

    @Test
    void an_exact_size_lowers_the_minimum_and_raises_the_maximum_where_it_must() {
        ScalingPlan unpinned = ScalingPlan.unpinned(FOUND);

        assertThat(unpinned.sized(0)).isEqualTo(new ScalingPlan(0, OptionalInt.of(0), 12, FOUND.suspended()));
        assertThat(unpinned.sized(20)).isEqualTo(new ScalingPlan(2, OptionalInt.of(20), 20, FOUND.suspended()));
    }

    @Test
    void a_plan_without_a_size_holds_for_any_number_of_instances() {
        ScalingPlan unpinned = ScalingPlan.unpinned(FOUND);

        assertThat(unpinned.holdsFor(new Scaling(2, 9, 12, FOUND.suspended()))).isTrue();
        assertThat(unpinned.sized(4).holdsFor(new Scaling(2, 9, 12, FOUND.suspended())))
                .isFalse();
    }

    @Test
    void a_plan_does_not_hold_for_other_limits_or_processes() {
        ScalingPlan unpinned = ScalingPlan.unpinned(FOUND);

        assertThat(unpinned.holdsFor(new Scaling(1, 4, 12, FOUND.suspended()))).isFalse();
        assertThat(unpinned.holdsFor(new Scaling(2, 4, 13, FOUND.suspended()))).isFalse();
        assertThat(unpinned.holdsFor(new Scaling(2, 4, 12, Set.of()))).isFalse();
    }

    @Test
    void a_plan_without_a_number_of_its_own_removes_no_instance_of_a_group_that_was_widened() {
        ScalingPlan unpinned = ScalingPlan.unpinned(FOUND);
        Scaling widened = new Scaling(2, 15, 20, FOUND.suspended());

        assertThat(unpinned.holdsFor(widened)).isFalse();
        assertThat(unpinned.sparing(widened).maximum()).isEqualTo(15);
        assertThat(unpinned.holdsFor(new Scaling(2, 15, 15, FOUND.suspended()))).isTrue();
        assertThat(unpinned.sparing(FOUND)).isEqualTo(unpinned);
        assertThat(unpinned.sized(4).sparing(widened)).isEqualTo(unpinned.sized(4));
    }
}
