package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.check.Measured;
import dev.greenlight.domain.check.Traffic;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.rollout.Aftercare;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Ending;
import dev.greenlight.domain.rollout.Installation;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.strategy.Trial;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sweep, Promote, RetireBlue and AnswerLostJob: what ends a rollout when its pipeline does not. */
class CareOfClosedRolloutsTest {

    private final World world = World.serving();
    private final Pipeline pipeline = new Pipeline(world, "one");

    private Answer sweep() {
        Answer answer = new Sweep(world, World.terms(), world).tick();
        assertThat(answer.message()).isNotBlank();
        return answer;
    }

    @Nested
    class Sweep_comes_by {

        @Test
        void and_finds_nothing_to_do_in_a_service_without_rollouts() {
            assertThat(sweep()).isEqualTo(new Answer.Done("nothing is left to do"));
        }

        @ParameterizedTest
        @EnumSource(names = {"PREPARING", "INSTALLING", "VALIDATING", "SHIFTING", "VERIFYING"})
        void and_leaves_a_rollout_alone_that_its_pipeline_drives(Phase phase) {
            pipeline.call(Phase.PREPARING);
            pipeline.runUntil(phase);
            Phase reached = pipeline.rollout().phase();

            assertThat(sweep()).isEqualTo(new Answer.Done("rollout one is in flight"));
            assertThat(pipeline.rollout().phase()).isEqualTo(reached);
        }

        @Test
        void and_promotes_what_is_well_when_its_pipeline_has_died_under_traffic() {
            pipeline.runUntil(Phase.VERIFYING);
            world.after(Duration.ofHours(1));

            sweep();

            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.PROMOTED);
        }

        @Test
        void and_stops_the_deployment_of_a_rollout_whose_rollback_could_not() {
            int stop = takenBackWhileInstalling(World.serving(), EventfulPorts.Event.NONE)
                            .log()
                            .indexOf("Installer.stop")
                    + 1;
            assertThat(stop).isPositive();
            takenBackWhileInstalling(world, new EventfulPorts.Event(stop, EventfulPorts.Moment.BEFORE, () -> {
                throw new CallFailed(CallFailed.Kind.THROTTLED, "codedeploy:StopDeployment", "slow down", null);
            }));
            assertThat(world.deploymentsRunning()).isOne();

            sweep();
            world.after(Aftercare.AT_WORK);
            sweep();

            assertThat(pipeline.rollout().settled()).isTrue();
            assertThat(world.deploymentsRunning()).isZero();
        }

        private static EventfulPorts takenBackWhileInstalling(World world, EventfulPorts.Event event) {
            Pipeline pipeline = new Pipeline(world, "one");
            world.installationIs(new Installation.Running("on 1 of 4 instances"));
            pipeline.call(Phase.PREPARING);
            pipeline.call(Phase.INSTALLING);
            EventfulPorts ports = new EventfulPorts(world, event);
            new RollBack(ports, World.terms(), world).byHand(Optional.empty(), "not this one", true);
            return ports;
        }

        @Test
        void and_takes_back_a_rollout_without_users_that_nobody_drives() {
            pipeline.runUntil(Phase.VALIDATING);
            world.after(Situation.PACE.orphaned().plusSeconds(1));

            sweep();

            assertThat(pipeline.rollout().ending().orElseThrow().cause()).isEqualTo(Cause.ORPHANED);
            assertThat(world.store.ledger().holder()).isEmpty();
            assertThat(world.store.quarantine(pipeline.revision().digest())).isEmpty();
            assertThat(world.router.writes()).isEmpty();
        }

        /** An installation may take longer than a pipeline may be silent. */
        @Test
        void and_takes_back_one_that_installs_and_is_heard_of_no_more_before_its_time_is_up() {
            world.installationIs(new Installation.Running("on 1 of 4 instances"));
            pipeline.runUntil(Phase.INSTALLING);
            pipeline.call(Phase.INSTALLING);
            Instant heard = pipeline.rollout().progress().heartbeat();
            world.after(Situation.PACE.orphaned());
            assertThat(sweep()).isEqualTo(new Answer.Done("rollout one is in flight"));
            world.after(Duration.ofSeconds(1));

            assertThat(sweep()).isInstanceOf(Answer.Done.class);

            assertThat(pipeline.rollout().ending().orElseThrow().reason())
                    .isEqualTo("nobody has driven it since " + heard);
        }

        /** A function that died on every try left a heartbeat each time, and its job was answered "goes on": the lock was held for good. */
        @ParameterizedTest
        @EnumSource(names = {"INSTALLING", "VALIDATING"})
        void and_takes_back_one_without_users_whose_time_is_up_however_young_its_heartbeat(Phase phase) {
            pipeline.runUntil(phase);
            for (int minute = 0; minute < 40; minute++) {
                world.after(Duration.ofMinutes(1));
                if (pipeline.rollout().isOpen()) {
                    world.store.commit(pipeline.rollout().beat(world.instant()));
                }
                sweep();
            }

            assertThat(pipeline.rollout().ending().orElseThrow().cause()).isEqualTo(Cause.ORPHANED);
            assertThat(world.store.ledger().holder()).isEmpty();
        }

        /** The denied call ended each sweep before anything was decided: no deadline was ever kept. */
        @Test
        void and_takes_back_one_under_traffic_whose_checks_are_denied_until_its_time_is_up() {
            pipeline.runUntil(Phase.VERIFYING);
            world.metricsAre(new DeniedMetrics());
            world.after(Duration.ofMinutes(10));
            assertThatThrownBy(CareOfClosedRolloutsTest.this::sweep).isInstanceOf(CallFailed.class);

            world.after(Duration.ofMinutes(15));
            sweep();

            Ending ending = pipeline.rollout().ending().orElseThrow();
            assertThat(ending.cause()).isEqualTo(Cause.DEADLINE);
            assertThat(ending.reason()).contains("time is up: alarms: cloudwatch:DescribeAlarms: not allowed");
        }

        private record DeniedMetrics() implements Metrics {
            @Override
            public Map<FleetName, Traffic> traffic(Instant from, Instant to) {
                throw denied("cloudwatch:GetMetricData");
            }

            @Override
            public Map<FleetName, Measured> measured(Trial.Metric metric, Instant from, Instant to) {
                throw denied("cloudwatch:GetMetricData");
            }

            @Override
            public Map<String, AlarmState> alarms(List<String> names, Instant since) {
                throw denied("cloudwatch:DescribeAlarms");
            }

            private static CallFailed denied(String operation) {
                return new CallFailed(CallFailed.Kind.DENIED, operation, "not allowed", null);
            }
        }

        @Test
        void and_does_not_mistake_a_long_approval_for_silence() {
            pipeline.runUntil(Phase.SHIFTING);
            world.after(Situation.PACE.orphaned().multipliedBy(10));

            sweep();
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.SHIFTING);

            world.after(Situation.PACE.approval());
            sweep();
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
        }

        @Test
        void and_finishes_the_shift_whose_caller_died_after_its_write() {
            pipeline.runUntil(Phase.SHIFTING);
            world.store.commit(pipeline.rollout().shiftingAskedAt(world.instant()));
            world.router.become(Routing.full(FleetName.B));
            world.after(Duration.ofMinutes(5));

            sweep();
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.VERIFYING);
            world.after(Situation.PACE.bake().plusMinutes(3));
            sweep();
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.PROMOTED);
        }

        @Test
        void and_retires_blue_when_the_appointment_was_lost() {
            pipeline.release();
            world.appointments.clear();
            world.after(Situation.PACE.blueLifetime());

            sweep();
            assertThat(world.fleets.running(FleetName.A)).isZero();

            world.after(Aftercare.AT_WORK);
            sweep();
            assertThat(pipeline.rollout().settled()).isTrue();
        }

        @Test
        void and_notices_a_hand_that_put_everything_back() {
            pipeline.release();
            world.router.become(Routing.full(FleetName.A));

            sweep();

            assertThat(pipeline.rollout().ending().orElseThrow().cause()).isEqualTo(Cause.SEEN_ON_RULE);
        }

        @Test
        void and_never_removes_more_than_a_slice_at_a_time() {
            world.fleets.set(FleetName.A, new Scaling(2, 25, 30, Set.of()));
            pipeline.release();
            world.after(Situation.PACE.blueLifetime());

            for (int i = 0; i < 5; i++) {
                sweep();
            }

            assertThat(world.fleets.running(FleetName.A)).isZero();
            assertThat(world.fleets.largestLoss()).isEqualTo(Aftercare.SLICE);
        }

        @Test
        void and_keeps_blue_as_large_as_the_load_that_it_would_take_back() {
            pipeline.release();
            world.after(Situation.DRAIN);
            world.fleets.set(FleetName.B, new Scaling(2, 7, 30, Set.of()));
            sweep();
            assertThat(world.fleets.running(FleetName.A)).isEqualTo(7);

            world.fleets.set(FleetName.B, new Scaling(2, 3, 30, Set.of()));
            sweep();
            assertThat(world.fleets.running(FleetName.A)).isEqualTo(3);
        }
    }

    @Nested
    class Promote_by_hand {

        private Answer promote(Optional<RolloutId> named) {
            return new Promote(world, World.terms(), world).byHand(named, "urgent fix");
        }

        @Test
        void does_not_wait_for_the_bake() {
            pipeline.runUntil(Phase.VERIFYING);

            assertThat(promote(Optional.empty())).isInstanceOf(Answer.Done.class);
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.PROMOTED);
            assertThat(pipeline.call(Phase.VERIFYING)).isInstanceOf(Answer.Done.class);
            assertThat(world.decisions()).containsOnlyOnce("asked to promote");
        }

        @Test
        void does_not_promote_what_fails() {
            pipeline.runUntil(Phase.VERIFYING);
            world.alarm(AlarmState.FIRING);

            assertThat(promote(Optional.of(pipeline.id()))).isInstanceOf(Answer.Failed.class);
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
        }

        @Test
        void is_refused_before_users_are_on_green() {
            pipeline.runUntil(Phase.SHIFTING);

            assertThat(promote(Optional.empty()))
                    .isInstanceOfSatisfying(
                            Answer.Failed.class,
                            failed -> assertThat(failed.message()).startsWith("rollout one is shifting"));
        }

        @Test
        void is_refused_when_nothing_is_in_flight() {
            assertThat(promote(Optional.empty()).message()).startsWith("no rollout is in flight");
        }
    }

    @Nested
    class Retire_by_hand {

        private Answer retire(Optional<RolloutId> named) {
            return new RetireBlue(world, World.terms(), world).byHand(named, "save money");
        }

        @Test
        void does_not_wait_for_blues_time_but_for_its_requests() {
            pipeline.runUntil(Phase.VERIFYING);
            new Promote(world, World.terms(), world).byHand(Optional.empty(), "urgent fix");

            assertThat(retire(Optional.empty()).message()).contains("requests on fleet A may run until");
            assertThat(world.decisions()).containsOnlyOnce("asked to retire");
            assertThat(world.fleets.running(FleetName.A)).isEqualTo(4);
            world.after(Situation.DRAIN);
            sweep();
            assertThat(world.fleets.running(FleetName.A)).isZero();
        }

        @Test
        void is_refused_while_a_rollout_is_open() {
            pipeline.runUntil(Phase.VERIFYING);

            assertThat(retire(Optional.empty())).isInstanceOf(Answer.Failed.class);
            assertThat(world.fleets.running(FleetName.A)).isEqualTo(4);
        }

        @Test
        void is_refused_for_a_rollout_that_was_taken_back() {
            pipeline.runUntil(Phase.VERIFYING);
            new RollBack(world, World.terms(), world).byHand(Optional.empty(), "customers complain", true);

            assertThat(retire(Optional.empty()).message()).isEqualTo("no promoted rollout keeps a fleet warm");
        }

        @Test
        void is_refused_for_a_rollout_that_is_not_the_latest() {
            pipeline.release();

            assertThat(retire(Optional.of(new RolloutId("other")))).isInstanceOf(Answer.Failed.class);
        }
    }

    @Nested
    class The_appointment {

        @Test
        void may_come_twice_and_too_early() {
            pipeline.release();
            RetireBlue retire = new RetireBlue(world, World.terms(), world);

            assertThat(retire.timeUp(pipeline.id())).isEqualTo(new Answer.Done("blue is warm"));
            assertThat(world.fleets.running(FleetName.A)).isEqualTo(4);
            world.after(Situation.PACE.blueLifetime());
            retire.timeUp(pipeline.id());
            world.after(Aftercare.AT_WORK);
            assertThat(retire.timeUp(pipeline.id())).isEqualTo(new Answer.Done("settled"));
            assertThat(retire.timeUp(pipeline.id())).isInstanceOf(Answer.Ignored.class);
            assertThat(world.fleets.scaling(FleetName.A)).isEqualTo(World.ASLEEP);
        }
    }

    @Nested
    class A_lost_job {

        private Answer lost() {
            return lost(false);
        }

        private Answer lost(boolean waits) {
            return new AnswerLostJob(world).answer(pipeline.id(), new Token(pipeline.id(), Situation.START), waits);
        }

        @Test
        void of_a_rollout_that_never_began_has_failed() {
            assertThat(lost()).isInstanceOf(Answer.Failed.class);
        }

        /** CodePipeline was down for longer than all tries while the release waited for a drain: it was told to start again. */
        @Test
        void of_a_release_that_waits_to_begin_goes_on() {
            assertThat(lost(true)).isInstanceOf(Answer.InProgress.class);
        }

        @Test
        void of_an_open_rollout_goes_on() {
            pipeline.runUntil(Phase.VALIDATING);

            assertThat(lost()).isInstanceOf(Answer.InProgress.class);
        }

        @Test
        void of_a_promoted_rollout_is_a_success_retired_or_not() {
            pipeline.release();
            assertThat(lost()).isInstanceOf(Answer.Done.class);

            world.after(Situation.PACE.blueLifetime());
            sweep();
            assertThat(lost()).isInstanceOf(Answer.Done.class);
        }

        @Test
        void of_a_rollout_that_was_taken_back_has_failed_with_its_reason() {
            world.smokeAnswers(500);
            pipeline.release();

            assertThat(lost().message()).contains("answered 500");
        }
    }
}
