package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingProcess;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.rollout.Aftercare;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Installation;
import dev.greenlight.domain.rollout.OneFleet;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.strategy.Strategy;
import dev.greenlight.domain.traffic.Routing;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Releases onto the fleet that serves, and the former revision back onto it. */
class InPlaceReleaseTest {

    private static final Terms TERMS = World.releasing(new Strategy.InPlace());
    private static final RevisionLocation FORMER = new RevisionLocation("bucket", "before.zip");

    private final World world = World.serving();
    private final Pipeline pipeline = new Pipeline(world, world, TERMS, "one");

    private String swept() {
        return new Sweep(world, TERMS, world).tick().message();
    }

    /** Everything is done, as Sweep does it: minute by minute. */
    private Rollout sweptUntilSettled() {
        for (int minute = 0; minute < 60 && !pipeline.rollout().settled(); minute++) {
            world.after(Duration.ofMinutes(1));
            swept();
        }
        assertThat(pipeline.rollout().settled())
                .as("settled: %s", pipeline.rollout())
                .isTrue();
        return pipeline.rollout();
    }

    private Answer takenBack() {
        return new RollBack(world, TERMS, world).byHand(Optional.empty(), "it is slow", true);
    }

    private void assertAsFound() {
        assertThat(world.fleets.scaling(FleetName.A)).isEqualTo(World.SERVING);
        assertThat(world.fleets.scaling(FleetName.B)).isEqualTo(World.ASLEEP);
        assertThat(world.store.ledger().holder()).isEmpty();
        assertThat(world.router.writes()).isEmpty();
    }

    @Nested
    class A_good_one {

        @Test
        void is_installed_on_the_fleet_that_serves_and_leaves_the_rule_and_the_other_fleet_alone() {
            assertThat(pipeline.release()).isInstanceOf(Answer.Done.class);

            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.PROMOTED);
            assertThat(pipeline.rollout().green()).isEqualTo(FleetName.A);
            assertThat(world.deploymentsStarted()).isOne();
            sweptUntilSettled();
            assertAsFound();
            assertThat(world.restored).isEmpty();
        }

        @Test
        void keeps_every_instance_while_it_is_installed_on() {
            pipeline.runUntil(Phase.INSTALLING);
            world.installationIs(new Installation.Running("1 of 4"));
            pipeline.call(Phase.INSTALLING);

            assertThat(world.fleets.scaling(FleetName.A))
                    .isEqualTo(new Scaling(4, 4, 30, EnumSet.allOf(ScalingProcess.class)));
            assertThat(world.fleets.running(FleetName.B)).isZero();
        }

        @Test
        void has_users_from_the_moment_its_installation_begins() {
            pipeline.runUntil(Phase.INSTALLING);
            assertThat(pipeline.rollout().trafficMoved()).isFalse();
            pipeline.call(Phase.INSTALLING);
            assertThat(pipeline.rollout().trafficMoved()).isTrue();
        }

        @Test
        void is_watched_until_the_echo_of_its_downtime_is_over() {
            world.alarm(AlarmState.NO_DATA);
            pipeline.runUntil(Phase.VERIFYING);
            var since = pipeline.rollout().progress().phaseSince();
            world.alarm(AlarmState.OK);
            pipeline.through(Phase.VERIFYING);
            assertThat(pipeline.rollout().progress().phaseSince()).isAfterOrEqualTo(since.plus(OneFleet.ECHO));
        }

        @Test
        void is_brought_to_its_verdict_by_sweep_where_its_pipeline_is_gone() {
            pipeline.runUntil(Phase.SHIFTING);
            sweptUntilSettled();
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.PROMOTED);
            assertThat(pipeline.rollout().ending()).isEmpty();
        }

        @Test
        void makes_way_for_the_next_one_at_once() {
            pipeline.release();
            Pipeline next = new Pipeline(world, world, TERMS, "two");
            assertThat(next.release()).isInstanceOf(Answer.Done.class);
            assertThat(next.rollout().former()).isEqualTo("rev-one");
        }
    }

    @Nested
    class A_bad_one {

        @Test
        void is_taken_back_by_installing_again_what_was_there_before() {
            world.smokeAnswers(500);
            assertThat(pipeline.release()).isInstanceOf(Answer.Failed.class);

            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(world.restored.values()).containsExactly(FORMER);
            assertThat(world.store.quarantine("sha256:one")).isPresent();
            Rollout settled = sweptUntilSettled();
            assertThat(settled.history())
                    .extracting(event -> event.what())
                    .containsSubsequence("rolled back", "restoring", "restored", "settled");
            assertAsFound();
        }

        @Test
        void keeps_its_fleet_pinned_until_the_former_revision_is_on_every_instance() {
            world.smokeAnswers(500);
            pipeline.release();
            world.restorationIs(new Installation.Succeeded(Set.of()));
            world.after(Duration.ofMinutes(10));

            assertThat(swept()).contains("is on 0 of 4 instances");
            assertThat(world.fleets.scaling(FleetName.A).minimum()).isEqualTo(4);
            assertThat(pipeline.rollout().settled()).isFalse();
        }

        @Test
        void is_tried_again_where_its_way_back_fails_and_not_without_end() {
            world.smokeAnswers(500);
            pipeline.release();
            world.restorationIs(new Installation.Failed("an agent is silent", false));

            Rollout settled = sweptUntilSettled();
            assertThat(world.restored).containsOnlyKeys("r-one-1", "r-one-2", "r-one-3", "r-one-4", "r-one-5");
            assertThat(settled.history()).extracting(event -> event.what()).contains("not restored");
            assertAsFound();
        }

        @Test
        void goes_to_all_instances_at_once_where_those_that_have_to_stay_let_nobody_go() {
            world.smokeAnswers(500);
            pipeline.release();
            world.restorationIs(new Installation.Refused("too few healthy instances are available"));

            Rollout settled = sweptUntilSettled();
            assertThat(world.restored)
                    .containsOnlyKeys("r-one-1", "r-one-2", "r-one-3-at-once", "r-one-4-at-once", "r-one-5-at-once");
            assertThat(settled.history()).extracting(event -> event.what()).contains("not restored");
            assertAsFound();
        }

        @Test
        void waits_for_the_group_where_another_deployment_holds_it() {
            world.groupIsBusy(true);
            world.smokeAnswers(500);
            pipeline.release();
            assertThat(world.restored).isEmpty();
            world.groupIsBusy(false);
            sweptUntilSettled();
            assertThat(world.restored).hasSize(1);
        }

        /** A call that read the record before the way back was over pins the fleet after it was released (seed 3290). */
        @Test
        void is_settled_only_when_no_call_can_pin_its_fleet_any_more() {
            world.smokeAnswers(500);
            pipeline.release();
            world.after(Aftercare.AT_WORK.plusSeconds(1));
            assertThat(swept()).contains("a call from before may be at work");
            assertThat(pipeline.rollout().settled()).isFalse();
            assertThat(world.fleets.scaling(FleetName.A)).isEqualTo(World.SERVING);
            Scaling pinned = new Scaling(4, 4, 30, EnumSet.allOf(ScalingProcess.class));
            world.fleets.set(FleetName.A, pinned);
            sweptUntilSettled();
            assertAsFound();
        }

        @Test
        void keeps_the_next_one_waiting_until_its_fleet_is_whole_again() {
            world.smokeAnswers(500);
            pipeline.release();
            world.smokeAnswers(200);
            world.restorationIs(new Installation.Running("1 of 4"));
            Pipeline next = new Pipeline(world, world, TERMS, "two");

            assertThat(next.call(Phase.PREPARING))
                    .isInstanceOf(Answer.InProgress.class)
                    .extracting(Answer::message)
                    .isEqualTo("fleet A gets what served before back");
            world.restorationIs(new Installation.Succeeded(Set.of("i-1", "i-2", "i-3", "i-4")));
            sweptUntilSettled();
            assertThat(next.release()).isInstanceOf(Answer.Done.class);
        }

        @Test
        void stays_where_nobody_knows_what_was_there_before() {
            world.nothingStands();
            world.smokeAnswers(500);
            assertThat(pipeline.release()).isInstanceOf(Answer.Failed.class);
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.PROMOTED);
            assertThat(pipeline.rollout().ending().orElseThrow().reason()).contains("nobody knows what was there");
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

        @Test
        void that_still_rings_when_the_echo_is_over_takes_it_back() {
            pipeline.runUntil(Phase.VALIDATING);
            world.alarmSince(world.instant());
            pipeline.release();
            assertThat(pipeline.rollout().ending().orElseThrow().cause()).isEqualTo(Cause.CHECK_FAILED);
            assertThat(world.restored).hasSize(1);
        }

        @Test
        void that_fires_after_the_echo_takes_it_back_at_once() {
            pipeline.runUntil(Phase.VERIFYING);
            pipeline.call(Phase.VERIFYING);
            world.alarm(AlarmState.NO_DATA);
            world.after(OneFleet.ECHO.plusSeconds(30));
            assertThat(new RollBack(world, TERMS, world).alarmFired(World.ALARM, world.instant()))
                    .isInstanceOf(Answer.Done.class);
            assertThat(world.restored).hasSize(1);
        }
    }

    @Nested
    class A_person {

        @Test
        void is_told_that_the_way_back_has_begun_and_takes_minutes() {
            pipeline.runUntil(Phase.VERIFYING);
            assertThat(takenBack())
                    .isInstanceOf(Answer.Done.class)
                    .extracting(Answer::message)
                    .asString()
                    .contains("deployment r-one-1 brings it", "takes minutes");
            assertThat(takenBack()).isInstanceOf(Answer.Done.class);
            assertThat(world.restored).hasSize(1);
            sweptUntilSettled();
            assertThat(takenBack().message()).contains("fleet A has what served before back");
        }

        @Test
        void who_comes_before_the_installation_costs_nobody_anything() {
            pipeline.runUntil(Phase.INSTALLING);
            assertThat(takenBack().message()).contains("nothing had been installed");
            sweptUntilSettled();
            assertThat(world.restored).isEmpty();
            assertAsFound();
        }

        @Test
        void who_comes_after_the_promotion_gets_the_old_one_back_as_well() {
            pipeline.release();
            sweptUntilSettled();
            Scaling grown = new Scaling(3, 5, 30, Set.of());
            world.fleets.set(FleetName.A, grown);

            assertThat(takenBack()).isInstanceOf(Answer.Done.class);
            assertThat(world.restored.values()).containsExactly(FORMER);
            assertThat(world.fleets.scaling(FleetName.A).minimum())
                    .as("pinned before anything is deployed")
                    .isEqualTo(5);
            sweptUntilSettled();
            assertThat(world.fleets.scaling(FleetName.A)).isEqualTo(grown);
        }

        /** PrepareGreen had read that all is settled, and began on a fleet that was getting its old revision back (seed 5103). */
        @Test
        void who_comes_while_the_next_release_begins_is_not_run_over() {
            for (int call = 1; call < 30; call++) {
                comesAtCall(call);
            }
        }

        @Test
        void who_comes_hours_after_the_promotion_is_told_to_release_the_old_one_anew() {
            pipeline.release();
            sweptUntilSettled();
            world.after(OneFleet.WAY_BACK);
            assertThat(takenBack().message()).contains("release that anew");
            assertThat(world.restored).isEmpty();
        }

        @Test
        void who_comes_while_the_store_is_silent_is_told_to_call_again() {
            pipeline.runUntil(Phase.VERIFYING);
            world.store.fallSilent();
            assertThat(takenBack())
                    .isInstanceOf(Answer.Failed.class)
                    .extracting(Answer::message)
                    .isEqualTo("the store is silent, and only it knows what was there before: call again");
        }

        @Test
        void who_comes_while_it_is_installed_stops_it_first() {
            pipeline.runUntil(Phase.INSTALLING);
            world.installationIs(new Installation.Running("1 of 4"));
            pipeline.call(Phase.INSTALLING);
            takenBack();
            assertThat(world.deploymentsRunning()).isZero();
            assertThat(world.restored).hasSize(1);
        }
    }

    private static void comesAtCall(int call) {
        World world = World.serving();
        Pipeline pipeline = new Pipeline(world, world, TERMS, "one");
        pipeline.release();
        for (int minute = 0; minute < 10; minute++) {
            world.after(Duration.ofMinutes(1));
            new Sweep(world, TERMS, world).tick();
        }
        EventfulPorts.Event person = new EventfulPorts.Event(
                call,
                EventfulPorts.Moment.BEFORE,
                () -> new RollBack(world, TERMS, world).byHand(Optional.of(pipeline.id()), "slow", true));
        new Pipeline(new EventfulPorts(world, person), world, TERMS, "two").call(Phase.PREPARING);

        boolean comesBack = !world.restored.isEmpty();
        assertThat(world.store.ledger().latest().equals(Optional.of(pipeline.id())))
                .as("call %d: the old revision comes back, or the next one begins", call)
                .isEqualTo(comesBack);
    }

    /** Whatever dies at whichever call, the fleet ends with one revision, and as it was found. */
    @Test
    void a_death_at_any_call_of_a_rollback_leaves_it_to_sweep() {
        for (EventfulPorts.Moment moment : EventfulPorts.Moment.values()) {
            for (int call = 1; call < 40; call++) {
                dies(EventfulPorts.Event.death(call, moment));
            }
        }
    }

    private static void dies(EventfulPorts.Event death) {
        World world = World.serving();
        Pipeline pipeline = new Pipeline(world, world, TERMS, "one");
        pipeline.runUntil(Phase.VERIFYING);
        try {
            new RollBack(new EventfulPorts(world, death), TERMS, world).byHand(Optional.empty(), "slow", true);
        } catch (EventfulPorts.Died expected) {
            // Somebody calls again.
        }
        new RollBack(world, TERMS, world).byHand(Optional.empty(), "slow", true);
        for (int minute = 0; minute < 20; minute++) {
            world.after(Duration.ofMinutes(1));
            new Sweep(world, TERMS, world).tick();
        }
        assertThat(pipeline.rollout().phase()).as("%s", death).isEqualTo(Phase.ROLLED_BACK);
        assertThat(pipeline.rollout().settled()).as("%s", death).isTrue();
        assertThat(world.restored).as("%s", death).hasSize(1);
        assertThat(world.fleets.scaling(FleetName.A)).as("%s", death).isEqualTo(World.SERVING);
    }

    @Nested
    class After_two_fleets {

        private final Pipeline before = new Pipeline(world, "zero");

        @Test
        void it_does_not_begin_while_blue_is_warm() {
            before.release();
            assertThat(pipeline.call(Phase.PREPARING))
                    .isInstanceOf(Answer.Failed.class)
                    .extracting(Answer::message)
                    .asString()
                    .contains("has no use for it");
        }

        @Test
        void it_waits_until_what_was_taken_back_sleeps() {
            world.smokeAnswers(500);
            before.release();
            world.smokeAnswers(200);
            assertThat(pipeline.call(Phase.PREPARING)).isInstanceOf(Answer.InProgress.class);
            world.after(Aftercare.AT_WORK);
            swept();
            assertThat(pipeline.release()).isInstanceOf(Answer.Done.class);
        }

        @Test
        void the_next_one_may_have_two_again() {
            pipeline.release();
            assertThat(before.release()).isInstanceOf(Answer.Done.class);
            assertThat(world.router.writes()).isEqualTo(List.of(Routing.full(FleetName.B)));
        }
    }
}
