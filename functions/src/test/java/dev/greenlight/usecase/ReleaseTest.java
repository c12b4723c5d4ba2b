package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.rollout.Aftercare;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Installation;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.traffic.Routing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Releases from the pipeline's first call to the last, over ports in memory. */
class ReleaseTest {

    private static final Routing ON_A = Routing.full(FleetName.A);
    private static final Routing ON_B = Routing.full(FleetName.B);

    private static void assertFailed(Answer answer, Answer.Failure failure, String message) {
        assertThat(answer).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(failure);
            assertThat(failed.message()).contains(message);
        });
    }

    /** Whoever began before the end has ended by then. */
    private static void settle(World world) {
        world.after(Aftercare.AT_WORK);
        new Sweep(world, World.terms(), world).tick();
    }

    @Nested
    class A_good_one {

        private final World world = World.serving();
        private final Pipeline pipeline = new Pipeline(world, "one");

        @Test
        void is_promoted_with_one_write_and_blue_stays_warm() {
            assertThat(pipeline.release()).isInstanceOf(Answer.Done.class);

            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.PROMOTED);
            assertThat(world.router.writes()).containsExactly(ON_B);
            assertThat(world.fleets.running(FleetName.A)).isEqualTo(4);
            assertThat(world.store.ledger().holder()).isEmpty();
            assertThat(world.appointments).containsOnlyKeys(pipeline.id());
        }

        /** What is asked of green, of CloudWatch and of CodeDeploy is asked once a call, and no sooner than it decides anything. */
        @Test
        void asks_each_question_once_a_call() {
            pipeline.runUntil(Phase.VALIDATING);
            assertThat(asked(Phase.VALIDATING)).containsOnlyOnce("SmokeProbe.ask");
            pipeline.through(Phase.VALIDATING);
            List<String> shifting = asked(Phase.SHIFTING);
            assertThat(shifting.subList(0, shifting.indexOf("TrafficRouter.shift")))
                    .doesNotContain("Metrics.alarms", "SmokeProbe.ask");
            assertThat(asked(Phase.VERIFYING)).containsOnlyOnce("Metrics.alarms");
        }

        private List<String> asked(Phase phase) {
            EventfulPorts ports = new EventfulPorts(world, EventfulPorts.Event.NONE);
            new Pipeline(ports, world, World.terms(), "one").call(phase);
            return ports.log();
        }

        @Test
        void launches_one_instance_until_the_revision_is_installed() {
            pipeline.through(Phase.PREPARING);

            assertThat(world.fleets.running(FleetName.B)).isOne();
        }

        @Test
        void starts_one_deployment_however_often_its_hook_is_called() {
            pipeline.through(Phase.PREPARING);
            pipeline.through(Phase.INSTALLING);
            pipeline.call(Phase.INSTALLING);

            assertThat(world.deploymentsStarted()).isOne();
        }

        @Test
        void is_done_again_when_its_last_hook_is_repeated_after_a_crash() {
            pipeline.release();

            assertThat(pipeline.call(Phase.VERIFYING)).isInstanceOf(Answer.Done.class);
            assertThat(pipeline.call(Phase.PREPARING)).isInstanceOf(Answer.Done.class);
            assertThat(world.router.writes()).containsExactly(ON_B);
        }

        @Test
        void answers_with_facts_for_the_actions_output_variables() {
            assertThat(pipeline.release())
                    .isInstanceOfSatisfying(
                            Answer.Done.class,
                            done -> assertThat(done.facts())
                                    .containsEntry("rollout", "one")
                                    .containsEntry("green", "B")
                                    .containsEntry("wayBack", "A"));
        }

        @Test
        void leaves_fleet_b_with_the_services_limits_and_fleet_a_asleep_once_it_is_retired() {
            pipeline.release();
            world.after(Situation.PACE.blueLifetime());
            new RetireBlue(world, World.terms(), world).timeUp(pipeline.id());

            assertThat(world.fleets.scaling(FleetName.B)).isEqualTo(World.SERVING);
            assertThat(world.fleets.scaling(FleetName.A)).isEqualTo(World.ASLEEP);
            settle(world);
            assertThat(pipeline.rollout().settled()).isTrue();
            assertThat(world.appointments).isEmpty();
            assertThat(world.router.tags().blue()).isEmpty();
        }

        @Test
        void is_followed_by_the_next_one_the_other_way_round() {
            pipeline.release();
            world.after(Duration.ofHours(1));
            Pipeline next = new Pipeline(world, "two");

            assertThat(next.release()).isInstanceOf(Answer.Done.class);
            assertThat(world.router.live()).isEqualTo(ON_A);
            assertThat(pipeline.rollout().settled()).isTrue();
            assertThat(next.rollout().history().getFirst().why()).contains("blue is fleet B");
            assertThat(next.rollout().history())
                    .anySatisfy(event -> assertThat(event.why()).contains("the way back from rev-one is lost"));
        }

        @Test
        void a_hook_that_comes_before_its_time_is_refused() {
            pipeline.through(Phase.PREPARING);

            assertFailed(pipeline.call(Phase.SHIFTING), Answer.Failure.CONFIGURATION, "this hook comes later");
        }

        @Test
        void a_hook_of_an_unknown_rollout_is_refused() {
            assertFailed(pipeline.call(Phase.SHIFTING), Answer.Failure.CONFIGURATION, "no rollout one is known");
        }

        @Test
        void installing_needs_to_know_where_the_revision_lies() {
            pipeline.through(Phase.PREPARING);
            Answer answer = new InstallRevision(world, World.terms(), world)
                    .install(pipeline.id(), Optional.empty(), new Token(pipeline.id(), Situation.START));

            assertFailed(answer, Answer.Failure.CONFIGURATION, "names no revision");
        }
    }

    @Nested
    class A_bad_one {

        private final World world = World.serving();
        private final Pipeline pipeline = new Pipeline(world, "bad");

        @Test
        void is_rejected_before_any_user_reaches_it_and_quarantined() {
            world.smokeAnswers(500);

            assertFailed(pipeline.release(), Answer.Failure.ROLLOUT, "was rejected before any traffic moved");
            assertThat(world.router.writes()).isEmpty();
            assertThat(world.store.quarantine(pipeline.revision().digest())).isPresent();
            assertThat(world.store.ledger().holder()).isEmpty();
        }

        @Test
        void is_rolled_back_under_traffic_with_one_write() {
            pipeline.runUntil(Phase.VERIFYING);
            world.alarm(AlarmState.FIRING);

            assertFailed(pipeline.release(), Answer.Failure.ROLLOUT, "was rolled back: alarms: firing");
            assertThat(world.router.writes()).containsExactly(ON_B, ON_A);
            assertThat(world.router.tags().takenBack(pipeline.id())).contains(Cause.CHECK_FAILED);
            assertThat(world.store.quarantine(pipeline.revision().digest())).isPresent();
        }

        @Test
        void that_cannot_be_installed_is_quarantined_and_its_fleet_sleeps_again() {
            world.installationIs(new Installation.Failed("i-1, AfterInstall: exit 1", true));

            assertFailed(pipeline.release(), Answer.Failure.ROLLOUT, "AfterInstall: exit 1");
            world.after(Situation.DRAIN);
            new Sweep(world, World.terms(), world).tick();
            assertThat(world.fleets.scaling(FleetName.B)).isEqualTo(World.ASLEEP);
            assertThat(world.fleets.scaling(FleetName.A)).isEqualTo(World.SERVING);
        }

        @Test
        void whose_platform_failed_is_not_quarantined() {
            world.fleets.launchesFail("no capacity");

            assertFailed(pipeline.release(), Answer.Failure.ROLLOUT, "launches fail: no capacity");
            assertThat(world.store.quarantine(pipeline.revision().digest())).isEmpty();
        }

        @Test
        void that_cannot_be_taken_back_is_kept_and_fails_however_often_it_is_asked() {
            pipeline.runUntil(Phase.VERIFYING);
            world.alarm(AlarmState.FIRING);
            world.router.health(FleetName.A, new Targets(0, 0, 4, 0, 0));

            assertFailed(pipeline.release(), Answer.Failure.ROLLOUT, "failed, and green was kept");
            assertFailed(pipeline.call(Phase.VERIFYING), Answer.Failure.ROLLOUT, "failed, and green was kept");
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.PROMOTED);
            assertThat(world.router.live()).isEqualTo(ON_B);
        }

        /** The rule said "taken back", so the care of the kept rollout closed it as rolled back, with all traffic on green. */
        @Test
        void that_is_kept_after_a_rollback_died_before_its_write_stays_kept() {
            pipeline.runUntil(Phase.VERIFYING);
            world.alarm(AlarmState.FIRING);
            world.router.tag(world.router.tags().nowTakenBack(Cause.ALARM));
            world.router.health(FleetName.A, new Targets(0, 0, 4, 0, 0));

            assertFailed(pipeline.release(), Answer.Failure.ROLLOUT, "failed, and green was kept");
            new Sweep(world, World.terms(), world).tick();

            assertThat(world.router.tags().takenBack(pipeline.id())).isEmpty();
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.PROMOTED);
            assertThat(pipeline.rollout().ending().orElseThrow().cause()).isEqualTo(Cause.ALARM);
        }

        @Test
        void a_retried_stage_is_told_to_start_a_new_execution() {
            world.smokeAnswers(500);
            pipeline.release();
            world.smokeAnswers(200);

            assertFailed(pipeline.release(), Answer.Failure.ROLLOUT, "Start a new execution");
        }
    }

    @Nested
    class The_first_one {

        private final World world = World.empty();
        private final Pipeline pipeline = new Pipeline(world, "first");

        @Test
        void opens_the_rule_for_its_own_fleet() {
            assertThat(pipeline.release()).isInstanceOf(Answer.Done.class);
            assertThat(world.router.writes()).containsExactly(ON_A);
            assertThat(world.fleets.scaling(FleetName.A)).isEqualTo(new Scaling(1, 2, 30, java.util.Set.of()));
            settle(world);
            assertThat(pipeline.rollout().settled()).isTrue();
            assertThat(world.appointments).isEmpty();
        }

        @Test
        void leaves_the_rule_closed_when_it_is_rejected() {
            world.smokeAnswers(500);

            assertFailed(pipeline.release(), Answer.Failure.ROLLOUT, "rejected");
            assertThat(world.router.live()).isEqualTo(new Routing.Closed());
        }

        @Test
        void is_kept_when_it_fails_under_traffic() {
            pipeline.runUntil(Phase.VERIFYING);
            world.alarm(AlarmState.FIRING);

            assertFailed(pipeline.release(), Answer.Failure.ROLLOUT, "there is no way back");
            assertThat(world.router.live()).isEqualTo(ON_A);
        }
    }

    @Nested
    class A_stale_call {

        private final World world = World.serving();
        private final Pipeline pipeline = new Pipeline(world, "stale");

        @Test
        void that_shifts_while_a_person_rolls_back_undoes_its_write() {
            pipeline.runUntil(Phase.SHIFTING);
            world.router.beforeNextWrite(
                    () -> new RollBack(world, World.terms(), world).byHand(Optional.of(pipeline.id()), "stop", true));

            assertFailed(pipeline.through(Phase.SHIFTING), Answer.Failure.ROLLOUT, "stop");
            assertThat(world.router.live()).isEqualTo(ON_A);
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
        }

        @Test
        void that_shifts_while_a_person_rolls_back_with_a_silent_store_is_undone_by_the_next_call() {
            pipeline.runUntil(Phase.SHIFTING);
            world.router.beforeNextWrite(() -> {
                world.store.fallSilent();
                new RollBack(world, World.terms(), world).byHand(Optional.empty(), "stop", true);
                world.store.speakAgain();
            });

            pipeline.through(Phase.SHIFTING);
            pipeline.release();

            assertThat(world.router.live()).isEqualTo(ON_A);
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
        }

        @Test
        void of_a_rollout_that_is_long_over_changes_nothing() {
            pipeline.release();
            world.after(Duration.ofHours(1));
            Pipeline next = new Pipeline(world, "next");
            next.runUntil(Phase.VALIDATING);
            world.router.forgetWrites();

            assertThat(pipeline.call(Phase.SHIFTING)).isInstanceOf(Answer.Done.class);
            assertThat(new RetireBlue(world, World.terms(), world).timeUp(pipeline.id()))
                    .isInstanceOf(Answer.Ignored.class);
            assertThat(world.router.writes()).isEmpty();
            assertThat(world.fleets.running(FleetName.B)).isEqualTo(4);
        }
    }
}
