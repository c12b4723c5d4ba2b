package dev.greenlight.domain.rollout;

import static dev.greenlight.domain.Situation.PACE;
import static dev.greenlight.domain.Situation.START;
import static dev.greenlight.domain.Situation.firstRelease;
import static dev.greenlight.domain.Situation.release;
import static dev.greenlight.domain.Situation.takenBackIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Instance;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The good release, phase by phase, and what holds it up. */
class RolloutPolicyTest {

    @Nested
    class Whatever_the_phase {

        @ParameterizedTest
        @EnumSource(
                value = Phase.class,
                names = {"PROMOTED", "RETIRED"})
        void a_closed_rollout_gets_no_decision(Phase phase) {
            assertThatIllegalArgumentException().isThrownBy(() -> release(phase).decision());
        }

        @Test
        void a_rollout_that_was_rolled_back_gets_no_decision() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> takenBackIn(Phase.VERIFYING).decision());
        }

        @ParameterizedTest
        @EnumSource(
                value = Phase.class,
                mode = Mode.EXCLUDE,
                names = {"PROMOTED", "RETIRED", "ROLLED_BACK"})
        void the_rule_learns_who_blue_is_before_anything_else_happens(Phase phase) {
            Situation untagged = release(phase).tags(RuleTags.NONE);

            assertThat(untagged.decision())
                    .isEqualTo(new Decision.TagRule(RuleTags.begin(Situation.ID, Optional.of(FleetName.A))));
        }

        @Test
        void tags_of_the_rollout_before_are_replaced_even_if_that_one_was_taken_back() {
            RuleTags before = RuleTags.begin(new RolloutId("release-41"), Optional.of(FleetName.B))
                    .nowTakenBack(Cause.BY_HAND);

            assertThat(release(Phase.PREPARING).tags(before).decision()).isInstanceOf(Decision.TagRule.class);
        }

        @ParameterizedTest
        @EnumSource(
                value = Phase.class,
                mode = Mode.EXCLUDE,
                names = {"PROMOTED", "RETIRED", "ROLLED_BACK"})
        void a_fleet_that_lost_its_pins_gets_them_back_blue_first(Phase phase) {
            Situation unpinned =
                    release(phase).scaling(FleetName.A, Situation.SERVING).scaling(FleetName.B, Situation.ASLEEP);

            assertThat(unpinned.decision())
                    .isEqualTo(new Decision.Scale(
                            FleetName.A,
                            Pins.plan(unpinned.rollout(), FleetName.A).orElseThrow()));
        }

        @Test
        void green_is_scaled_once_blue_is_pinned() {
            Situation situation = release(Phase.PREPARING).scaling(FleetName.B, Situation.ASLEEP);

            assertThat(situation.decision()).isInstanceOfSatisfying(Decision.Scale.class, scale -> {
                assertThat(scale.fleet()).isEqualTo(FleetName.B);
                assertThat(scale.plan().minimum()).isOne();
                assertThat(scale.plan().suspended()).contains(ScalingProcess.HEALTH_CHECK);
            });
        }
    }

    @Nested
    class A_green_that_still_shrinks {

        /** Auto Scaling chooses whom it ends: it was the one that the new revision was being installed on. */
        @ParameterizedTest
        @EnumSource(
                value = Phase.class,
                names = {"PREPARING", "INSTALLING", "VALIDATING"})
        void keeps_what_is_there(Phase phase) {
            Situation begun = release(phase);
            Scaling pinned = begun.seen().fleet(FleetName.B).scaling();
            int more = pinned.desired() + 2;

            assertThat(begun.running(FleetName.B, more).decision())
                    .isInstanceOfSatisfying(Decision.Scale.class, scale -> {
                        assertThat(scale.fleet()).isEqualTo(FleetName.B);
                        assertThat(scale.plan().minimum()).isEqualTo(pinned.minimum());
                        assertThat(scale.plan().desired()).hasValue(more);
                    });
        }

        @Test
        void keeps_what_is_being_launched_and_lets_go_what_leaves() {
            Situation begun = release(Phase.PREPARING)
                    .running(
                            FleetName.B,
                            List.of(
                                    new Instance("i-1", true, false, Optional.empty()),
                                    new Instance("i-2", false, true, Optional.empty()),
                                    new Instance("i-3", false, false, Optional.empty())));

            assertThat(begun.decision())
                    .isInstanceOfSatisfying(
                            Decision.Scale.class,
                            scale -> assertThat(scale.plan().desired()).hasValue(2));
        }

        @Test
        void is_left_to_its_policy_once_users_are_on_it() {
            assertThat(release(Phase.SHIFTING).running(FleetName.B, 6).decision())
                    .isEqualTo(new Decision.BeginShifting());
            assertThat(release(Phase.VERIFYING).running(FleetName.B, 6).decision())
                    .isInstanceOf(Decision.Hold.class);
        }

        @Test
        void is_not_blue_whose_policy_follows_the_load() {
            assertThat(release(Phase.INSTALLING).running(FleetName.A, 6).decision())
                    .isEqualTo(new Decision.Install());
        }
    }

    @Nested
    class Preparing {

        @Test
        void waits_for_greens_first_instance() {
            assertThat(release(Phase.PREPARING).running(FleetName.B, 0).decision())
                    .isEqualTo(new Decision.Hold("waiting for green's first instance", START.plus(PACE.preparing())));
        }

        @Test
        void says_why_launches_fail() {
            Situation stuck =
                    release(Phase.PREPARING).running(FleetName.B, 0).launchTrouble("no capacity in eu-central-1a");

            assertThat(stuck.decision())
                    .isInstanceOfSatisfying(
                            Decision.Hold.class,
                            hold -> assertThat(hold.reason()).endsWith("launches fail: no capacity in eu-central-1a"));
        }

        @Test
        void is_over_with_one_instance_because_old_code_must_not_boot_on_many() {
            assertThat(release(Phase.PREPARING).decision())
                    .isEqualTo(new Decision.Advance(
                            "1 of 4 instances in service, the others follow once it is installed"));
        }

        @Test
        void a_first_release_prepares_in_the_same_way() {
            assertThat(firstRelease(Phase.PREPARING).decision()).isInstanceOf(Decision.Advance.class);
        }

        @Test
        void where_all_of_green_is_there_already_nothing_follows() {
            assertThat(release(Phase.PREPARING).sized(FleetName.B, 4).decision())
                    .isEqualTo(new Decision.Advance("4 of 4 instances in service"));
        }
    }

    @Nested
    class Installing {

        private final Situation installing = release(Phase.INSTALLING);

        @Test
        void begins_with_a_deployment() {
            assertThat(installing.decision()).isEqualTo(new Decision.Install());
        }

        @Test
        void waits_for_a_running_deployment() {
            assertThat(installing
                            .installation(new Installation.Running("d-1: 0 of 1"))
                            .decision())
                    .isEqualTo(new Decision.Hold("d-1: 0 of 1", START.plus(PACE.installing())));
        }

        @Test
        void lets_green_grow_once_its_first_instance_has_the_revision() {
            assertThat(installing
                            .installation(new Installation.Succeeded(Set.of("i-B1")))
                            .decision())
                    .isEqualTo(new Decision.Installed("on 1 of 4 instances"));
        }

        @Test
        void then_pins_green_at_its_full_size() {
            installing.record(r -> r.installed(START, "done")).installation(new Installation.Succeeded(Set.of("i-B1")));

            assertThat(installing.decision())
                    .isInstanceOfSatisfying(
                            Decision.Scale.class,
                            scale -> assertThat(scale.plan().minimum()).isEqualTo(4));
        }

        @Test
        void waits_until_every_instance_in_service_has_the_revision() {
            installing
                    .settledInto(r -> r.installed(START, "done"))
                    .installation(new Installation.Succeeded(Set.of("i-B1", "i-B2", "i-B3")));

            assertThat(installing.decision())
                    .isEqualTo(new Decision.Hold(
                            "the revision is on 3 of 4 instances, 4 are in service", START.plus(PACE.installing())));
        }

        @Test
        void an_instance_above_the_wanted_number_needs_the_revision_too() {
            installing
                    .settledInto(r -> r.installed(START, "done"))
                    .sized(FleetName.B, 5)
                    .installation(new Installation.Succeeded(Set.of("i-B1", "i-B2", "i-B3", "i-B4")));

            assertThat(installing.decision()).isInstanceOf(Decision.Hold.class);
        }

        @Test
        void proof_on_instances_that_left_does_not_count() {
            installing
                    .settledInto(r -> r.installed(START, "done"))
                    .running(FleetName.B, 3)
                    .installation(new Installation.Succeeded(Set.of("i-B1", "i-B2", "i-B3", "i-gone")));

            assertThat(installing.decision()).isInstanceOf(Decision.Hold.class);
        }

        @Test
        void is_over_when_all_have_it() {
            installing
                    .settledInto(r -> r.installed(START, "done"))
                    .installation(new Installation.Succeeded(Set.of("i-B1", "i-B2", "i-B3", "i-B4")));

            assertThat(installing.decision()).isEqualTo(new Decision.Advance("the revision is on all 4 instances"));
        }

        @Test
        void a_script_that_fails_rejects_the_revision() {
            installing.installation(new Installation.Failed("i-B1, AfterInstall: exit 1", true));

            assertThat(installing.decision())
                    .isEqualTo(new Decision.TakeBack(
                            Cause.INSTALL_FAILED, "i-B1, AfterInstall: exit 1", Optional.empty()));
        }

        @Test
        void a_platform_that_fails_is_no_verdict_on_the_revision() {
            installing.installation(new Installation.Failed("the agent did not answer", false));

            assertThat(installing.decision()).isInstanceOfSatisfying(Decision.TakeBack.class, back -> {
                assertThat(back.cause()).isEqualTo(Cause.PLATFORM);
                assertThat(back.cause().blamesRevision()).isFalse();
            });
        }
    }

    @Nested
    class Validating {

        private final Situation validating = release(Phase.VALIDATING);

        @Test
        void counts_the_first_read_that_passes() {
            assertThat(validating.decision()).isEqualTo(new Decision.Steady(1, "all checks passed 1 of 3 times"));
        }

        @Test
        void a_read_too_soon_after_the_last_one_does_not_count() {
            validating.record(r -> r.read(1, START)).after(PACE.readSpacing().minusMillis(1));

            assertThat(validating.decision()).isInstanceOf(Decision.Hold.class);
        }

        @Test
        void a_read_exactly_one_spacing_later_counts() {
            validating.record(r -> r.read(1, START)).after(PACE.readSpacing());

            assertThat(validating.decision()).isEqualTo(new Decision.Steady(2, "all checks passed 2 of 3 times"));
        }

        @Test
        void is_over_with_the_last_steady_read() {
            validating.record(r -> r.read(2, START)).after(PACE.readSpacing());

            assertThat(validating.decision()).isEqualTo(new Decision.Advance("health: all healthy"));
        }

        @Test
        void a_read_without_a_verdict_breaks_the_row() {
            validating
                    .record(r -> r.read(2, START))
                    .after(PACE.readSpacing())
                    .verdicts(Verdict.inconclusive("health", "3 healthy"));

            assertThat(validating.decision()).isEqualTo(new Decision.Steady(0, "health: 3 healthy"));
        }

        @Test
        void one_failed_check_is_enough_to_reject() {
            validating.verdicts(Verdict.pass("health", "fine"), Verdict.fail("smoke", "/ answered 500"));

            assertThat(validating.decision())
                    .isEqualTo(new Decision.TakeBack(Cause.CHECK_FAILED, "smoke: / answered 500", Optional.empty()));
        }

        @Test
        void no_data_is_never_a_pass() {
            assertThat(validating.verdicts().decision())
                    .isEqualTo(new Decision.Hold("no check has answered", START.plus(PACE.validating())));
        }

        @Test
        void an_inconclusive_check_holds_although_the_others_pass() {
            validating.verdicts(Verdict.pass("health", "fine"), Verdict.inconclusive("alarms", "no data: cpu"));

            assertThat(validating.decision())
                    .isEqualTo(new Decision.Hold("alarms: no data: cpu", START.plus(PACE.validating())));
        }
    }

    @Nested
    class Verifying {

        private final Situation verifying = release(Phase.VERIFYING);

        @Test
        void bakes_although_all_checks_pass() {
            verifying.after(PACE.bake().minusNanos(1));

            assertThat(verifying.decision())
                    .isEqualTo(new Decision.Hold(
                            "baking until " + START.plus(PACE.bake()),
                            START.plus(PACE.bake()).plus(PACE.verifying())));
        }

        @Test
        void promotes_when_the_bake_is_over() {
            verifying.after(PACE.bake());

            assertThat(verifying.decision()).isEqualTo(new Decision.Promote("health: all healthy"));
        }

        @Test
        void promotes_at_once_when_a_person_asks() {
            verifying.record(r -> r.promoteAtOnce(START, "urgent fix"));

            assertThat(verifying.decision()).isEqualTo(new Decision.Promote("asked for, without the rest of the bake"));
        }

        @Test
        void a_failed_check_wins_against_a_person_who_asks_to_promote() {
            verifying
                    .record(r -> r.promoteAtOnce(START, "urgent fix"))
                    .verdicts(Verdict.fail("error share", "12% of 900"));

            assertThat(verifying.decision()).isInstanceOf(Decision.TakeBack.class);
        }

        @Test
        void does_not_wait_for_the_bake_to_take_back_what_fails() {
            verifying.after(Duration.ofSeconds(1)).verdicts(Verdict.fail("error share", "12% of 900"));

            assertThat(verifying.decision())
                    .isEqualTo(new Decision.TakeBack(
                            Cause.CHECK_FAILED, "error share: 12% of 900", Optional.of(Situation.BLUE)));
        }

        @Test
        void waits_after_the_bake_for_a_verdict() {
            verifying.after(PACE.bake()).verdicts(Verdict.inconclusive("error share", "3 of 100 requests seen"));

            assertThat(verifying.decision())
                    .isInstanceOfSatisfying(
                            Decision.Hold.class,
                            hold -> assertThat(hold.reason()).isEqualTo("error share: 3 of 100 requests seen"));
        }

        @Test
        void takes_green_back_when_no_verdict_came_in_time_without_blaming_it() {
            verifying.at(verifying.deadline()).verdicts(Verdict.inconclusive("error share", "3 of 100 requests seen"));

            assertThat(verifying.decision())
                    .isEqualTo(new Decision.TakeBack(
                            Cause.DEADLINE,
                            "time is up: error share: 3 of 100 requests seen",
                            Optional.of(Situation.BLUE)));
        }

        @Test
        void a_late_call_promotes_what_is_well_because_a_crash_only_delays() {
            verifying.at(verifying.deadline().plus(Duration.ofHours(3)));

            assertThat(verifying.decision()).isInstanceOf(Decision.Promote.class);
        }

        @Test
        void what_is_kept_says_why_it_would_have_been_taken_back() {
            Situation first = firstRelease(Phase.VERIFYING).verdicts(Verdict.inconclusive("error share", "no data"));

            assertThat(first.at(first.deadline()).decision())
                    .isInstanceOfSatisfying(
                            Decision.Keep.class,
                            keep -> assertThat(keep.cause()).isEqualTo(Cause.DEADLINE));
        }

        @Test
        void keeps_the_first_release_when_it_fails_since_there_is_no_way_back() {
            Situation first = firstRelease(Phase.VERIFYING).verdicts(Verdict.fail("smoke", "500"));

            assertThat(first.decision())
                    .isEqualTo(new Decision.Keep(
                            Cause.CHECK_FAILED,
                            "smoke: 500; not taken back, because nothing is blue: there is no way back"));
        }
    }
}
