package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.RuleTags;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One call takes it back, or refuses with the reason: rule 3 of docs/rules.md. */
class RollBackTest {

    private static final Routing ON_A = Routing.full(FleetName.A);
    private static final Routing ON_B = Routing.full(FleetName.B);
    private static final Optional<RolloutId> UNNAMED = Optional.empty();

    private final World world = World.serving();
    private final Pipeline pipeline = new Pipeline(world, "one");

    private Answer byHand(Optional<RolloutId> named) {
        return new RollBack(world, World.terms(), world).byHand(named, "customers complain", true);
    }

    private void promoted() {
        pipeline.release();
        world.after(Duration.ofHours(3));
        world.router.forgetWrites();
    }

    private void assertBackWithOneWrite() {
        assertThat(world.router.writes()).containsExactly(ON_A);
        assertThat(world.router.live()).isEqualTo(ON_A);
    }

    private static void assertRefused(Answer answer, String reason) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.message()).contains(reason));
    }

    @Nested
    class By_hand {

        @Test
        void hours_after_promotion_it_is_one_write_and_the_record_is_closed() {
            promoted();

            assertThat(byHand(UNNAMED)).isInstanceOf(Answer.Done.class);

            assertBackWithOneWrite();
            assertThat(pipeline.rollout().ending().orElseThrow().cause()).isEqualTo(Cause.BY_HAND);
            assertThat(world.store.quarantine(pipeline.revision().digest())).isPresent();
            assertThat(world.appointments).isEmpty();
        }

        @Test
        void it_claims_no_quarantine_where_none_was_asked_for() {
            promoted();
            RollBack rollBack = new RollBack(world, World.terms(), world);

            assertThat(rollBack.byHand(UNNAMED, "rehearsal", false).message()).doesNotContain("quarantined");
        }

        @Test
        void it_names_the_revision_that_it_quarantines() {
            promoted();

            assertThat(byHand(UNNAMED).message())
                    .contains("revision %s is quarantined"
                            .formatted(pipeline.revision().name()));
        }

        @Test
        void a_call_that_comes_again_does_not_quarantine_what_a_person_has_released_since() {
            promoted();
            byHand(UNNAMED);
            world.store.release(pipeline.revision().digest());

            assertThat(byHand(UNNAMED).message()).doesNotContain("quarantined");
            assertThat(world.store.quarantine(pipeline.revision().digest())).isEmpty();
        }

        @Test
        void a_call_that_blames_the_revision_counts_although_one_that_did_not_came_first() {
            promoted();
            new RollBack(world, World.terms(), world).byHand(UNNAMED, "rehearsal", false);

            assertThat(byHand(UNNAMED).message()).contains("is quarantined");
            assertThat(world.store.quarantine(pipeline.revision().digest())).isPresent();
        }

        @Test
        void the_journal_tells_a_rollback_from_one_that_was_done_already() {
            promoted();
            Answer answer = byHand(UNNAMED);
            assertThat(answer.message()).doesNotContain("raised");
            assertThat(world.told.getLast().rollout()).contains(pipeline.id());
            assertThat(world.told.getLast().decision()).isEqualTo("roll back");
            assertThat(world.told.getLast().reason()).isEqualTo("customers complain");

            byHand(UNNAMED);
            assertThat(world.told.getLast().decision()).isEqualTo("roll back");
            assertThat(world.told.getLast().reason()).isEqualTo("already back: customers complain");
        }

        @Test
        void the_journal_tells_a_rejection_that_no_user_saw() {
            pipeline.runUntil(Phase.VALIDATING);
            byHand(UNNAMED);

            assertThat(world.told.getLast().decision()).isEqualTo("reject");
            assertThat(world.told.getLast().reason()).isEqualTo("customers complain");
        }

        @Test
        void the_journal_tells_a_refusal_with_its_reason() {
            promoted();
            world.router.health(FleetName.A, Targets.NONE);
            Answer answer = byHand(UNNAMED);

            assertThat(world.told.getLast().decision()).isEqualTo("refuse");
            assertThat(world.told.getLast().rollout()).contains(pipeline.id());
            assertThat(answer.message()).isEqualTo(world.told.getLast().reason());
        }

        @Test
        void in_mid_verification_it_frees_the_lock_for_the_fix() {
            pipeline.runUntil(Phase.VERIFYING);
            world.router.forgetWrites();

            byHand(UNNAMED);

            assertBackWithOneWrite();
            assertThat(world.store.ledger().holder()).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(names = {"INSTALLING", "VALIDATING", "SHIFTING"})
        void before_any_traffic_moved_it_writes_nothing_and_ends_the_rollout(Phase phase) {
            pipeline.runUntil(phase);

            assertThat(byHand(UNNAMED))
                    .isInstanceOfSatisfying(
                            Answer.Done.class,
                            done -> assertThat(done.message()).contains("no traffic had to move"));
            assertThat(world.router.writes()).isEmpty();
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(pipeline.rollout().ending().orElseThrow().trafficMoved()).isFalse();
        }

        @Test
        void a_second_call_is_done_as_well_and_writes_nothing() {
            promoted();
            byHand(UNNAMED);
            world.router.forgetWrites();

            assertThat(byHand(UNNAMED)).isInstanceOf(Answer.Done.class);
            assertThat(world.router.writes()).isEmpty();
        }

        @Test
        void a_second_call_is_told_as_a_rollback_that_was_done_already() {
            promoted();
            byHand(UNNAMED);
            byHand(UNNAMED);

            assertThat(world.decisions()).endsWith("roll back").doesNotContain("reject");
            assertThat(world.told.getLast().reason()).isEqualTo("already back: customers complain");
        }

        /** It had written the rule and died; reads lagged, and four seconds later the next release took blue, which had all users again. */
        @Test
        void that_dies_as_it_writes_is_known_to_the_next_release_although_the_rule_shows_nothing_of_it_yet() {
            promoted();
            world.router.beforeNextWrite(() -> {
                throw new StackOverflowError("the process died");
            });
            assertThatThrownBy(() -> byHand(UNNAMED)).isInstanceOf(StackOverflowError.class);

            Answer next = new Pipeline(world, "two").call(Phase.PREPARING);

            assertThat(next).isInstanceOf(Answer.InProgress.class);
            assertThat(next.message()).contains("Sweep puts that right");
        }

        @Test
        void whose_write_does_not_show_yet_is_worth_a_retry() {
            promoted();
            world.router.loseNextWrite();

            assertThat(byHand(UNNAMED)).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
                assertThat(failed.failure()).isEqualTo(Answer.Failure.UNAVAILABLE);
                assertThat(failed.message()).contains("call again");
            });
        }

        @Test
        void without_quarantine_the_revision_may_come_again() {
            promoted();

            new RollBack(world, World.terms(), world).byHand(UNNAMED, "not its fault", false);

            assertBackWithOneWrite();
            assertThat(world.store.quarantine(pipeline.revision().digest())).isEmpty();
        }

        @Test
        void it_overrides_a_hands_edit() {
            promoted();
            world.router.become(new Routing.Weighted(new Weights(20, 80), Optional.of(Duration.ofHours(1))));

            assertThat(byHand(UNNAMED)).isInstanceOf(Answer.Done.class);
            assertBackWithOneWrite();
        }

        @Test
        void the_named_rollout_is_taken_back_when_it_is_the_latest() {
            promoted();

            assertThat(byHand(Optional.of(pipeline.id()))).isInstanceOf(Answer.Done.class);
            assertBackWithOneWrite();
        }

        @Test
        void a_rollout_that_is_not_the_latest_is_refused() {
            promoted();
            new Pipeline(world, "two").runUntil(Phase.VALIDATING);

            assertRefused(byHand(Optional.of(pipeline.id())), "rollout one is not the latest, two is");
            assertThat(world.router.writes()).isEmpty();
        }

        @Test
        void an_unknown_rollout_is_refused() {
            promoted();

            assertRefused(byHand(Optional.of(new RolloutId("typo"))), "no rollout typo is known");
        }

        @Test
        void a_service_without_any_rollout_is_told_so() {
            assertRefused(byHand(UNNAMED), "this service has had no rollout");
        }

        @Test
        void a_retired_blue_is_refused() {
            promoted();
            world.after(Situation.PACE.blueLifetime());
            new RetireBlue(world, World.terms(), world).timeUp(pipeline.id());

            assertRefused(byHand(UNNAMED), "blue of rollout one is retired: release the old revision anew");
        }

        @Test
        void a_first_release_is_refused() {
            World empty = World.empty();
            new Pipeline(empty, "first").release();

            assertRefused(
                    new RollBack(empty, World.terms(), empty).byHand(UNNAMED, "oh", true), "there is no way back");
            assertThat(empty.router.live()).isEqualTo(ON_A);
        }

        @Test
        void a_first_release_whose_write_was_not_recorded_yet_is_not_forgotten_as_rejected() {
            World empty = World.empty();
            Pipeline first = new Pipeline(empty, "first");
            first.runUntil(Phase.SHIFTING);
            empty.router.become(ON_A);

            assertRefused(
                    new RollBack(empty, World.terms(), empty).byHand(UNNAMED, "oh", true), "there is no way back");
            assertThat(first.rollout().isOpen()).isTrue();
        }

        /** The store knows who blue is; a rule that somebody wiped learns it anew, so that a late hook cannot shift again. */
        @Test
        void a_rule_without_tags_is_given_them_again() {
            pipeline.runUntil(Phase.SHIFTING);
            world.router.tag(RuleTags.NONE);

            assertThat(byHand(UNNAMED)).isInstanceOf(Answer.Done.class);

            assertThat(world.router.tags())
                    .isEqualTo(RuleTags.begin(pipeline.id(), Optional.of(FleetName.A))
                            .nowTakenBack(Cause.BY_HAND));
        }

        @Test
        void what_the_rule_says_already_of_its_cause_stays() {
            pipeline.runUntil(Phase.VERIFYING);
            world.router.tag(world.router.tags().nowTakenBack(Cause.CHECK_FAILED));

            byHand(UNNAMED);

            assertThat(world.router.tags().takenBack(pipeline.id())).contains(Cause.CHECK_FAILED);
        }

        @Test
        void before_any_traffic_moved_blue_is_left_as_large_as_it_is() {
            pipeline.runUntil(Phase.VALIDATING);
            greenGrowsTo(6);

            assertThat(byHand(UNNAMED).message()).doesNotContain("raised");
            assertThat(world.fleets.running(FleetName.A)).isEqualTo(4);
        }

        /** A hand gave all users to what had long been taken back; they need as many instances on the way home. */
        @Test
        void of_what_is_settled_it_raises_blue_as_well() {
            pipeline.runUntil(Phase.VERIFYING);
            byHand(UNNAMED);
            world.store.commit(pipeline.rollout().settle(world.instant()));
            greenGrowsTo(6);
            world.router.become(ON_B);

            assertThat(byHand(UNNAMED).message()).contains("fleet A had 4 instances and is raised to 6");
            assertThat(world.router.live()).isEqualTo(ON_A);
            assertThat(world.fleets.running(FleetName.A)).isEqualTo(6);
        }

        private void greenGrowsTo(int size) {
            Scaling set = world.fleets.scaling(FleetName.B);
            world.fleets.set(FleetName.B, new Scaling(set.minimum(), size, set.maximum(), set.suspended()));
        }

        @Test
        void a_blue_that_is_worse_is_refused_and_nothing_is_written() {
            promoted();
            world.router.health(FleetName.A, new Targets(1, 0, 3, 0, 0));

            assertRefused(byHand(UNNAMED), "is worse than");
            assertThat(world.router.writes()).isEmpty();
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.PROMOTED);
        }

        @Test
        void a_blue_that_is_too_small_takes_the_traffic_and_is_raised_at_once() {
            promoted();
            world.fleets.set(FleetName.A, World.ASLEEP);
            world.fleets.set(FleetName.A, new Scaling(0, 1, 30, java.util.Set.of()));

            assertThat(byHand(UNNAMED))
                    .isInstanceOfSatisfying(
                            Answer.Done.class,
                            done -> assertThat(done.message()).contains("had 1 instances and is raised to 4"));
            assertBackWithOneWrite();
            assertThat(world.fleets.running(FleetName.A)).isEqualTo(4);
        }
    }

    @Nested
    class A_rollback_wins {

        @Test
        void against_a_hook_that_writes_the_record_at_the_same_time() {
            pipeline.runUntil(Phase.VERIFYING);
            Rollout stale = pipeline.rollout();
            world.router.beforeNextWrite(() -> world.store.commit(stale.beat(world.instant())));

            assertThat(byHand(UNNAMED)).isInstanceOf(Answer.Done.class);
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
        }
    }
}
