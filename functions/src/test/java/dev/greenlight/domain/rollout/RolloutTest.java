package dev.greenlight.domain.rollout;

import static dev.greenlight.domain.Situation.START;
import static dev.greenlight.domain.Situation.firstRelease;
import static dev.greenlight.domain.Situation.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.traffic.Routing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutTest {

    private static final Instant LATER = START.plus(Duration.ofMinutes(3));

    @Nested
    class Its_record {

        private final Rollout begun = release(Phase.PREPARING).rollout();

        @Test
        void begins_with_a_line_that_says_who_is_who() {
            assertThat(begun.history()).containsExactly(new Event(START, "began", "v42 on fleet B; blue is fleet A"));
        }

        @Test
        void of_a_first_release_says_that_there_is_no_way_back() {
            assertThat(firstRelease(Phase.PREPARING)
                            .rollout()
                            .history()
                            .getFirst()
                            .why())
                    .endsWith("first release, there is no way back");
        }

        @Test
        void keeps_its_beginning_and_its_latest_events_however_long_it_gets() {
            Rollout told = begun;
            for (int i = 0; i < 3 * Rollout.HISTORY_LIMIT; i++) {
                told = told.tell(START, "event", "number " + i);
            }

            assertThat(told.history()).hasSize(Rollout.HISTORY_LIMIT);
            assertThat(told.history().getFirst().what()).isEqualTo("began");
            assertThat(told.history().getLast().why()).isEqualTo("number 599");
        }

        @Test
        void is_one_version_further_once_it_is_stored() {
            assertThat(begun.stored().version()).isEqualTo(begun.version() + 1);
            assertThat(Ledger.EMPTY.stored().version()).isEqualTo(Ledger.EMPTY.version() + 1);
        }

        /** A person reads the history at night: the phase that was entered is told, not only why. */
        @Test
        void names_the_phases_that_it_has_entered() {
            Rollout validating = begun.advance(START, "up")
                    .installingBy("d-1", START)
                    .installed(START, "on all")
                    .advance(LATER, "installed");

            assertThat(validating.history()).extracting(Event::what).contains("began", "installing", "validating");
        }

        @Test
        void forgets_reads_and_steps_time_when_a_phase_ends_but_not_the_deployment() {
            Rollout installed = begun.advance(START, "up")
                    .installingBy("d-1", START)
                    .read(2, START)
                    .advance(LATER, "done");

            assertThat(installed.progress().steadyReads()).isZero();
            assertThat(installed.progress().lastRead()).isEmpty();
            assertThat(installed.progress().phaseSince()).isEqualTo(LATER);
            assertThat(installed.progress().deployment()).contains("d-1");
        }

        @Test
        void a_heartbeat_does_not_move_the_phases_beginning() {
            Rollout beaten = begun.beat(LATER);

            assertThat(beaten.progress().heartbeat()).isEqualTo(LATER);
            assertThat(beaten.progress().phaseSince()).isEqualTo(START);
        }
    }

    @Nested
    class Its_routing {

        @Test
        void is_blues_before_the_first_step_and_greens_after_the_last() {
            assertThat(release(Phase.SHIFTING).rollout().expected()).isEqualTo(Situation.BLUE);
            assertThat(release(Phase.SHIFTING).rollout().upcoming()).hasValue(1);
            assertThat(release(Phase.VERIFYING).rollout().expected()).isEqualTo(Situation.GREEN);
            assertThat(release(Phase.VERIFYING).rollout().upcoming()).isEmpty();
        }

        /** An alarm that fires between a step that a hand made and the next phase is green's doing all the same. */
        @Test
        void has_had_users_on_green_since_the_step_was_seen_whoever_wrote_it() {
            Rollout seen = release(Phase.SHIFTING)
                    .rollout()
                    .shiftingAskedAt(START)
                    .stepSeen(1, START.plusSeconds(20), "the rule shows it")
                    .advance(LATER, "all steps are on the rule");

            assertThat(seen.usersSince()).isEqualTo(START.plusSeconds(20));
        }

        @Test
        void of_a_first_release_begins_closed() {
            assertThat(firstRelease(Phase.SHIFTING).rollout().expected()).isEqualTo(new Routing.Closed());
        }
    }

    @Nested
    class Its_end {

        @Test
        void is_a_rejection_while_no_user_reached_green() {
            Rollout rejected = release(Phase.VALIDATING).rollout().takeBack(Cause.CHECK_FAILED, LATER, "500");

            assertThat(rejected.ending()).contains(new Ending(Cause.CHECK_FAILED, "500", false));
            assertThat(rejected.history().getLast()).isEqualTo(new Event(LATER, "rejected", "500"));
        }

        @Test
        void is_a_rollback_afterwards() {
            Rollout back = release(Phase.VERIFYING).rollout().takeBack(Cause.ALARM, LATER, "5xx");

            assertThat(back.phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(back.ending()).contains(new Ending(Cause.ALARM, "5xx", true));
            assertThat(back.history().getLast().what()).isEqualTo("rolled back");
        }

        @Test
        void leaves_something_to_do_although_all_was_settled_before() {
            Rollout retired = release(Phase.RETIRED).rollout().settle(LATER);

            assertThat(retired.takeBack(Cause.SEEN_ON_RULE, LATER, "a hand").settled())
                    .isFalse();
            assertThat(retired.takeBack(Cause.BY_HAND, LATER, "no")
                            .settle(LATER)
                            .blamed()
                            .cooled(LATER, "the fix")
                            .settled())
                    .isTrue();
        }

        @Test
        void starts_a_cooldown_where_users_had_met_green_until_a_person_ends_it() {
            Rollout back = release(Phase.VERIFYING).rollout().takeBack(Cause.ALARM, LATER, "5xx");
            Rollout rejected = release(Phase.VALIDATING).rollout().takeBack(Cause.CHECK_FAILED, LATER, "500");

            assertThat(back.coolsUntil(Duration.ofMinutes(5))).contains(LATER.plus(Duration.ofMinutes(5)));
            assertThat(back.settle(LATER).coolsUntil(Duration.ofMinutes(5))).isPresent();
            assertThat(back.cooled(LATER, "the fix is ready").coolsUntil(Duration.ofMinutes(5)))
                    .isEmpty();
            assertThat(rejected.coolsUntil(Duration.ofMinutes(5))).isEmpty();
            Rollout tried = release(Phase.VERIFYING).rollout().takeBack(Cause.TEST_OVER, LATER, "it was to end so");
            assertThat(tried.coolsUntil(Duration.ofMinutes(5))).isEmpty();
            assertThat(release(Phase.PROMOTED).rollout().coolsUntil(Duration.ofMinutes(5)))
                    .isEmpty();
        }

        @Test
        void is_a_promotion_with_a_failure_where_green_had_to_be_kept() {
            Rollout kept =
                    release(Phase.VERIFYING).rollout().keep(Cause.ALARM, Optional.of(LATER), START, "blue is worse");

            assertThat(kept.phase()).isEqualTo(Phase.PROMOTED);
            assertThat(kept.ending()).isPresent();
            assertThat(kept.progress().warmUntil()).contains(LATER);
        }

        @Test
        void an_end_has_no_next_phase() {
            assertThatIllegalStateException().isThrownBy(Phase.RETIRED::next);
            assertThatIllegalStateException().isThrownBy(Phase.ROLLED_BACK::next);
        }
    }

    @Nested
    class The_ledger {

        private final RolloutId other = new RolloutId("release-43");

        @Test
        void gives_each_lock_a_larger_number() {
            Ledger first = Ledger.EMPTY.acquire(Situation.ID);
            Ledger second = first.release().acquire(other);

            assertThat(first.fence()).isEqualTo(1);
            assertThat(second.fence()).isEqualTo(2);
            assertThat(second.holder()).contains(other);
        }

        @Test
        void does_not_give_a_lock_that_is_held() {
            Ledger held = Ledger.EMPTY.acquire(Situation.ID);

            assertThatIllegalStateException()
                    .isThrownBy(() -> held.acquire(other))
                    .withMessageContaining("release-42");
        }

        @Test
        void remembers_the_latest_rollout_when_the_lock_is_free() {
            Ledger released = Ledger.EMPTY.acquire(Situation.ID).release();

            assertThat(released.holder()).isEmpty();
            assertThat(released.latest()).contains(Situation.ID);
            assertThat(released.fence()).isEqualTo(1);
        }
    }

    @Nested
    class Its_parts {

        @ParameterizedTest
        @NullSource
        @ValueSource(strings = {"", "a b", "ü", "a/b", "a.b", "a\n"})
        void an_id_stands_in_tags_and_schedule_names_or_is_refused(String value) {
            assertThatIllegalArgumentException().isThrownBy(() -> new RolloutId(value));
        }

        @Test
        void an_id_may_have_every_letter_and_digit_from_the_first_to_the_last() {
            assertThat(RolloutId.isValid("az-AZ-09")).isTrue();
        }

        /** The neighbours of what is allowed, in the order of the characters. */
        @ParameterizedTest
        @ValueSource(strings = {"`", "{", "@", "[", "/", ":", ",", "."})
        void an_id_has_nothing_else(String value) {
            assertThat(RolloutId.isValid(value)).isFalse();
        }

        @Test
        void an_id_has_at_most_64_characters() {
            assertThat(RolloutId.isValid("x".repeat(64))).isTrue();
            assertThat(RolloutId.isValid("x".repeat(65))).isFalse();
        }

        @Test
        void one_fleet_cannot_play_both_roles() {
            assertThatIllegalArgumentException().isThrownBy(() -> new Roles(Optional.of(FleetName.A), FleetName.A));
        }

        @Test
        void green_has_at_least_one_instance() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Sizing(0, 4, Situation.SERVING, Situation.ASLEEP));
        }

        @Test
        void a_revision_has_a_name_and_a_digest() {
            assertThatIllegalArgumentException().isThrownBy(() -> new Revision("v1", " "));
        }
    }
}
