package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingProcess;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Installation;
import dev.greenlight.domain.rollout.OneFleet;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rolling;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Releases onto the fleet that serves, from one Availability Zone to the next. */
class RollingReleaseTest {

    private static final Duration BAKE = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final RevisionLocation FORMER = new RevisionLocation("bucket", "before.zip");

    private final World world = World.serving();
    private Terms terms = terms(Optional.empty());
    private Pipeline pipeline = new Pipeline(world, world, terms, "one");

    private static Terms terms(Optional<Step.Pause> pause) {
        return World.releasing(new Strategy.Rolling(BAKE, BAKE, 50, 0, pause));
    }

    private void pausing(Step.Otherwise otherwise) {
        terms = terms(Optional.of(new Step.Pause(PATIENCE, otherwise)));
        pipeline = new Pipeline(world, world, terms, "one");
    }

    @BeforeEach
    void two_zones() {
        world.fleets.zones(FleetName.A, "one", "two");
    }

    private Set<String> in(String... zones) {
        return new HashSet<>(world.fleets.idsIn(FleetName.A, Set.of(zones)));
    }

    private void deploymentIs(Set<String> done, Set<String> atWork) {
        world.installationIs(
                new Installation.Running("it runs", Optional.of(new Rolling.Batch(in("one", "two"), done, atWork))));
    }

    private void deploymentIsStopped(Set<String> done, Set<String> atWork) {
        world.installationIs(
                new Installation.Stopped("it was stopped", new Rolling.Batch(in("one", "two"), done, atWork)));
    }

    private void called() {
        pipeline.call(Phase.INSTALLING);
    }

    private Rolling rolling() {
        return pipeline.rollout().rolling().orElseThrow();
    }

    /** One zone is done, and its bake begins. */
    private void firstZoneIsDone() {
        pipeline.runUntil(Phase.INSTALLING);
        deploymentIs(Set.of(), in("one"));
        called();
        deploymentIs(in("one"), Set.of());
        called();
        assertThat(rolling().done()).isOne();
    }

    @Nested
    class A_good_one {

        @Test
        void is_installed_on_the_fleet_that_serves_and_announces_no_downtime() {
            assertThat(pipeline.release()).isInstanceOf(Answer.Done.class);
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.PROMOTED);
            assertThat(pipeline.rollout().green()).isEqualTo(FleetName.A);
            assertThat(world.deploymentsStarted()).isOne();
            assertThat(world.router.writes()).isEmpty();
        }

        @Test
        void keeps_every_instance_while_some_are_out_of_service() {
            firstZoneIsDone();
            assertThat(world.fleets.scaling(FleetName.A).suspended()).isEqualTo(EnumSet.allOf(ScalingProcess.class));
            assertThat(world.fleets.scaling(FleetName.A).minimum()).isEqualTo(4);
        }

        /** The load had left one of two, and CodeDeploy lets none of one go (seed 97204051). */
        @Test
        void waits_for_the_instances_that_it_raises_its_fleet_to() {
            world.fleets.launchesFailOn(FleetName.A);
            world.fleets.lose(FleetName.A);
            assertThat(pipeline.call(Phase.PREPARING).message())
                    .contains("3 of 4 instances in service: a release from zone");
            world.fleets.mended(FleetName.A);
            assertThat(pipeline.call(Phase.PREPARING)).isInstanceOf(Answer.Done.class);
        }

        /** A fix that began right after the bad one's bake was held against nothing, and blamed for what the other zone still ran (seed 98300655). */
        @Test
        void is_held_against_the_bake_of_the_one_before_that_it_follows_at_once() {
            pipeline.release();
            Instant validated = pipeline.rollout().progress().switchedAt().orElseThrow();
            Pipeline fix = new Pipeline(world, world, terms, "fix");
            fix.call(Phase.PREPARING);
            assertThat(fix.rollout().roles().oneFleet().orElseThrow().calmSince())
                    .contains(validated);
            assertThat(validated).isBefore(pipeline.rollout().progress().phaseSince());
        }

        /** So was one that followed at once on what was taken back: what is to come back was failing itself (seed 99321802). */
        @Test
        void is_held_against_what_the_one_before_it_was_where_that_was_taken_back_just_now() {
            pipeline.release();
            Pipeline bad = new Pipeline(world, world, terms, "bad");
            bad.runUntil(Phase.VERIFYING);
            OneFleet its = bad.rollout().roles().oneFleet().orElseThrow();
            new RollBack(world, terms, world).byHand(Optional.empty(), "slow", true);
            for (int minute = 0; minute < 6; minute++) {
                world.after(Duration.ofMinutes(1));
                new Sweep(world, terms, world).tick();
            }
            Pipeline fix = new Pipeline(world, world, terms, "fix");
            assertThat(fix.call(Phase.PREPARING)).isInstanceOf(Answer.Done.class);
            OneFleet held = fix.rollout().roles().oneFleet().orElseThrow();
            assertThat(held.calmSince()).isEqualTo(its.calmSince());
            assertThat(held.calmUntil()).isEqualTo(bad.rollout().progress().usersSince());
        }

        @Test
        void begins_with_those_who_are_there_where_the_others_do_not_come() {
            world.fleets.launchesFailOn(FleetName.A);
            world.fleets.lose(FleetName.A);
            pipeline.call(Phase.PREPARING);
            world.after(Situation.PACE.preparing().dividedBy(2));
            assertThat(pipeline.call(Phase.PREPARING)).isInstanceOf(Answer.Done.class);
        }

        @Test
        void goes_on_to_the_next_zone_when_its_checks_have_passed() {
            firstZoneIsDone();
            world.after(BAKE.plusSeconds(30));
            called();
            assertThat(rolling().heldAt()).isEmpty();
            assertThat(world.stopped()).isEmpty();
        }

        /** A question that failed long after the bake stopped it at the last moment, and the next zone was worked on (seed 96904698). */
        @Test
        void has_passed_its_first_zone_once_its_checks_did_when_the_bake_was_over() {
            firstZoneIsDone();
            world.after(BAKE.plusSeconds(30));
            called();
            world.alarm(AlarmState.NO_DATA);
            world.after(Rolling.GATE.minusMinutes(1));
            called();
            assertThat(rolling().heldAt()).isEmpty();
            assertThat(rolling().passed()).isOne();

            world.alarm(AlarmState.FIRING);
            called();
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
        }
    }

    @Nested
    class Between_two_zones {

        @Test
        void an_alarm_takes_it_back_and_what_was_there_before_comes_back() {
            firstZoneIsDone();
            world.alarm(AlarmState.FIRING);
            called();
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(pipeline.rollout().ending().orElseThrow().cause()).isEqualTo(Cause.CHECK_FAILED);
            assertThat(world.restored.values()).containsExactly(FORMER);
        }

        @Test
        void checks_without_a_verdict_at_the_end_of_the_bake_stop_it_and_a_verdict_lets_it_go_on() {
            firstZoneIsDone();
            world.alarm(AlarmState.NO_DATA);
            called();
            assertThat(rolling().heldAt()).isEmpty();
            world.after(BAKE.plusSeconds(1));
            called();
            assertThat(rolling().heldAt()).isPresent();
            assertThat(world.stopped()).hasSize(1);

            deploymentIsStopped(in("one"), Set.of());
            called();
            assertThat(world.deploymentsStarted()).isOne();
            world.alarm(AlarmState.OK);
            called();
            assertThat(world.deploymentsStarted()).isEqualTo(2);
            assertThat(rolling().attempt()).isEqualTo(2);
            assertThat(rolling().heldAt()).isEmpty();
        }

        @Test
        void one_that_was_let_go_on_is_not_stopped_again_while_it_comes_back_to_the_zone_that_is_done() {
            checks_without_a_verdict_at_the_end_of_the_bake_stop_it_and_a_verdict_lets_it_go_on();
            world.alarm(AlarmState.NO_DATA);
            deploymentIs(in("one"), Set.of());
            world.after(BAKE);
            called();
            assertThat(rolling().heldAt()).isEmpty();
            assertThat(world.stopped()).hasSize(1);
        }

        @Test
        void a_stop_by_somebody_else_takes_it_back() {
            firstZoneIsDone();
            deploymentIsStopped(in("one"), Set.of());
            called();
            assertThat(pipeline.rollout().ending().orElseThrow().cause()).isEqualTo(Cause.PLATFORM);
        }
    }

    @Nested
    class A_pause {

        @BeforeEach
        void after_the_first_zone() {
            pausing(Step.Otherwise.ROLL_BACK);
        }

        private void heldAfterTheFirstZone() {
            firstZoneIsDone();
            assertThat(world.stopped()).hasSize(1);
            deploymentIsStopped(in("one"), Set.of());
            called();
        }

        @Test
        void stops_the_deployment_as_soon_as_the_first_zone_is_done_and_waits_for_a_person() {
            heldAfterTheFirstZone();
            world.after(BAKE.plus(PATIENCE.dividedBy(2)));
            called();
            assertThat(world.deploymentsStarted()).isOne();
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.INSTALLING);
        }

        @Test
        void lets_what_dies_meanwhile_be_replaced() {
            heldAfterTheFirstZone();
            called();
            assertThat(world.fleets.scaling(FleetName.A).suspended())
                    .doesNotContain(ScalingProcess.REPLACE_UNHEALTHY, ScalingProcess.HEALTH_CHECK);
        }

        @Test
        void ends_when_a_person_says_so_at_the_pipelines_next_call() {
            heldAfterTheFirstZone();
            world.after(BAKE);
            Answer resumed = new Promote(world, terms, world).resume(Optional.empty(), "it looks well");
            assertThat(resumed).isInstanceOf(Answer.Done.class);
            called();
            assertThat(world.deploymentsStarted()).isEqualTo(2);
        }

        @Test
        void takes_it_back_where_nobody_came() {
            heldAfterTheFirstZone();
            world.after(BAKE.plus(PATIENCE).plusSeconds(1));
            called();
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(world.store.quarantine("sha256:one")).isEmpty();
        }

        @Test
        void that_came_too_late_takes_it_back_for_nobody_knows_what_became_of_the_next_zone() {
            firstZoneIsDone();
            deploymentIsStopped(in("one"), in("two"));
            called();
            assertThat(pipeline.rollout().ending().orElseThrow().cause()).isEqualTo(Cause.PLATFORM);
            assertThat(pipeline.rollout().ending().orElseThrow().reason()).contains("too late");
        }

        @Test
        void that_never_came_takes_back_what_was_installed_everywhere_without_a_word() {
            firstZoneIsDone();
            world.installationIs(new Installation.Succeeded(in("one", "two")));
            called();
            assertThat(pipeline.rollout().ending().orElseThrow().cause()).isEqualTo(Cause.PLATFORM);
        }
    }

    /** Its zone was never done, and nobody waited for anything. */
    @Test
    void an_instance_that_comes_up_meanwhile_does_not_open_the_gate() {
        pausing(Step.Otherwise.ROLL_BACK);
        Set<String> targets = in("one", "two");
        pipeline.runUntil(Phase.INSTALLING);
        deploymentIs(Set.of(), in("one"));
        called();
        Set<String> done = in("one");
        world.fleets.set(FleetName.A, new Scaling(4, 6, 30, EnumSet.allOf(ScalingProcess.class)));
        world.fleets.zones(FleetName.A, "one", "two");
        world.installationIs(
                new Installation.Running("it runs", Optional.of(new Rolling.Batch(targets, done, Set.of()))));
        called();
        assertThat(rolling().done()).isOne();
        assertThat(world.stopped()).hasSize(1);
    }

    @Nested
    class What_cannot_roll {

        private String refused() {
            Answer answer = pipeline.call(Phase.PREPARING);
            assertThat(answer).isInstanceOf(Answer.Failed.class);
            return answer.message();
        }

        @Test
        void a_fleet_in_one_zone_is_refused_before_anything_is_touched() {
            world.fleets.zones(FleetName.A, "one");
            assertThat(refused()).contains("has its 4 instances in zone one");
            assertThat(world.store.ledger().latest()).isEmpty();
        }

        @Test
        void a_share_that_leaves_nobody_to_go_is_refused() {
            terms = World.releasing(new Strategy.Rolling(BAKE, BAKE, 80, 0, Optional.empty()));
            pipeline = new Pipeline(world, world, terms, "one");
            assertThat(refused()).contains("80% of 4 instances", "rounded up, are all of them");
        }

        @Test
        void a_share_of_a_zone_that_leaves_nobody_to_go_is_refused() {
            terms = World.releasing(new Strategy.Rolling(BAKE, BAKE, 50, 60, Optional.empty()));
            pipeline = new Pipeline(world, world, terms, "one");
            assertThat(refused()).contains("60% of 2 instances in zone");
        }
    }

    @Test
    void an_alarm_that_fires_at_once_counts_for_no_downtime_is_announced() {
        pipeline.runUntil(Phase.INSTALLING);
        deploymentIs(Set.of(), in("one"));
        called();
        world.after(Duration.ofMinutes(1));
        Answer answer = new RollBack(world, terms, world).alarmFired(World.ALARM, world.instant());
        assertThat(answer).isInstanceOf(Answer.Done.class);
        assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    void every_moment_of_it_can_be_read_again() {
        firstZoneIsDone();
        Rollout stored = pipeline.rollout();
        assertThat(stored.rolling())
                .hasValueSatisfying(rolling -> assertThat(List.of(rolling.zones(), rolling.done(), rolling.attempt()))
                        .containsExactly(2, 1, 1));
    }
}
