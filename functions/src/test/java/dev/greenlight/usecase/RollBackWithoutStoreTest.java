package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.traffic.Routing;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** One call takes it back by what the rule says, while nobody hears from the store: rule 3 of docs/rules.md. */
class RollBackWithoutStoreTest {

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
    class While_the_store_is_silent {

        @Test
        void the_rules_own_tags_say_who_blue_is() {
            promoted();
            world.store.fallSilent();

            assertThat(byHand(UNNAMED))
                    .isInstanceOfSatisfying(
                            Answer.Done.class,
                            done -> assertThat(done.message()).contains("the store is silent"));
            assertBackWithOneWrite();
        }

        @Test
        void one_that_takes_the_call_and_never_answers_does_not_hold_up_the_way_back() {
            promoted();
            world.store.hang();

            Answer answer =
                    new RollBack(world, World.terms(), world, Duration.ofMillis(20)).byHand(UNNAMED, "it hangs", true);

            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Answer.Done.class,
                            done -> assertThat(done.message()).contains("the store is silent", "within 20 ms"));
            assertBackWithOneWrite();
        }

        /** The traffic was back, and the person's call hung until the function's time was over. */
        @Test
        void one_that_hangs_once_the_traffic_is_back_does_not_turn_done_into_failed() {
            promoted();
            world.router.beforeNextWrite(world.store::hang);

            Answer answer =
                    new RollBack(world, World.terms(), world, Duration.ofMillis(50)).byHand(UNNAMED, "it hangs", true);

            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Answer.Done.class,
                            done -> assertThat(done.message()).contains("Sweep will close the record", "within 50 ms"));
            assertBackWithOneWrite();
        }

        @Test
        void sweep_closes_the_record_later_with_the_cause_that_the_rule_remembers() {
            promoted();
            world.store.fallSilent();
            byHand(UNNAMED);
            world.store.speakAgain();

            new Sweep(world, World.terms(), world).tick();

            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(pipeline.rollout().ending().orElseThrow().cause()).isEqualTo(Cause.BY_HAND);
            assertThat(world.store.quarantine(pipeline.revision().digest())).isPresent();
        }

        /** It had ended for its stage by then, and Sweep settled it without a word of what the person had said. */
        @Test
        void who_blames_what_was_taken_back_for_another_reason_is_heard_by_sweep() {
            endedForItsStage();
            blamed();

            new Sweep(world, World.terms(), world).tick();

            assertThat(world.store.quarantine(pipeline.revision().digest())).isPresent();
            // Nobody met it: the next release need not wait for a cooldown.
            assertThat(pipeline.rollout().ending().orElseThrow().trafficMoved()).isFalse();
        }

        @Test
        void who_blames_what_is_settled_is_heard_by_sweep_and_so_is_who_releases_it_afterwards() {
            endedForItsStage();
            world.store.commit(pipeline.rollout().settle(world.instant()));
            blamed();

            new Sweep(world, World.terms(), world).tick();
            assertThat(world.store.quarantine(pipeline.revision().digest())).isPresent();

            world.store.release(pipeline.revision().digest());
            new Sweep(world, World.terms(), world).tick();
            assertThat(world.store.quarantine(pipeline.revision().digest())).isEmpty();
            assertThat(pipeline.rollout().settled()).isTrue();
        }

        private void endedForItsStage() {
            pipeline.runUntil(Phase.VALIDATING);
            new RollBack(world, World.terms(), world).stageEnded(pipeline.id(), "stopped");
        }

        private void blamed() {
            world.store.fallSilent();
            assertThat(byHand(UNNAMED)).isInstanceOf(Answer.Done.class);
            world.store.speakAgain();
        }

        @Test
        void the_rollout_that_the_rule_remembers_may_be_named() {
            promoted();
            world.store.fallSilent();

            assertThat(byHand(Optional.of(pipeline.id())))
                    .isInstanceOfSatisfying(
                            Answer.Done.class, done -> assertThat(done.facts()).containsEntry("rollout", "one"));
            assertBackWithOneWrite();
        }

        @Test
        void another_one_may_not() {
            promoted();
            world.store.fallSilent();

            assertRefused(byHand(Optional.of(new RolloutId("other"))), "the rule does not remember rollout other");
            assertThat(world.router.writes()).isEmpty();
        }

        @Test
        void a_rollout_in_validation_learns_of_it_from_the_rule() {
            pipeline.runUntil(Phase.VALIDATING);
            world.store.fallSilent();
            byHand(UNNAMED);
            world.store.speakAgain();

            assertThat(pipeline.through(Phase.VALIDATING)).isInstanceOf(Answer.Failed.class);
            assertThat(world.router.writes()).isEmpty();
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
        }

        @Test
        void a_retired_blue_is_still_no_way_back() {
            promoted();
            world.after(Situation.PACE.blueLifetime());
            new RetireBlue(world, World.terms(), world).timeUp(pipeline.id());
            world.store.fallSilent();

            assertRefused(byHand(UNNAMED), "nothing is blue");
            assertThat(world.router.live()).isEqualTo(ON_B);
        }
    }
}
