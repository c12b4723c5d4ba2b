package dev.greenlight.domain.rollout;

import static dev.greenlight.domain.Situation.firstRelease;
import static dev.greenlight.domain.Situation.release;
import static dev.greenlight.domain.Situation.takenBackIn;
import static dev.greenlight.domain.fleet.ScalingProcess.ALARM_NOTIFICATION;
import static dev.greenlight.domain.fleet.ScalingProcess.AZ_REBALANCE;
import static dev.greenlight.domain.fleet.ScalingProcess.HEALTH_CHECK;
import static dev.greenlight.domain.fleet.ScalingProcess.REPLACE_UNHEALTHY;
import static dev.greenlight.domain.fleet.ScalingProcess.SCHEDULED_ACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.fleet.ScalingProcess;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Who sets sizes and suspensions when, and what comes back: rules 2 and 7 of docs/rules.md. */
class PinsTest {

    private static ScalingPlan green(Rollout rollout) {
        return Pins.plan(rollout, rollout.green()).orElseThrow();
    }

    private static ScalingPlan blue(Rollout rollout) {
        return Pins.plan(rollout, rollout.blue().orElseThrow()).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"PREPARING, 1", "VALIDATING, 4", "SHIFTING, 4", "VERIFYING, 4"})
    void green_is_pinned_at_what_its_phase_needs(Phase phase, int minimum) {
        assertThat(green(release(phase).rollout()).minimum()).isEqualTo(minimum);
    }

    @Test
    void green_grows_only_once_the_new_revision_is_what_a_launch_installs() {
        Rollout installing = release(Phase.INSTALLING).rollout();

        assertThat(green(installing).minimum()).isOne();
        assertThat(green(installing.installed(Situation.START, "done")).minimum())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(names = {"PREPARING", "INSTALLING", "VALIDATING"})
    void nothing_replaces_or_ends_an_instance_of_green_in_mid_install(Phase phase) {
        assertThat(green(release(phase).rollout()).suspended())
                .containsExactlyInAnyOrder(
                        ALARM_NOTIFICATION, HEALTH_CHECK, REPLACE_UNHEALTHY, AZ_REBALANCE, SCHEDULED_ACTIONS);
    }

    @ParameterizedTest
    @EnumSource(names = {"SHIFTING", "VERIFYING"})
    void a_validated_green_is_healed_again(Phase phase) {
        assertThat(green(release(phase).rollout()).suspended())
                .containsExactlyInAnyOrder(AZ_REBALANCE, SCHEDULED_ACTIONS);
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            mode = Mode.EXCLUDE,
            names = {"PROMOTED", "RETIRED", "ROLLED_BACK"})
    void blue_stays_whole_and_may_grow(Phase phase) {
        ScalingPlan blue = blue(release(phase).rollout());

        assertThat(blue.minimum()).isEqualTo(4);
        assertThat(blue.desired()).isEmpty();
        assertThat(blue.maximum()).isEqualTo(Situation.SERVING.maximum());
        assertThat(blue.suspended()).containsExactlyInAnyOrder(AZ_REBALANCE, SCHEDULED_ACTIONS);
    }

    @Test
    void a_warm_blue_has_exactly_the_size_that_it_is_kept_at() {
        ScalingPlan blue = blue(release(Phase.PROMOTED).rollout().keepBlueAt(9));

        assertThat(blue.minimum()).isEqualTo(9);
        assertThat(blue.desired()).hasValue(9);
    }

    @Test
    void a_pin_above_the_groups_maximum_raises_the_maximum_for_as_long_as_it_holds() {
        Rollout grown = release(Phase.SHIFTING).rollout().growGreen(20, Situation.START);

        assertThat(green(grown).maximum()).isEqualTo(20);
    }

    @Test
    void processes_that_were_found_suspended_stay_so_and_are_not_resumed_at_the_end() {
        Scaling found = new Scaling(0, 0, 8, Set.of(SCHEDULED_ACTIONS));
        Rollout rollout = Rollout.begin(
                Situation.ID,
                1,
                Situation.REVISION,
                Roles.replacing(FleetName.A),
                new Sizing(4, 4, Situation.SERVING, found),
                Situation.STEPS,
                Situation.START);

        assertThat(green(rollout).suspended()).containsAll(Arrays.asList(ScalingProcess.values()));
        assertThat(Pins.left(rollout, FleetName.B).suspended()).containsExactly(SCHEDULED_ACTIONS);
    }

    @Test
    void after_promotion_green_inherits_the_services_limits_from_blue() {
        Rollout promoted = release(Phase.PROMOTED).rollout();

        assertThat(Pins.left(promoted, FleetName.B)).isEqualTo(new Scaling(2, 4, 12, Set.of()));
        assertThat(Pins.left(promoted, FleetName.A)).isEqualTo(new Scaling(0, 0, 12, Set.of()));
    }

    @Test
    void after_a_rollback_blue_is_as_it_was_found_and_green_asleep() {
        Rollout back = takenBackIn(Phase.VERIFYING).rollout();

        assertThat(Pins.left(back, FleetName.A)).isEqualTo(Situation.SERVING);
        assertThat(Pins.left(back, FleetName.B)).isEqualTo(Situation.ASLEEP);
    }

    @Test
    void what_is_left_stays_within_the_limits_however_far_green_had_to_grow() {
        Rollout grown = release(Phase.PROMOTED).rollout().growGreen(20, Situation.START);

        assertThat(Pins.left(grown, FleetName.B)).isEqualTo(new Scaling(2, 12, 12, Set.of()));
    }

    @Test
    void a_first_release_never_leaves_a_serving_fleet_with_a_minimum_of_nothing() {
        Rollout promoted = firstRelease(Phase.PROMOTED).rollout();

        assertThat(Pins.left(promoted, FleetName.A)).isEqualTo(new Scaling(1, 2, 8, Set.of()));
    }

    @Test
    void a_rejected_first_release_leaves_a_fleet_asleep() {
        Rollout rejected =
                firstRelease(Phase.VALIDATING).rollout().takeBack(Cause.CHECK_FAILED, Situation.START, "500");

        assertThat(Pins.left(rejected, FleetName.A)).isEqualTo(Situation.ASLEEP);
    }

    @Test
    void the_other_fleet_of_a_first_release_is_nobodys_business() {
        assertThat(Pins.plan(firstRelease(Phase.VERIFYING).rollout(), FleetName.B))
                .isEmpty();
    }

    @Test
    void limits_survive_a_hundred_rollouts() {
        Scaling a = Situation.SERVING;
        Scaling b = Situation.ASLEEP;
        FleetName blue = FleetName.A;
        for (int i = 0; i < 100; i++) {
            Rollout rollout = Rollout.begin(
                            new RolloutId("r-" + i),
                            i,
                            Situation.REVISION,
                            Roles.replacing(blue),
                            new Sizing(4, 4, a, b),
                            Situation.STEPS,
                            Situation.START)
                    .takeBack(Cause.BY_HAND, Situation.START, "odd ones are taken back");
            if (i % 2 == 0) {
                rollout = promoted(new RolloutId("r-" + i), blue, a, b);
                blue = blue.other();
            }
            a = Pins.left(rollout, FleetName.A);
            b = Pins.left(rollout, FleetName.B);
        }

        assertThat(Set.of(a, b)).containsExactlyInAnyOrder(Situation.SERVING, new Scaling(0, 0, 12, Set.of()));
    }

    private static Rollout promoted(RolloutId id, FleetName blue, Scaling a, Scaling b) {
        Rollout rollout = Rollout.begin(
                id,
                1,
                Situation.REVISION,
                Roles.replacing(blue),
                new Sizing(4, 4, a, b),
                Situation.STEPS,
                Situation.START);
        return rollout.promote(java.util.Optional.empty(), Situation.START, "well");
    }
}
