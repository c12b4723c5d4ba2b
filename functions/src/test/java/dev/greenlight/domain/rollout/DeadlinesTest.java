package dev.greenlight.domain.rollout;

import static dev.greenlight.domain.Situation.PACE;
import static dev.greenlight.domain.Situation.START;
import static dev.greenlight.domain.Situation.release;
import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.fleet.FleetName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nothing holds the lock for ever: every phase has a time, and at its end a verdict. */
class DeadlinesTest {

    private static Situation shifting() {
        return release(Phase.SHIFTING).settledInto(r -> r.shiftingAskedAt(START));
    }

    @Test
    void every_phase_has_its_own() {
        assertThat(List.of(
                        release(Phase.PREPARING).deadline(),
                        release(Phase.INSTALLING).deadline(),
                        release(Phase.VALIDATING).deadline(),
                        release(Phase.SHIFTING).deadline(),
                        shifting().deadline(),
                        release(Phase.VERIFYING).deadline()))
                .containsExactly(
                        START.plus(PACE.preparing()),
                        START.plus(PACE.installing()),
                        START.plus(PACE.validating()),
                        START.plus(PACE.approval()),
                        START.plus(PACE.shifting()),
                        START.plus(PACE.bake()).plus(PACE.verifying()));
    }

    @Test
    void a_nanosecond_before_it_a_rollout_still_waits() {
        Situation waiting = release(Phase.PREPARING).running(FleetName.B, 0);

        assertThat(waiting.at(waiting.deadline().minusNanos(1)).decision()).isInstanceOf(Decision.Hold.class);
    }

    @Test
    void at_the_very_instant_it_retreats() {
        Situation waiting = release(Phase.PREPARING).running(FleetName.B, 0);

        assertThat(waiting.at(waiting.deadline()).decision())
                .isEqualTo(new Decision.TakeBack(
                        Cause.DEADLINE, "time is up: waiting for green's first instance", Optional.empty()));
    }

    @Test
    void a_rule_that_never_takes_a_step_is_not_written_for_ever() {
        Situation ready = shifting();

        assertThat(ready.at(ready.deadline().minusNanos(1)).decision()).isInstanceOf(Decision.Shift.class);
        assertThat(ready.at(ready.deadline()).decision())
                .isEqualTo(new Decision.TakeBack(
                        Cause.DEADLINE, "time is up: the rule does not take A 0% B 100%", Optional.empty()));
    }

    @Test
    void a_rule_that_does_not_keep_its_tags_is_not_written_for_ever_and_says_so() {
        Situation untagged = release(Phase.INSTALLING).tags(RuleTags.NONE);

        assertThat(untagged.at(untagged.deadline().minusNanos(1)).decision()).isInstanceOf(Decision.TagRule.class);
        assertThat(untagged.at(untagged.deadline()).decision())
                .isInstanceOfSatisfying(
                        Decision.TakeBack.class,
                        back -> assertThat(back.reason()).isEqualTo("time is up: the rule does not keep its tags"));
    }

    @Test
    void a_blue_that_never_stops_growing_is_not_followed_for_ever() {
        Situation growing = shifting();

        assertThat(growing.running(FleetName.A, 6).at(growing.deadline()).decision())
                .isInstanceOfSatisfying(
                        Decision.TakeBack.class,
                        back -> assertThat(back.cause()).isEqualTo(Cause.DEADLINE));
    }

    @Test
    void an_approval_that_comes_too_late_moves_nothing() {
        Situation stale = release(Phase.SHIFTING);

        assertThat(stale.at(stale.deadline()).decision())
                .isInstanceOfSatisfying(
                        Decision.TakeBack.class,
                        back -> assertThat(back.cause()).isEqualTo(Cause.DEADLINE));
    }

    @Test
    void a_late_call_under_traffic_owes_green_its_verdict_although_a_pin_is_missing() {
        Situation late = release(Phase.VERIFYING).scaling(FleetName.A, Situation.SERVING);

        assertThat(late.at(late.deadline()).decision()).isInstanceOf(Decision.Promote.class);
    }

    @Test
    void steady_reads_do_not_stretch_it() {
        Situation validating = release(Phase.VALIDATING);

        assertThat(validating.at(validating.deadline()).decision())
                .isInstanceOfSatisfying(
                        Decision.TakeBack.class,
                        back -> assertThat(back.cause()).isEqualTo(Cause.DEADLINE));
    }

    @Test
    void the_read_that_completes_the_row_still_counts_when_it_is_late() {
        Situation validating = release(Phase.VALIDATING).record(r -> r.read(2, START));

        assertThat(validating
                        .at(validating.deadline().plus(Duration.ofMinutes(1)))
                        .decision())
                .isInstanceOf(Decision.Advance.class);
    }

    @Test
    void a_group_that_cannot_be_set_does_not_hold_the_lock_for_ever() {
        Situation stuck = release(Phase.VALIDATING).scaling(FleetName.B, Situation.ASLEEP);

        assertThat(stuck.at(stuck.deadline()).decision()).isInstanceOfSatisfying(Decision.TakeBack.class, back -> {
            assertThat(back.cause()).isEqualTo(Cause.DEADLINE);
            assertThat(back.reason()).contains("fleet B");
        });
    }

    @Test
    void a_rule_that_cannot_be_tagged_does_not_either() {
        Situation stuck = release(Phase.PREPARING).tags(RuleTags.NONE);

        assertThat(stuck.at(stuck.deadline()).decision())
                .isInstanceOfSatisfying(
                        Decision.TakeBack.class,
                        back -> assertThat(back.cause()).isEqualTo(Cause.DEADLINE));
    }
}
