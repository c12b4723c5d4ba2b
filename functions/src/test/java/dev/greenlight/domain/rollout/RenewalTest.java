package dev.greenlight.domain.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.Scaling;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Green is launched from the newest version of its launch template; whatever else runs in it leaves first. */
class RenewalTest {

    private static final LaunchSource.Template OLD = new LaunchSource.Template("lt-b", "2");
    private static final LaunchSource.Template NEW = new LaunchSource.Template("lt-b", "3");

    private final Situation situation = Situation.release(Phase.PREPARING);

    @Test
    void green_gets_the_newest_version_before_it_launches_anything() {
        situation.scaling(FleetName.B, Situation.ASLEEP).running(FleetName.B, 0).launching(OLD, Optional.of(NEW));

        assertThat(situation.decision()).isEqualTo(new Decision.LaunchFrom(FleetName.B, NEW));
    }

    @Test
    void blue_is_pinned_before_that() {
        situation.scaling(FleetName.A, Situation.SERVING).launching(OLD, Optional.of(NEW));

        assertThat(situation.decision())
                .isInstanceOfSatisfying(
                        Decision.Scale.class, scale -> assertThat(scale.fleet()).isEqualTo(FleetName.A));
    }

    @Test
    void a_version_that_somebody_set_to_the_latest_is_set_to_its_number() {
        situation.launching(new LaunchSource.Template("lt-b", "$Latest"), Optional.of(NEW));

        assertThat(situation.decision()).isEqualTo(new Decision.LaunchFrom(FleetName.B, NEW));
    }

    @Test
    void a_green_of_the_newest_version_is_taken_as_it_is() {
        situation.sized(FleetName.B, 3).launching(NEW, Optional.of(NEW));

        assertThat(situation.decision())
                .isInstanceOfSatisfying(
                        Decision.Advance.class,
                        advance -> assertThat(advance.reason()).endsWith("; launched from version 3 of lt-b"));
    }

    @Test
    void what_an_older_version_launched_leaves_in_slices() {
        situation.sized(FleetName.B, 13).launching(NEW, Optional.of(NEW), "i-B1");

        assertThat(situation.decision()).isInstanceOfSatisfying(Decision.Leave.class, leave -> {
            assertThat(leave.fleet()).isEqualTo(FleetName.B);
            assertThat(leave.plan().desired()).isEqualTo(OptionalInt.of(3));
            assertThat(leave.reason()).isEqualTo("fleet B to 3 instances: 1 were not launched from version 3 of lt-b");
        });
    }

    /** Draining takes minutes, and nobody is served: a large fleet shall not wait them out once per slice. */
    @Test
    void the_next_slice_does_not_wait_until_the_last_one_has_left() {
        situation.sized(FleetName.B, 3).running(FleetName.B, 13).launching(NEW, Optional.of(NEW), "i-B1", "i-B2");

        assertThat(situation.decision())
                .isInstanceOfSatisfying(
                        Decision.Leave.class,
                        leave -> assertThat(leave.plan().desired()).isEqualTo(OptionalInt.of(0)));
    }

    @Test
    void an_outdated_instance_that_is_leaving_already_takes_no_other_with_it() {
        situation.sized(FleetName.B, 1).launching(NEW, Optional.of(NEW), "i-that-terminates");

        assertThat(situation.decision())
                .isInstanceOfSatisfying(
                        Decision.Hold.class,
                        hold -> assertThat(hold.reason()).startsWith("1 instances of fleet B leave"));
    }

    @Test
    void green_launches_anew_only_when_nothing_outdated_is_left() {
        Scaling empty = new Scaling(0, 0, 8, Set.of());
        situation.scaling(FleetName.B, empty).running(FleetName.B, 1).launching(NEW, Optional.of(NEW), "i-B1");
        assertThat(situation.decision()).isInstanceOf(Decision.Hold.class);

        situation.running(FleetName.B, 0).launching(NEW, Optional.of(NEW));
        assertThat(situation.decision())
                .isInstanceOfSatisfying(
                        Decision.Scale.class,
                        scale -> assertThat(scale.plan().minimum()).isEqualTo(1));
    }

    @Test
    void a_group_without_a_template_of_its_own_is_left_alone_and_that_is_told() {
        situation
                .running(FleetName.B, 1)
                .launching(new LaunchSource.Other("a mixed instances policy"), Optional.empty());

        assertThat(situation.decision())
                .isInstanceOfSatisfying(
                        Decision.Advance.class,
                        advance -> assertThat(advance.reason())
                                .endsWith("; launched from a mixed instances policy, which is left alone"));
    }

    @Test
    void a_version_that_does_not_stick_holds_the_lock_no_longer_than_a_phase_may() {
        situation.launching(OLD, Optional.of(NEW)).after(Situation.PACE.preparing());

        assertThat(situation.decision()).isInstanceOfSatisfying(Decision.TakeBack.class, back -> {
            assertThat(back.cause()).isEqualTo(Cause.DEADLINE);
            assertThat(back.reason()).isEqualTo("time is up: the group of fleet B does not keep its settings");
        });
    }

    @Test
    void an_instance_that_never_leaves_ends_the_rollout_in_time() {
        situation
                .sized(FleetName.B, 0)
                .running(FleetName.B, 1)
                .launching(NEW, Optional.of(NEW), "i-B1")
                .after(Situation.PACE.preparing().plus(Duration.ofSeconds(1)));

        assertThat(situation.decision())
                .isInstanceOfSatisfying(
                        Decision.TakeBack.class,
                        back -> assertThat(back.reason()).contains("instances of fleet B leave"));
    }

    @Test
    void a_green_of_two_makes_is_rejected_and_its_revision_is_not_blamed() {
        Situation installing = Situation.release(Phase.INSTALLING).launching(OLD, Optional.of(OLD), "i-B1");

        assertThat(installing.decision()).isInstanceOfSatisfying(Decision.TakeBack.class, back -> {
            assertThat(back.cause()).isEqualTo(Cause.PLATFORM);
            assertThat(back.reason())
                    .startsWith("fleet B has 1 instances that were not launched from version 2 of lt-b");
            assertThat(back.write()).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"VALIDATING", "SHIFTING", "VERIFYING"})
    void no_later_phase_touches_it(Phase phase) {
        Decision as = Situation.release(phase).decision();

        assertThat(Situation.release(phase)
                        .launching(OLD, Optional.of(NEW), "i-B1")
                        .decision())
                .isEqualTo(as);
    }
}
