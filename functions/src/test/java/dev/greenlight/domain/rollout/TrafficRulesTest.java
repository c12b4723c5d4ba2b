package dev.greenlight.domain.rollout;

import static dev.greenlight.domain.Situation.BLUE;
import static dev.greenlight.domain.Situation.GREEN;
import static dev.greenlight.domain.Situation.PACE;
import static dev.greenlight.domain.Situation.START;
import static dev.greenlight.domain.Situation.firstRelease;
import static dev.greenlight.domain.Situation.release;
import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Rules 1, 3, 4 and 10 of docs/rules.md, as far as a decision can keep them. */
class TrafficRulesTest {

    private static final Routing HALF = new Routing.Weighted(new Weights(50, 50));
    private static final Routing MAINTENANCE = new Routing.Foreign("redirect to https://status.example");

    private static Situation shifting() {
        return release(Phase.SHIFTING).settledInto(r -> r.shiftingAskedAt(START));
    }

    @Nested
    class No_traffic_to_what_cannot_serve {

        @Test
        void shifting_begins_when_it_is_asked_for_and_not_a_turn_earlier() {
            assertThat(release(Phase.SHIFTING).decision()).isEqualTo(new Decision.BeginShifting());
        }

        @Test
        void green_gets_all_traffic_with_as_many_healthy_targets_as_blue_has() {
            assertThat(shifting().decision())
                    .isEqualTo(new Decision.Shift(
                            1, GREEN, "green has 4 healthy, 0 unhealthy, 0 initial, this step needs 4"));
        }

        @Test
        void one_healthy_target_too_few_holds() {
            assertThat(shifting()
                            .targets(FleetName.B, new Targets(3, 0, 0, 0, 0))
                            .decision())
                    .isEqualTo(new Decision.Hold(
                            "green needs 4 healthy targets and none unhealthy for this step,"
                                    + " it has 3 healthy, 0 unhealthy, 0 initial",
                            START.plus(PACE.shifting())));
        }

        @Test
        void one_unhealthy_target_holds_however_many_are_healthy() {
            assertThat(shifting()
                            .targets(FleetName.B, new Targets(9, 0, 1, 0, 0))
                            .decision())
                    .isInstanceOf(Decision.Hold.class);
        }

        @Test
        void initial_targets_neither_count_nor_block() {
            assertThat(shifting()
                            .targets(FleetName.B, new Targets(4, 3, 0, 0, 0))
                            .decision())
                    .isInstanceOf(Decision.Shift.class);
            assertThat(shifting()
                            .targets(FleetName.B, new Targets(3, 3, 0, 0, 0))
                            .decision())
                    .isInstanceOf(Decision.Hold.class);
        }

        @Test
        void unused_and_draining_targets_are_no_healthy_ones() {
            assertThat(shifting()
                            .targets(FleetName.B, new Targets(0, 0, 0, 2, 4))
                            .decision())
                    .isInstanceOf(Decision.Hold.class);
        }

        @Test
        void green_grows_first_when_blue_has_grown_meanwhile() {
            assertThat(shifting().running(FleetName.A, 6).decision()).isEqualTo(new Decision.GrowGreen(6));
        }

        @Test
        void a_blue_that_shrank_asks_nothing_of_green() {
            assertThat(shifting().running(FleetName.A, 3).decision()).isInstanceOf(Decision.Shift.class);
        }

        @Test
        void a_first_release_needs_its_own_size_only() {
            Situation first = firstRelease(Phase.SHIFTING).settledInto(r -> r.shiftingAskedAt(START));

            assertThat(first.decision())
                    .isInstanceOfSatisfying(
                            Decision.Shift.class,
                            shift -> assertThat(shift.to()).isEqualTo(Routing.full(FleetName.A)));
        }

        @Test
        void nothing_is_shifted_after_the_time_for_it_is_up() {
            Situation late = shifting();

            assertThat(late.targets(FleetName.B, new Targets(3, 0, 0, 0, 0))
                            .at(late.deadline())
                            .decision())
                    .isInstanceOfSatisfying(
                            Decision.TakeBack.class,
                            back -> assertThat(back.write()).isEmpty());
        }
    }

    @Nested
    class Safe_half_done {

        @Test
        void a_write_whose_caller_died_is_taken_for_what_it_is() {
            assertThat(shifting().rule(GREEN).decision())
                    .isEqualTo(new Decision.StepSeen(1, "the rule shows A 0% B 100%"));
        }

        @Test
        void a_step_that_was_seen_ends_the_phase() {
            Situation seen = release(Phase.SHIFTING)
                    .settledInto(r -> r.shiftingAskedAt(START).stepSeen(1, START, "seen"));

            assertThat(seen.decision()).isEqualTo(new Decision.Advance("1 of 1 steps are on the rule"));
        }

        @Test
        void greens_weights_before_shifting_are_nobody_elses_write_but_a_hands() {
            assertThat(release(Phase.VALIDATING).rule(GREEN).decision())
                    .isInstanceOfSatisfying(
                            Decision.Hold.class,
                            hold -> assertThat(hold.reason()).contains("changed by someone else"));
        }
    }

    @Nested
    class A_hands_edit {

        @ParameterizedTest
        @EnumSource(
                value = Phase.class,
                mode = Mode.EXCLUDE,
                names = {"PROMOTED", "RETIRED", "ROLLED_BACK"})
        void holds_the_rollout_in_every_phase_and_says_what_it_found(Phase phase) {
            assertThat(release(phase).rule(HALF).decision())
                    .isInstanceOfSatisfying(
                            Decision.Hold.class,
                            hold -> assertThat(hold.reason())
                                    .startsWith("the rule was changed by someone else: A 50% B 50% instead of"));
        }

        @ParameterizedTest
        @EnumSource(
                value = Phase.class,
                mode = Mode.EXCLUDE,
                names = {"PROMOTED", "RETIRED", "ROLLED_BACK"})
        void ends_the_rollout_when_it_stays_until_the_deadline(Phase phase) {
            Situation edited = release(phase).rule(HALF);

            assertThat(edited.at(edited.deadline()).decision())
                    .isInstanceOfSatisfying(Decision.TakeBack.class, back -> {
                        assertThat(back.cause()).isEqualTo(Cause.DEADLINE);
                        assertThat(back.write()).contains(BLUE);
                    });
        }

        @Test
        void stickiness_on_the_group_is_an_edit_too() {
            Routing sticky = new Routing.Weighted(Weights.full(FleetName.B), Optional.of(Duration.ofHours(1)));

            assertThat(release(Phase.VERIFYING).rule(sticky).decision()).isInstanceOf(Decision.Hold.class);
        }

        @Test
        void a_maintenance_page_outlives_a_rollout_that_had_not_moved_any_traffic() {
            Situation edited = release(Phase.VALIDATING).rule(MAINTENANCE);

            assertThat(edited.at(edited.deadline()).decision())
                    .isInstanceOfSatisfying(
                            Decision.TakeBack.class,
                            back -> assertThat(back.write()).isEmpty());
        }

        @Test
        void a_closed_rule_is_opened_again_for_blue_once_traffic_had_moved() {
            Situation closed = release(Phase.VERIFYING).rule(new Routing.Closed());

            assertThat(closed.at(closed.deadline()).decision())
                    .isInstanceOfSatisfying(
                            Decision.TakeBack.class,
                            back -> assertThat(back.write()).contains(BLUE));
        }
    }

    @Nested
    class The_way_back {

        @Test
        void all_weight_on_blue_after_traffic_had_moved_is_a_rollback_whoever_wrote_it() {
            assertThat(release(Phase.VERIFYING).rule(BLUE).decision())
                    .isEqualTo(new Decision.TakeBack(
                            Cause.SEEN_ON_RULE, "all traffic was put back on fleet A", Optional.empty()));
        }

        @Test
        void all_weight_on_blue_with_stickiness_loses_the_stickiness() {
            Routing sticky = new Routing.Weighted(Weights.full(FleetName.A), Optional.of(Duration.ofHours(1)));

            assertThat(release(Phase.VERIFYING).rule(sticky).decision())
                    .isInstanceOfSatisfying(
                            Decision.TakeBack.class,
                            back -> assertThat(back.write()).contains(BLUE));
        }

        @Test
        void all_weight_on_a_blue_that_is_worse_is_still_a_rollback() {
            Situation worse = release(Phase.VERIFYING)
                    .rule(new Routing.Weighted(Weights.full(FleetName.A), Optional.of(Duration.ofHours(1))))
                    .targets(FleetName.A, new Targets(1, 0, 3, 0, 0));

            assertThat(worse.decision()).isInstanceOfSatisfying(Decision.TakeBack.class, back -> {
                assertThat(back.cause()).isEqualTo(Cause.SEEN_ON_RULE);
                assertThat(back.write()).isEmpty();
            });
        }

        @ParameterizedTest
        @EnumSource(
                value = Phase.class,
                mode = Mode.EXCLUDE,
                names = {"PROMOTED", "RETIRED", "ROLLED_BACK"})
        void a_rollout_whose_tag_says_taken_back_never_moves_again(Phase phase) {
            Situation tagged = release(phase);
            tagged.tags(tagged.seen().route().tags().nowTakenBack(Cause.BY_HAND));

            assertThat(tagged.decision()).isInstanceOf(Decision.TakeBack.class);
        }

        @Test
        void the_tag_remembers_the_cause_so_that_a_crash_blames_no_revision_for_a_throttle() {
            Situation tagged = release(Phase.VERIFYING).rule(BLUE);
            tagged.tags(
                    tagged.seen().route().tags().nowTakenBack(Cause.DEADLINE).nowTakenBack(Cause.SEEN_ON_RULE));

            assertThat(tagged.decision())
                    .isInstanceOfSatisfying(
                            Decision.TakeBack.class,
                            back -> assertThat(back.cause()).isEqualTo(Cause.DEADLINE));
        }

        @Test
        void the_tag_remembers_the_first_cause_that_blames_the_revision_whatever_came_before_or_after() {
            Situation tagged = release(Phase.VERIFYING).rule(BLUE);
            tagged.tags(tagged.seen()
                    .route()
                    .tags()
                    .nowTakenBack(Cause.DEADLINE)
                    .nowTakenBack(Cause.BY_HAND)
                    .nowTakenBack(Cause.ALARM)
                    .nowTakenBack(Cause.SEEN_ON_RULE));

            assertThat(tagged.decision())
                    .isInstanceOfSatisfying(
                            Decision.TakeBack.class,
                            back -> assertThat(back.cause()).isEqualTo(Cause.BY_HAND));
        }

        @Test
        void a_tag_wins_against_a_stale_writer_who_gave_green_traffic_again() {
            Situation tagged = release(Phase.VERIFYING);
            tagged.tags(tagged.seen().route().tags().nowTakenBack(Cause.BY_HAND))
                    .rule(GREEN);

            assertThat(tagged.decision())
                    .isInstanceOfSatisfying(
                            Decision.TakeBack.class,
                            back -> assertThat(back.write()).contains(BLUE));
        }

        @Test
        void another_rollouts_tag_says_nothing_about_this_one() {
            RuleTags other = RuleTags.begin(new RolloutId("release-41"), Optional.of(FleetName.A))
                    .nowTakenBack(Cause.BY_HAND);

            assertThat(release(Phase.VERIFYING).tags(other).decision()).isInstanceOf(Decision.TagRule.class);
        }

        @Test
        void green_is_kept_when_blue_has_no_healthy_target() {
            Situation worse = release(Phase.VERIFYING)
                    .targets(FleetName.A, new Targets(0, 0, 4, 0, 0))
                    .verdicts(Verdict.fail("latency", "p99 900 ms"));

            assertThat(worse.decision())
                    .isInstanceOfSatisfying(
                            Decision.Keep.class,
                            keep -> assertThat(keep.reason()).contains("latency: p99 900 ms; not taken back"));
        }

        @Test
        void green_is_kept_when_a_larger_share_of_blue_is_unhealthy() {
            Situation worse = release(Phase.VERIFYING)
                    .targets(FleetName.A, new Targets(3, 0, 1, 0, 0))
                    .verdicts(Verdict.fail("latency", "p99 900 ms"));

            assertThat(worse.decision()).isInstanceOf(Decision.Keep.class);
        }

        @Test
        void green_is_taken_back_to_a_smaller_blue_that_is_no_worse() {
            Situation small = release(Phase.VERIFYING)
                    .targets(FleetName.A, new Targets(1, 0, 0, 0, 0))
                    .verdicts(Verdict.fail("latency", "p99 900 ms"));

            assertThat(small.decision())
                    .isInstanceOfSatisfying(
                            Decision.TakeBack.class,
                            back -> assertThat(back.write()).contains(BLUE));
        }

        @Test
        void a_rejected_first_release_leaves_the_rule_closed() {
            Situation first = firstRelease(Phase.VALIDATING).verdicts(Verdict.fail("smoke", "500"));

            assertThat(first.decision())
                    .isEqualTo(new Decision.TakeBack(Cause.CHECK_FAILED, "smoke: 500", Optional.empty()));
        }

        @Test
        void a_rejected_rollout_writes_nothing_however_blue_feels() {
            Situation rejected = release(Phase.VALIDATING)
                    .targets(FleetName.A, new Targets(0, 0, 4, 0, 0))
                    .verdicts(Verdict.fail("smoke", "500"));

            assertThat(rejected.decision())
                    .isEqualTo(new Decision.TakeBack(Cause.CHECK_FAILED, "smoke: 500", Optional.empty()));
        }
    }
}
