package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.CallFailed;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A rollback that no person asked for acts only on the rollout that its event means. */
class RollBackByEventTest {

    private static final Routing ON_A = Routing.full(FleetName.A);
    private static final Routing ON_B = Routing.full(FleetName.B);

    private final World world = World.serving();
    private final Pipeline pipeline = new Pipeline(world, "one");

    private void promoted() {
        pipeline.release();
        world.after(Duration.ofHours(3));
        world.router.forgetWrites();
    }

    private void assertBackWithOneWrite() {
        assertThat(world.router.writes()).containsExactly(ON_A);
        assertThat(world.router.live()).isEqualTo(ON_A);
    }

    @Nested
    class When_the_pipelines_stage_ends {

        private Answer stageEnded(String execution) {
            return new RollBack(world, World.terms(), world)
                    .stageEnded(new RolloutId(execution), "stage Rollout: FAILED");
        }

        @Test
        void its_own_open_rollout_is_taken_back_without_blaming_the_revision() {
            pipeline.runUntil(Phase.VERIFYING);
            world.router.forgetWrites();

            assertThat(stageEnded("one")).isInstanceOf(Answer.Done.class);
            assertBackWithOneWrite();
            assertThat(world.store.quarantine(pipeline.revision().digest())).isEmpty();
        }

        @Test
        void another_executions_end_leaves_the_holder_alone() {
            pipeline.runUntil(Phase.VERIFYING);

            assertThat(stageEnded("two")).isInstanceOf(Answer.Ignored.class);
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.VERIFYING);
        }

        @Test
        void a_promoted_rollout_stays_promoted() {
            promoted();

            assertThat(stageEnded("one")).isInstanceOf(Answer.Ignored.class);
            assertThat(world.router.live()).isEqualTo(ON_B);
        }

        @Test
        void a_maintenance_page_outlives_a_rollout_that_had_not_moved_any_traffic() {
            pipeline.runUntil(Phase.VALIDATING);
            world.router.become(new Routing.Foreign("redirect"));

            stageEnded("one");

            assertThat(world.router.writes()).isEmpty();
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(pipeline.rollout().ending().orElseThrow().trafficMoved()).isFalse();
        }
    }

    /** Only the store knows whether it is promoted by now, so the event waits for it, but not for ever. */
    @Nested
    class While_the_store_hangs {

        private RollBack rollBack() {
            pipeline.runUntil(Phase.VERIFYING);
            world.router.forgetWrites();
            world.store.hang();
            return new RollBack(world, World.terms(), world, Duration.ofMillis(10));
        }

        @Test
        void a_stages_end_is_worth_a_retry() {
            RollBack rollBack = rollBack();
            assertWorthARetry(() -> rollBack.stageEnded(pipeline.id(), "stage Rollout: FAILED"));
        }

        @Test
        void an_alarm_is_worth_a_retry() {
            RollBack rollBack = rollBack();
            assertWorthARetry(() -> rollBack.alarmFired(World.ALARM, world.instant()));
        }

        private void assertWorthARetry(ThrowingCallable call) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(
                            CallFailed.class,
                            failed -> assertThat(failed.kind()).isEqualTo(CallFailed.Kind.UNAVAILABLE));
            assertThat(world.router.writes()).isEmpty();
        }
    }

    @Nested
    class When_an_alarm_fires {

        private Answer fired(String alarm) {
            return fired(alarm, world.instant());
        }

        private Answer fired(String alarm, Instant since) {
            return new RollBack(world, World.terms(), world).alarmFired(alarm, since);
        }

        @Test
        void one_that_changed_before_users_reached_green_says_nothing_about_it() {
            pipeline.runUntil(Phase.SHIFTING);
            Instant before = world.instant();
            world.after(Duration.ofMinutes(1));
            pipeline.runUntil(Phase.VERIFYING);

            assertThat(fired(World.ALARM, before)).isInstanceOf(Answer.Ignored.class);
            assertThat(world.router.live()).isEqualTo(ON_B);
            assertThat(world.store.quarantine(pipeline.revision().digest())).isEmpty();
        }

        /** The store did not know of green's users yet: the event was ignored, and the next call found it firing already. */
        @Test
        void one_that_fires_between_a_dead_calls_write_and_the_next_call_counts() {
            dieAfterTheWrite();
            world.after(Duration.ofSeconds(30));

            assertThat(fired(World.ALARM)).isInstanceOf(Answer.Done.class);
            assertBackWithOneWrite();
            assertThat(world.store.quarantine(pipeline.revision().digest())).isPresent();
        }

        @Test
        void one_whose_event_is_lost_meanwhile_is_blamed_on_green_by_the_next_call() {
            dieAfterTheWrite();
            Instant dead = world.instant();
            world.after(Duration.ofSeconds(30));
            world.alarmSince(world.instant());
            world.after(Duration.ofMinutes(1));

            pipeline.release();

            assertThat(pipeline.rollout().usersSince()).isEqualTo(dead);
            assertThat(pipeline.rollout().ending().orElseThrow().cause()).isEqualTo(Cause.CHECK_FAILED);
            assertThat(world.store.quarantine(pipeline.revision().digest())).isPresent();
        }

        private void dieAfterTheWrite() {
            pipeline.runUntil(Phase.SHIFTING);
            world.router.beforeNextWrite(() -> {
                world.store.fallSilent();
            });
            assertThatThrownBy(() -> pipeline.call(Phase.SHIFTING)).isInstanceOf(CallFailed.class);
            world.store.speakAgain();
            world.router.forgetWrites();
            assertThat(world.router.live()).isEqualTo(ON_B);
            assertThat(pipeline.rollout().trafficMoved()).isFalse();
        }

        @Test
        void the_rollout_in_flight_is_taken_back_while_users_are_on_green() {
            pipeline.runUntil(Phase.VERIFYING);
            world.router.forgetWrites();
            world.alarm(AlarmState.FIRING);

            assertThat(fired(World.ALARM)).isInstanceOf(Answer.Done.class);
            assertBackWithOneWrite();
            assertThat(pipeline.rollout().ending().orElseThrow().cause()).isEqualTo(Cause.ALARM);
            assertThat(world.store.quarantine(pipeline.revision().digest())).isPresent();
        }

        @ParameterizedTest
        @EnumSource(names = {"INSTALLING", "VALIDATING", "SHIFTING"})
        void it_is_blues_own_trouble_before_users_are_on_green(Phase phase) {
            pipeline.runUntil(phase);

            assertThat(fired(World.ALARM)).isInstanceOf(Answer.Ignored.class);
            assertThat(pipeline.rollout().isOpen()).isTrue();
        }

        @Test
        void after_promotion_it_says_nothing_about_the_rollout() {
            promoted();

            assertThat(fired(World.ALARM)).isInstanceOf(Answer.Ignored.class);
            assertThat(world.router.live()).isEqualTo(ON_B);
        }

        @Test
        void an_alarm_of_another_service_is_ignored() {
            pipeline.runUntil(Phase.VERIFYING);

            assertThat(fired("billing-5xx")).isInstanceOf(Answer.Ignored.class);
        }
    }
}
