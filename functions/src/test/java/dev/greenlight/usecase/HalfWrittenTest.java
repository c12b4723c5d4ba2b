package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two rules are written one after the other: whoever died between them is gone on with, or taken back. docs/adr/0016. */
class HalfWrittenTest {

    private static final Routing ON_A = Routing.full(FleetName.A);
    private static final Targets SICK = new Targets(0, 0, 4, 0, 0);

    private final World empty = World.empty();
    private final Pipeline first = new Pipeline(empty, "first");

    private void sweep() {
        new Sweep(empty, World.terms(), empty).tick();
    }

    /** The audience has green, all others still get 503. */
    private void diedBetweenTheTwo() {
        first.runUntil(Phase.SHIFTING);
        empty.router.become(new Routing.Audience(FleetName.A));
    }

    @Test
    void a_first_release_goes_on_with_what_a_dead_call_left() {
        diedBetweenTheTwo();
        assertThat(first.through(Phase.SHIFTING)).isInstanceOf(Answer.Done.class);
        assertThat(empty.router.live()).isEqualTo(ON_A);
    }

    /** Nobody could go on in time, it was taken back, and the rules were left apart: no release ever began again. */
    @Test
    void a_first_release_that_nobody_went_on_with_in_time_gets_all_users_as_soon_as_it_can_serve_them() {
        diedBetweenTheTwo();
        empty.router.health(FleetName.A, SICK);
        first.call(Phase.SHIFTING);
        empty.after(Situation.PACE.shifting());
        first.call(Phase.SHIFTING);
        assertThat(first.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
        sweep();
        assertThat(empty.router.live()).isEqualTo(new Routing.Audience(FleetName.A));

        empty.router.cure(FleetName.A);
        Pipeline second = new Pipeline(empty, "second");
        assertThat(second.call(Phase.PREPARING).message())
                .contains("the rules show the audience on fleet A, nobody else: Sweep puts that right");
        sweep();
        assertThat(empty.router.live()).isEqualTo(ON_A);
        sweep();
        assertThat(first.rollout().phase()).isEqualTo(Phase.PROMOTED);
        assertThat(second.call(Phase.PREPARING)).isInstanceOf(Answer.Done.class);
        assertThat(second.rollout().blue()).contains(FleetName.A);
    }

    @Test
    void a_person_is_told_that_there_is_no_way_back_from_it_either() {
        diedBetweenTheTwo();
        assertThat(new RollBack(empty, World.terms(), empty)
                        .byHand(Optional.empty(), "not yet", true)
                        .message())
                .contains("nothing is blue");
        assertThat(first.rollout().isOpen()).isTrue();
    }

    /** RollBack died after its first write; the audience was left on what had been taken back. */
    @Test
    void a_rollback_that_died_between_the_two_is_ended_before_the_next_release_begins() {
        World world = World.serving();
        Pipeline bad = new Pipeline(world, "bad");
        bad.runUntil(Phase.VERIFYING);
        new RollBack(world, World.terms(), world).byHand(Optional.empty(), "bad", true);
        world.router.become(new Routing.Audience(FleetName.B));
        Pipeline next = new Pipeline(world, "next");
        assertThat(next.call(Phase.PREPARING).message()).contains("Sweep puts that right");
        new Sweep(world, World.terms(), world).tick();
        assertThat(world.router.live()).isEqualTo(ON_A);
    }

    /** A share was written by a call that a rollback had overtaken, and the next release was refused for it (seed 96012036 of canary.yaml). */
    @Test
    void a_share_that_was_given_after_a_rollback_is_taken_away_before_the_next_release_begins() {
        World world = World.serving();
        Pipeline bad = new Pipeline(world, "bad");
        bad.runUntil(Phase.SHIFTING);
        new RollBack(world, World.terms(), world).byHand(Optional.empty(), "bad", true);
        world.router.become(new Routing.Weighted(new Weights(95, 5)));
        Pipeline next = new Pipeline(world, "next");
        assertThat(next.call(Phase.PREPARING).message()).contains("Sweep puts that right");
        new Sweep(world, World.terms(), world).tick();
        assertThat(world.router.live()).isEqualTo(ON_A);
    }

    @Test
    void weights_that_nobody_puts_right_let_no_release_begin() {
        World world = World.serving();
        world.router.become(new Routing.Weighted(new Weights(95, 5)));
        assertThat(new Pipeline(world, "next").call(Phase.PREPARING).message()).contains("it is not clear which fleet");
    }
}
