package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.strategy.Strategy;
import dev.greenlight.domain.traffic.Routing;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Releases where only one fleet may run at a time, with a death or a person at each of their calls. */
class InterruptedRecreateTest {

    private static final Terms TERMS = World.releasing(new Strategy.Recreate());

    /** Whoever dies at whichever call of the way there, the service ends on one fleet. */
    @Test
    void a_death_at_any_call_of_a_hook_delays_it_and_no_more() {
        for (EventfulPorts.Moment moment : EventfulPorts.Moment.values()) {
            for (int call = 1; call < 200; call++) {
                diesOnTheWay(EventfulPorts.Event.death(call, moment));
            }
        }
    }

    private static void diesOnTheWay(EventfulPorts.Event death) {
        World world = World.serving();
        EventfulPorts ports = new EventfulPorts(world, death);
        Pipeline mortal = new Pipeline(ports, world, TERMS, "one");
        try {
            mortal.release();
        } catch (EventfulPorts.Died expected) {
            // The pipeline calls again.
        }
        Pipeline pipeline = new Pipeline(world, world, TERMS, "one");
        pipeline.release();
        assertThat(pipeline.rollout().phase()).as("%s", death).isEqualTo(Phase.PROMOTED);
        assertThat(world.router.live()).as("%s", death).isEqualTo(Routing.full(FleetName.B));
        assertThat(world.fleets.bothRan()).as("%s", death).isFalse();
    }

    /**
     * Whoever comes between any two calls of a hook is heard, and the fleet that served serves again. A hook that had read the rule before may
     * raise green once more, and empties it in its next turn; launches take no time here, so what runs meanwhile says nothing.
     */
    @Test
    void a_person_at_any_call_of_a_hook_gets_the_old_one_back() {
        for (int call = 1; call < 200; call++) {
            comesAtCall(call);
        }
    }

    private static void comesAtCall(int call) {
        World world = World.serving();
        Pipeline pipeline = new Pipeline(world, world, TERMS, "one");
        EventfulPorts.Event person = new EventfulPorts.Event(
                call,
                EventfulPorts.Moment.BEFORE,
                () -> new RollBack(world, TERMS, world).byHand(Optional.of(pipeline.id()), "slow", true));
        Answer answer = new Pipeline(new EventfulPorts(world, person), world, TERMS, "one").release();
        for (int minute = 0; minute < 30; minute++) {
            world.after(Duration.ofMinutes(1));
            new Sweep(world, TERMS, world).tick();
        }
        boolean back = pipeline.rollout().phase() == Phase.ROLLED_BACK;
        assertThat(pipeline.rollout().settled()).as("call %d: %s", call, answer).isTrue();
        assertThat(world.router.live())
                .as("call %d: %s", call, answer)
                .isEqualTo(Routing.full(back ? FleetName.A : FleetName.B));
        assertThat(world.fleets.running(back ? FleetName.B : FleetName.A))
                .as("call %d: %s", call, answer)
                .isZero();
    }

    @Test
    void a_death_at_any_call_of_a_rollback_leaves_it_to_sweep() {
        for (EventfulPorts.Moment moment : EventfulPorts.Moment.values()) {
            for (int call = 1; call < 60; call++) {
                diesOnTheWayBack(EventfulPorts.Event.death(call, moment));
            }
        }
    }

    private static void diesOnTheWayBack(EventfulPorts.Event death) {
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
        assertThat(pipeline.rollout().settled()).as("%s", death).isTrue();
        assertThat(world.router.live()).as("%s", death).isEqualTo(Routing.full(FleetName.A));
        assertThat(world.fleets.scaling(FleetName.A)).as("%s", death).isEqualTo(World.SERVING);
        assertThat(world.fleets.bothRan()).as("%s", death).isFalse();
    }
}
