package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.rollout.Installation;
import dev.greenlight.domain.rollout.OneFleet;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.strategy.Strategy;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was released from one Availability Zone to the next comes back the same way, as far as CodeDeploy lets anybody go. */
class RollingWayBackTest {

    private static final Duration BAKE = Duration.ofMinutes(5);
    private static final Terms TERMS = World.releasing(new Strategy.Rolling(BAKE, BAKE, 50, 0, Optional.empty()));
    private static final RevisionLocation FORMER = new RevisionLocation("bucket", "before.zip");

    private final World world = World.serving();
    private final Pipeline pipeline = new Pipeline(world, world, TERMS, "one");

    @BeforeEach
    void two_zones() {
        world.fleets.zones(FleetName.A, "one", "two");
    }

    private static void swept(World world, int minutes) {
        for (int minute = 0; minute < minutes; minute++) {
            world.after(Duration.ofMinutes(1));
            new Sweep(world, TERMS, world).tick();
        }
    }

    private Answer takenBack() {
        return new RollBack(world, TERMS, world).byHand(Optional.empty(), "slow", true);
    }

    /** An instance is lost, none comes in its place, and so CodeDeploy lets nobody go. */
    private void takenBackWithOneMissing() {
        pipeline.runUntil(Phase.VERIFYING);
        takenBack();
        world.fleets.launchesFailOn(FleetName.A);
        world.fleets.lose(FleetName.A);
        world.restorationIs(new Installation.Refused("too few healthy instances are available"));
    }

    /** CodeDeploy rounds up whom it keeps: of the few that serve none may go. */
    @Test
    void it_waits_for_the_instances_that_are_missing_where_none_may_go() {
        takenBackWithOneMissing();
        swept(world, 3);
        assertThat(world.restored).containsOnlyKeys("r-one-1");

        world.fleets.mended(FleetName.A);
        swept(world, 1);
        assertThat(world.restored).containsOnlyKeys("r-one-1", "r-one-2");
    }

    @Test
    void it_goes_to_all_at_once_where_they_never_come() {
        takenBackWithOneMissing();
        swept(world, 12);
        assertThat(world.restored).containsKeys("r-one-1", "r-one-2", "r-one-3-at-once");
    }

    /** Of a single instance, which is all that few users need, none may go (seed 96901689). */
    @Test
    void it_has_as_many_instances_as_the_release_came_with_although_the_load_wants_fewer_by_now() {
        pipeline.release();
        swept(world, 10);
        world.fleets.set(FleetName.A, new Scaling(1, 1, 30, Set.of()));
        takenBack();
        assertThat(world.fleets.scaling(FleetName.A).minimum()).isEqualTo(4);
        swept(world, 10);
        assertThat(pipeline.rollout().settled()).isTrue();
        assertThat(world.fleets.scaling(FleetName.A).minimum()).isEqualTo(1);
    }

    @Test
    void it_is_open_to_a_person_for_as_long_as_that_of_a_release_in_place() {
        pipeline.release();
        world.after(OneFleet.WAY_BACK.minusMinutes(1));
        assertThat(takenBack()).isInstanceOf(Answer.Done.class);
        assertThat(world.restored.values()).containsExactly(FORMER);
    }

    /** PrepareGreen had read that all is settled, and took for former what was just going (seed 96900648). */
    @Test
    void it_is_not_run_over_by_the_next_release_that_begins_meanwhile() {
        for (int call = 1; call < 30; call++) {
            takenBackAtCall(call);
        }
    }

    private static void takenBackAtCall(int call) {
        World world = World.serving();
        world.fleets.zones(FleetName.A, "one", "two");
        Pipeline pipeline = new Pipeline(world, world, TERMS, "one");
        pipeline.release();
        swept(world, 10);
        EventfulPorts.Event person = new EventfulPorts.Event(
                call,
                EventfulPorts.Moment.BEFORE,
                () -> new RollBack(world, TERMS, world).byHand(Optional.of(pipeline.id()), "slow", true));
        new Pipeline(new EventfulPorts(world, person), world, TERMS, "two").call(Phase.PREPARING);

        assertThat(world.store.ledger().latest().equals(Optional.of(pipeline.id())))
                .as("call %d: the old revision comes back, or the next one begins", call)
                .isEqualTo(!world.restored.isEmpty());
    }
}
