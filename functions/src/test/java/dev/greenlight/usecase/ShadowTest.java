package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Aftercare;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.strategy.Strategy;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.ShadowRoute;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Releases that are watched on copies of users' requests, over ports in memory. */
class ShadowTest {

    private static final Terms TERMS = World.releasing(new Strategy.Shadow(Duration.ofMinutes(2)));
    private static final ShadowRoute CLOSED = new ShadowRoute.Closed();
    private static final ShadowRoute ON_GREEN = new ShadowRoute.To(FleetName.B);

    private final World world = World.serving();
    private final Pipeline pipeline = new Pipeline(world, world, TERMS, "one");

    /** Calls the hook until green gets copies. */
    private void open() {
        pipeline.runUntil(Phase.VALIDATING);
        while (!world.shadow.route().equals(ON_GREEN)) {
            assertThat(pipeline.call(Phase.VALIDATING)).isInstanceOf(Answer.InProgress.class);
            world.after(Pipeline.INTERVAL);
        }
        pipeline.call(Phase.VALIDATING);
    }

    private void sweep() {
        new Sweep(world, TERMS, world).tick();
    }

    @Test
    void a_good_one_gets_copies_once_and_then_all_users() {
        assertThat(pipeline.release()).isInstanceOf(Answer.Done.class);
        assertThat(world.shadow.writes()).containsExactly(ON_GREEN, CLOSED);
        assertThat(world.router.writes()).containsExactly(Routing.full(FleetName.B));
    }

    @Test
    void a_first_release_has_no_requests_to_copy() {
        World empty = World.empty();
        assertThat(new Pipeline(empty, empty, TERMS, "one").release()).isInstanceOf(Answer.Done.class);
        assertThat(empty.shadow.writes()).isEmpty();
    }

    @Test
    void what_an_alarm_says_while_green_gets_copies_rejects_it_and_no_user_has_met_it() {
        open();
        world.alarm(AlarmState.FIRING);
        assertThat(pipeline.through(Phase.VALIDATING)).isInstanceOf(Answer.Failed.class);
        assertThat(world.shadow.route()).isEqualTo(CLOSED);
        assertThat(world.router.writes()).isEmpty();
        assertThat(pipeline.rollout().ending().orElseThrow().trafficMoved()).isFalse();
        assertThat(pipeline.rollout().ending().orElseThrow().cause()).isEqualTo(Cause.CHECK_FAILED);
    }

    @Test
    void a_persons_rollback_ends_the_copies() {
        open();
        new RollBack(world, TERMS, world).byHand(Optional.empty(), "no", true);
        assertThat(world.shadow.route()).isEqualTo(CLOSED);
        assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    void so_it_does_while_the_store_is_silent() {
        open();
        world.store.fallSilent();
        new RollBack(world, TERMS, world).byHand(Optional.empty(), "no", true);
        assertThat(world.shadow.route()).isEqualTo(CLOSED);
    }

    @Test
    void a_person_who_has_seen_enough_does_not_wait_for_its_time() {
        open();
        assertThat(new Promote(world, TERMS, world).byHand(Optional.empty(), "urgent"))
                .as("no user has reached it")
                .isInstanceOf(Answer.Failed.class);
        assertThat(new Promote(world, TERMS, world).resume(Optional.empty(), "urgent"))
                .isInstanceOf(Answer.Done.class);
        assertThat(pipeline.call(Phase.VALIDATING)).isInstanceOf(Answer.InProgress.class);
        assertThat(world.shadow.route()).isEqualTo(CLOSED);
        assertThat(pipeline.call(Phase.VALIDATING)).isInstanceOf(Answer.Done.class);
    }

    @Test
    void sweep_ends_copies_that_a_rollback_could_not_end_and_the_next_release_waits_for_it() {
        open();
        world.shadow.refuses(true);
        new RollBack(world, TERMS, world).byHand(Optional.empty(), "no", true);
        assertThat(world.shadow.route()).isEqualTo(ON_GREEN);
        Pipeline next = new Pipeline(world, world, TERMS, "two");
        assertThat(next.call(Phase.PREPARING))
                .isInstanceOfSatisfying(
                        Answer.InProgress.class,
                        waits -> assertThat(waits.message()).contains("Sweep puts that right"));
        world.shadow.refuses(false);
        sweep();
        assertThat(world.shadow.route()).isEqualTo(CLOSED);
        assertThat(next.release()).isInstanceOf(Answer.Done.class);
    }

    @Test
    void sweep_takes_back_a_rollout_that_nobody_drives_while_it_gets_copies() {
        open();
        world.after(TERMS.pace().orphaned().plusMinutes(1));
        sweep();
        assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(world.shadow.route()).isEqualTo(CLOSED);
    }

    @Test
    void a_late_call_that_opens_it_after_the_end_is_put_right_within_a_minute() {
        open();
        new RollBack(world, TERMS, world).byHand(Optional.empty(), "no", true);
        world.shadow.become(ON_GREEN);
        sweep();
        assertThat(world.shadow.route()).isEqualTo(CLOSED);
        world.after(Aftercare.AT_WORK);
        for (int i = 0; i < 3; i++) {
            sweep();
        }
        assertThat(pipeline.rollout().settled()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(EventfulPorts.Moment.class)
    void whoever_dies_at_any_call_delays_it_and_changes_nothing_else(EventfulPorts.Moment moment) {
        int calls = 600;
        for (int call = 1; call < calls; call++) {
            World one = World.serving();
            EventfulPorts ports = new EventfulPorts(one, EventfulPorts.Event.death(call, moment));
            Pipeline dying = new Pipeline(ports, one, TERMS, "one");
            Pipeline living = new Pipeline(one, one, TERMS, "one");
            if (survives(dying)) {
                assertThat(call).as("deaths were played").isGreaterThan(40);
                return;
            }
            assertThat(living.release()).as("%s call %d", moment, call).isInstanceOf(Answer.Done.class);
            assertThat(one.shadow.route()).isEqualTo(CLOSED);
            assertThat(one.shadow.writes()).hasSizeBetween(2, 4);
        }
        throw new AssertionError("a release makes more calls than " + calls);
    }

    private static boolean survives(Pipeline dying) {
        try {
            dying.release();
            return true;
        } catch (EventfulPorts.Died here) {
            return false;
        }
    }
}
