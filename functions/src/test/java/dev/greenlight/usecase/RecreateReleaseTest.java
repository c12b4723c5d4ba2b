package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingProcess;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Installation;
import dev.greenlight.domain.rollout.OneFleet;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.strategy.Strategy;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Releases where only one fleet may run at a time, and their way back. */
class RecreateReleaseTest {

    private static final Terms TERMS = World.releasing(new Strategy.Recreate());
    private static final Routing CLOSED = new Routing.Closed();

    private final World world = World.serving();
    private final Pipeline pipeline = new Pipeline(world, world, TERMS, "one");

    private String swept() {
        world.after(Duration.ofMinutes(1));
        return new Sweep(world, TERMS, world).tick().message();
    }

    private Rollout sweptUntilSettled(Pipeline of) {
        for (int minute = 0; minute < 60 && !of.rollout().settled(); minute++) {
            swept();
        }
        assertThat(of.rollout().settled()).as("settled: %s", of.rollout()).isTrue();
        return of.rollout();
    }

    private Answer takenBack() {
        return new RollBack(world, TERMS, world).byHand(Optional.empty(), "it is slow", true);
    }

    private void assertAsFound() {
        assertThat(world.router.live()).isEqualTo(Routing.full(FleetName.A));
        assertThat(world.fleets.scaling(FleetName.A)).isEqualTo(World.SERVING);
        assertThat(world.fleets.scaling(FleetName.B)).isEqualTo(World.ASLEEP);
        assertThat(world.store.ledger().holder()).isEmpty();
    }

    private static List<String> told(Rollout rollout) {
        return rollout.history().stream().map(event -> event.what()).toList();
    }

    /** Whatever the story, the two fleets never run at the same time by Greenlight's doing. */
    @AfterEach
    void only_one_fleet_ran_at_a_time() {
        assertThat(world.fleets.bothRan()).isFalse();
    }

    @Nested
    class A_good_one {

        @Test
        void closes_the_rule_empties_blue_brings_green_up_and_opens_it() {
            assertThat(pipeline.release()).isInstanceOf(Answer.Done.class);

            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.PROMOTED);
            assertThat(world.router.writes()).containsExactly(CLOSED, Routing.full(FleetName.B));
            Rollout settled = sweptUntilSettled(pipeline);
            assertThat(told(settled))
                    .containsSubsequence(
                            "announced", "changes places", "changes places", "shifted", "promoted", "settled");
            assertThat(world.fleets.scaling(FleetName.B)).isEqualTo(World.SERVING);
            assertThat(world.fleets.scaling(FleetName.A)).isEqualTo(new Scaling(0, 0, 30, Set.of()));
            assertThat(world.appointments).isEmpty();
        }

        @Test
        void says_beforehand_for_how_long_users_are_shut_out_at_most() {
            pipeline.call(Phase.PREPARING);
            assertThat(pipeline.rollout().history())
                    .anySatisfy(event -> assertThat(event.why()).contains("shut out for at most 105 minutes"));
            assertThat(pipeline.rollout().history())
                    .anySatisfy(event -> assertThat(event.why()).contains("closed until green is validated"));
        }

        @Test
        void lets_nothing_wake_blue_while_green_runs() {
            pipeline.runUntil(Phase.VERIFYING);
            assertThat(world.fleets.scaling(FleetName.A))
                    .isEqualTo(new Scaling(0, 0, 30, EnumSet.allOf(ScalingProcess.class)));
        }

        @Test
        void puts_a_blue_to_sleep_again_that_a_hand_woke_and_lets_nobody_in_before() {
            pipeline.runUntil(Phase.SHIFTING);
            world.fleets.set(FleetName.B, World.ASLEEP); // so that the hand, and not Greenlight, has one fleet running
            world.fleets.set(FleetName.A, new Scaling(0, 1, 30, EnumSet.allOf(ScalingProcess.class)));
            assertThat(pipeline.call(Phase.SHIFTING)).isInstanceOf(Answer.InProgress.class);
            assertThat(world.fleets.running(FleetName.A)).isZero();
            assertThat(world.router.live()).isEqualTo(CLOSED);
        }

        @Test
        void goes_on_by_sweep_where_its_pipeline_is_gone_once_it_is_validated() {
            pipeline.runUntil(Phase.SHIFTING);
            sweptUntilSettled(pipeline);
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.PROMOTED);
            assertThat(pipeline.rollout().ending()).isEmpty();
        }

        @Test
        void makes_way_for_the_next_one_at_once_which_changes_places_again() {
            pipeline.release();
            Pipeline next = new Pipeline(world, world, TERMS, "two");
            assertThat(next.release()).isInstanceOf(Answer.Done.class);
            assertThat(next.rollout().former()).isEqualTo("rev-one");
            assertThat(world.router.live()).isEqualTo(Routing.full(FleetName.A));
            sweptUntilSettled(next);
            assertThat(world.fleets.scaling(FleetName.A)).isEqualTo(World.SERVING);
        }

        @Test
        void empties_a_large_fleet_in_slices() {
            world.fleets.set(FleetName.A, new Scaling(2, 25, 30, Set.of()));
            world.fleets.set(FleetName.B, World.ASLEEP);
            assertThat(pipeline.release()).isInstanceOf(Answer.Done.class);
            assertThat(world.fleets.largestLoss()).isEqualTo(10);
            assertThat(world.fleets.running(FleetName.B)).isEqualTo(25);
        }
    }

    @Nested
    class A_bad_one {

        @Test
        void gives_way_to_what_was_there_before() {
            world.smokeAnswers(500);
            assertThat(pipeline.release()).isInstanceOf(Answer.Failed.class);
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(world.fleets.running(FleetName.B))
                    .as("it leaves at once")
                    .isZero();
            assertThat(world.store.quarantine("sha256:one")).isPresent();

            Rollout settled = sweptUntilSettled(pipeline);
            assertThat(told(settled)).containsSubsequence("rolled back", "restored", "settled");
            assertThat(world.router.writes()).containsExactly(CLOSED, Routing.full(FleetName.A));
            assertAsFound();
        }

        @Test
        void that_fails_under_traffic_is_shut_out_of_first() {
            world.alarm(AlarmState.NO_DATA);
            pipeline.runUntil(Phase.VERIFYING);
            pipeline.call(Phase.VERIFYING);
            world.after(OneFleet.ECHO.plusSeconds(30));
            assertThat(new RollBack(world, TERMS, world).alarmFired(World.ALARM, world.instant()))
                    .isInstanceOf(Answer.Done.class);
            assertThat(world.router.writes()).containsExactly(CLOSED, Routing.full(FleetName.B), CLOSED);
            sweptUntilSettled(pipeline);
            assertAsFound();
        }

        @Test
        void waits_until_what_was_there_before_is_proven_and_whole() {
            world.smokeAnswers(500);
            world.restorationIs(new Installation.Succeeded(Set.of()));
            pipeline.release();
            assertThat(swept()).contains("comes back on fleet A");
            assertThat(world.router.live()).isEqualTo(CLOSED);
            world.restorationIs(
                    new Installation.Succeeded(Set.copyOf(world.fleets.groups().get(FleetName.A).instances().stream()
                            .map(instance -> instance.id())
                            .toList())));
            swept();
            assertThat(world.router.live()).isEqualTo(Routing.full(FleetName.A));
            sweptUntilSettled(pipeline);
            assertAsFound();
        }

        @Test
        void that_cannot_be_undone_asks_for_a_person_and_lets_the_fix_begin_which_opens_the_rule() {
            world.smokeAnswers(500);
            world.fleets.launchesFailOn(FleetName.A);
            pipeline.release();
            Pipeline fix = new Pipeline(world, world, TERMS, "two");
            assertThat(fix.call(Phase.PREPARING).message()).isEqualTo("fleet A gets what served before back");
            for (int minute = 0; minute < 40; minute++) {
                swept();
            }
            assertThat(told(pipeline.rollout())).contains("restores again").doesNotContain("settled");
            world.smokeAnswers(200);
            assertThat(fix.release()).isInstanceOf(Answer.Done.class);
            assertThat(world.router.live()).isEqualTo(Routing.full(FleetName.B));
            assertThat(pipeline.rollout().settled()).isTrue();
        }

        @Test
        void comes_back_late_all_the_same() {
            world.smokeAnswers(500);
            world.fleets.launchesFailOn(FleetName.A);
            pipeline.release();
            for (int minute = 0; minute < 40; minute++) {
                swept();
            }
            world.fleets.mended(FleetName.A);
            sweptUntilSettled(pipeline);
            assertAsFound();
        }
    }

    @Nested
    class Whoever_shuts_users_out {

        /** Otherwise they were shut out for half a minute without a record of it, where the rule was read late (seed 1118). */
        @Test
        void has_said_so_in_the_record_before() {
            pipeline.runUntil(Phase.VERIFYING);
            pipeline.call(Phase.VERIFYING);
            world.after(OneFleet.ECHO.plusSeconds(30));
            world.alarmSince(world.instant());
            AtomicReference<Phase> then = new AtomicReference<>();
            world.router.beforeNextWrite(() -> then.set(pipeline.rollout().phase()));
            pipeline.call(Phase.VERIFYING);
            assertThat(world.router.live()).isEqualTo(CLOSED);
            assertThat(then).hasValue(Phase.ROLLED_BACK);
        }

        /** Green was emptied under users whom a write had just let in, which the rule did not show yet (seed 1238). */
        @Test
        void does_so_again_where_they_may_have_been_let_in_a_moment_ago() {
            pipeline.runUntil(Phase.SHIFTING);
            world.router.loseNextWrite();
            pipeline.call(Phase.SHIFTING);
            takenBack();
            assertThat(world.router.writes()).containsExactly(CLOSED, Routing.full(FleetName.B), CLOSED);
        }
    }

    @Nested
    class Sweep_that_comes_in_the_middle {

        /** Between RollBack's record and its write, the rule was shown as it was before users were let in (seed 96104190). */
        @Test
        void empties_nothing_before_the_rule_shows_who_was_let_in() {
            pipeline.runUntil(Phase.SHIFTING);
            world.router.loseNextWrite();
            pipeline.call(Phase.SHIFTING);
            world.router.beforeNextWrite(() -> {
                new Sweep(world, TERMS, world).tick();
                assertThat(world.fleets.scaling(FleetName.B).desired()).isPositive();
            });
            takenBack();
            assertThat(world.fleets.scaling(FleetName.B).desired()).isPositive();
            sweptUntilSettled(pipeline);
            assertAsFound();
        }
    }

    @Nested
    class An_alarm {

        @Test
        void that_the_downtime_sets_off_takes_nothing_back() {
            pipeline.runUntil(Phase.VALIDATING);
            world.alarmSince(world.instant());
            assertThat(new RollBack(world, TERMS, world).alarmFired(World.ALARM, world.instant()))
                    .isInstanceOf(Answer.Ignored.class);
            pipeline.runUntil(Phase.VERIFYING);
            pipeline.call(Phase.VERIFYING);
            assertThat(pipeline.rollout().isOpen()).isTrue();
        }
    }

    @Nested
    class A_person {

        @Test
        void who_comes_before_the_rule_is_closed_costs_nobody_anything() {
            world.fleets.forgetSettings();
            pipeline.call(Phase.PREPARING);
            assertThat(takenBack().message()).contains("no user had felt anything");
            assertThat(world.router.writes()).isEmpty();
        }

        @Test
        void who_comes_in_any_phase_gets_the_old_one_back() {
            for (Phase phase :
                    List.of(Phase.INSTALLING, Phase.VALIDATING, Phase.SHIFTING, Phase.VERIFYING, Phase.PROMOTED)) {
                World world = World.serving();
                Pipeline pipeline = new Pipeline(world, world, TERMS, "one");
                pipeline.runUntil(phase);
                Answer answer = new RollBack(world, TERMS, world).byHand(Optional.empty(), "slow", true);
                assertThat(answer.message()).as("%s", phase).contains("takes minutes");
                for (int minute = 0; minute < 20; minute++) {
                    world.after(Duration.ofMinutes(1));
                    new Sweep(world, TERMS, world).tick();
                }
                assertThat(pipeline.rollout().settled()).as("%s", phase).isTrue();
                assertThat(world.router.live()).as("%s", phase).isEqualTo(Routing.full(FleetName.A));
                assertThat(world.fleets.scaling(FleetName.A)).as("%s", phase).isEqualTo(World.SERVING);
                assertThat(world.fleets.scaling(FleetName.B)).as("%s", phase).isEqualTo(World.ASLEEP);
                assertThat(world.fleets.bothRan()).as("%s", phase).isFalse();
            }
        }

        @Test
        void who_comes_after_all_is_settled_gets_it_back_as_large_as_what_serves_by_then() {
            pipeline.release();
            sweptUntilSettled(pipeline);
            world.fleets.set(FleetName.B, new Scaling(3, 5, 30, Set.of()));

            world.router.forgetWrites();
            assertThat(takenBack().message()).contains("takes minutes");
            assertThat(world.router.writes()).containsExactly(CLOSED);
            sweptUntilSettled(pipeline);
            assertThat(world.fleets.scaling(FleetName.A)).isEqualTo(new Scaling(3, 5, 30, Set.of()));
            assertThat(world.fleets.scaling(FleetName.B)).isEqualTo(World.ASLEEP);
        }

        @Test
        void who_comes_hours_after_the_promotion_is_told_to_release_the_old_one_anew() {
            pipeline.release();
            sweptUntilSettled(pipeline);
            world.after(OneFleet.WAY_BACK);
            assertThat(takenBack().message()).contains("release that anew");
            assertThat(world.router.live()).isEqualTo(Routing.full(FleetName.B));
        }

        @Test
        void who_comes_while_the_store_is_silent_opens_a_blue_that_still_stands() {
            pipeline.call(Phase.PREPARING);
            world.fleets.set(FleetName.B, World.ASLEEP);
            World before = world;
            before.fleets.set(FleetName.A, World.SERVING);
            before.store.fallSilent();
            assertThat(takenBack()).isInstanceOf(Answer.Done.class);
            assertThat(world.router.live()).isEqualTo(Routing.full(FleetName.A));
        }

        @Test
        void who_comes_while_the_store_is_silent_and_blue_is_gone_is_told_to_call_again() {
            pipeline.runUntil(Phase.VERIFYING);
            world.store.fallSilent();
            assertThat(takenBack())
                    .isInstanceOf(Answer.Failed.class)
                    .extracting(Answer::message)
                    .isEqualTo("the store is silent, and only it knows which fleet may be emptied: call again");
            assertThat(world.router.live()).isEqualTo(Routing.full(FleetName.B));
        }
    }

    @Nested
    class A_hand {

        @Test
        void that_opens_the_rule_to_blue_takes_it_back() {
            pipeline.runUntil(Phase.VALIDATING);
            world.router.become(Routing.full(FleetName.A));
            assertThat(pipeline.call(Phase.VALIDATING)).isInstanceOf(Answer.Failed.class);
            assertThat(pipeline.rollout().ending().orElseThrow().cause()).isEqualTo(Cause.SEEN_ON_RULE);
            sweptUntilSettled(pipeline);
            assertAsFound();
        }

        @Test
        void that_writes_other_weights_is_reported_and_waited_for() {
            pipeline.runUntil(Phase.VALIDATING);
            world.router.become(new Routing.Weighted(new Weights(50, 50)));
            assertThat(pipeline.call(Phase.VALIDATING).message()).contains("changed by someone else");
            world.router.become(CLOSED);
            assertThat(pipeline.release()).isInstanceOf(Answer.Done.class);
        }
    }

    @Nested
    class It_does_not_begin {

        @Test
        void while_a_blue_is_warm_that_another_strategy_left() {
            Pipeline before = new Pipeline(World.serving(), "zero");
            assertThat(before.release()).isInstanceOf(Answer.Done.class);
            World other = World.serving();
            new Pipeline(other, "zero").release();
            assertThat(new Pipeline(other, other, TERMS, "one")
                            .call(Phase.PREPARING)
                            .message())
                    .contains("has no use for it");
        }

        @Test
        void where_nothing_could_bring_back_what_it_empties() {
            world.nothingStands();
            assertThat(pipeline.call(Phase.PREPARING).message()).contains("there would be no way back");
            assertThat(world.router.writes()).isEmpty();
        }
    }
}
