package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users that a hand sends to a fleet which was to have none: what they ask of it runs on when they are gone (rule 2). */
class StrayUsersTest {

    private static final Routing SOME = new Routing.Weighted(Weights.share(FleetName.B, 90));

    private final World world = World.serving();
    private final Pipeline pipeline = new Pipeline(world, "one");

    private void sweep() {
        new Sweep(world, World.terms(), world).tick();
    }

    private void takeBackByHand() {
        new RollBack(world, World.terms(), world).byHand(Optional.empty(), "customers complain", true);
    }

    @Test
    void green_that_had_users_again_after_its_rollback_drains_again_before_it_is_touched() {
        pipeline.runUntil(Phase.VERIFYING);
        takeBackByHand();
        world.after(Situation.DRAIN);
        world.router.become(Routing.full(FleetName.B));

        sweep();

        assertThat(world.router.live()).isEqualTo(Routing.full(FleetName.A));
        assertDrains();
    }

    @Test
    void so_does_one_that_the_hand_took_them_from_itself() {
        pipeline.runUntil(Phase.VERIFYING);
        takeBackByHand();
        world.router.become(SOME);
        // Blue is worse, so that Sweep may not undo it.
        world.router.health(FleetName.A, new Targets(0, 0, 4, 0, 0));
        world.after(Situation.DRAIN.plus(Duration.ofMinutes(5)));
        sweep();
        world.router.cure(FleetName.A);
        world.router.become(Routing.full(FleetName.A));

        assertDrains();
    }

    @Test
    void a_rejected_green_that_a_hand_gave_users_while_it_was_prepared_drains_before_it_is_touched() {
        pipeline.runUntil(Phase.VALIDATING);
        world.router.become(SOME);
        pipeline.call(Phase.VALIDATING);
        world.router.become(Routing.full(FleetName.A));
        takeBackByHand();

        assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
        assertDrains();
    }

    /** The revision was installed over them a second after the hand had given the weights back. */
    @Test
    void a_green_that_a_hand_gave_users_before_its_installation_drains_before_it_is_installed_on() {
        pipeline.call(Phase.PREPARING);
        world.router.become(SOME);
        pipeline.call(Phase.INSTALLING);
        world.router.become(Routing.full(FleetName.A));
        world.after(Duration.ofSeconds(30));

        Answer answer = pipeline.call(Phase.INSTALLING);

        assertThat(answer.message()).contains("requests on fleet B may run until");
        assertThat(pipeline.rollout().progress().deployment()).isEmpty();
        world.after(Situation.DRAIN.plus(Duration.ofMinutes(2)));
        pipeline.call(Phase.INSTALLING);
        assertThat(pipeline.rollout().progress().deployment()).isPresent();
    }

    /** Jobs that came late: the hand took the users away minutes after somebody had last seen them, and nobody knew when. */
    @Test
    void so_does_one_whose_users_left_while_nobody_looked() {
        pipeline.call(Phase.PREPARING);
        world.router.become(SOME);
        pipeline.call(Phase.INSTALLING);
        world.after(Duration.ofMinutes(4));
        world.router.become(Routing.full(FleetName.A));

        pipeline.call(Phase.INSTALLING);
        world.after(Situation.DRAIN.minusSeconds(1));
        pipeline.call(Phase.INSTALLING);

        assertThat(pipeline.rollout().progress().deployment()).isEmpty();
    }

    /** Its jobs may come as seldom as they like: nobody was seen since, and the drain does not begin anew with each of them. */
    @Test
    void and_it_waits_once_however_seldom_its_jobs_come() {
        pipeline.call(Phase.PREPARING);
        world.router.become(SOME);
        pipeline.call(Phase.INSTALLING);
        world.router.become(Routing.full(FleetName.A));
        int looks = 0;
        while (pipeline.rollout().progress().deployment().isEmpty() && looks < 10) {
            world.after(Duration.ofMinutes(4));
            pipeline.call(Phase.INSTALLING);
            looks++;
        }

        assertThat(looks).isLessThanOrEqualTo(3);
    }

    @Test
    void and_the_next_release_does_not_take_it_before_that() {
        pipeline.runUntil(Phase.VALIDATING);
        world.router.become(SOME);
        pipeline.call(Phase.VALIDATING);
        world.router.become(Routing.full(FleetName.A));
        takeBackByHand();

        Pipeline next = new Pipeline(world, "two");
        assertThat(next.call(Phase.PREPARING).toString()).contains("requests on fleet B may run until");
        world.after(Situation.DRAIN.plus(Duration.ofMinutes(2)));
        next.call(Phase.PREPARING);
        assertThat(next.rollout().isOpen()).isTrue();
    }

    @Test
    void a_green_that_the_hook_gave_users_while_somebody_took_it_back_drains_although_nobody_saw_a_step() {
        pipeline.runUntil(Phase.SHIFTING);
        world.router.beforeNextWrite(this::takeBackByHand);
        pipeline.call(Phase.SHIFTING);

        assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(world.router.live()).isEqualTo(Routing.full(FleetName.A));
        assertDrains();
    }

    /** The rule was read again at once, showed what was there before, and was written until AWS throttled. */
    @Test
    void are_taken_away_by_one_write_a_call_however_long_the_rule_shows_what_was_there_before() {
        pipeline.runUntil(Phase.VERIFYING);
        takeBackByHand();
        world.router.become(SOME);
        world.router.forgetWrites();
        world.router.loseNextWrite();

        sweep();
        assertThat(world.router.writes()).hasSize(1);
        sweep();

        assertThat(world.router.writes()).hasSize(2);
        assertThat(world.router.live()).isEqualTo(Routing.full(FleetName.A));
    }

    /** Between two of Sweep's looks: nobody else has seen them on it. */
    @Test
    void that_a_person_took_away_before_anybody_looked_have_their_drain() {
        pipeline.runUntil(Phase.VALIDATING);
        takeBackByHand();
        world.router.become(Routing.full(FleetName.B));
        takeBackByHand();

        assertThat(world.router.live()).isEqualTo(Routing.full(FleetName.A));
        assertDrains();
    }

    /** Its second call saw all users on blue, took the release for one that nobody had met, and Sweep ended its instances at once. */
    @Test
    void that_a_call_took_away_which_could_not_see_its_write_have_their_drain() {
        pipeline.runUntil(Phase.VALIDATING);
        world.router.become(SOME);
        world.router.loseNextWrite();
        takeBackByHand();
        assertThat(pipeline.rollout().isOpen()).isTrue();
        world.router.become(Routing.full(FleetName.A));
        takeBackByHand();

        assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
        assertDrains();
    }

    @Test
    void so_have_those_of_what_was_taken_back_before() {
        pipeline.runUntil(Phase.VALIDATING);
        takeBackByHand();
        world.router.become(SOME);
        world.router.loseNextWrite();
        takeBackByHand();
        world.router.become(Routing.full(FleetName.A));

        assertDrains();
    }

    /** All that it left is its mark on the rule. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void that_a_call_took_away_which_died_after_that_have_their_drain(boolean hookComesFirst) {
        pipeline.runUntil(Phase.VALIDATING);
        world.router.become(Routing.full(FleetName.B));
        dieAtTheStore();
        assertThat(pipeline.rollout().isOpen()).isTrue();
        if (hookComesFirst) {
            pipeline.call(Phase.VALIDATING);
        } else {
            takeBackByHand();
        }

        assertThat(world.router.live()).isEqualTo(Routing.full(FleetName.A));
        assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
        assertDrains();
    }

    private void dieAtTheStore() {
        world.router.beforeNextWrite(world.store::fallSilent);
        takeBackByHand();
        world.store.speakAgain();
    }

    @Test
    void looks_that_follow_each_other_closely_do_not_each_write_it_down() {
        pipeline.runUntil(Phase.VERIFYING);
        takeBackByHand();
        world.router.become(SOME);
        world.router.health(FleetName.A, new Targets(0, 0, 4, 0, 0));
        sweep();
        long written = pipeline.rollout().version();
        world.after(Duration.ofSeconds(5));
        sweep();
        assertThat(pipeline.rollout().version()).isEqualTo(written);

        world.after(Duration.ofMinutes(1));
        sweep();
        assertThat(pipeline.rollout().progress().strayedAt()).contains(world.instant());
    }

    private void assertDrains() {
        int running = world.fleets.running(FleetName.B);
        assertThat(running).isPositive();
        world.after(Situation.DRAIN.minusSeconds(1));
        sweep();
        assertThat(world.fleets.running(FleetName.B)).isEqualTo(running);
        // Those who were seen on it can have stayed until the look after that.
        world.after(Duration.ofMinutes(10));
        sweep();
        assertThat(world.fleets.running(FleetName.B)).isZero();
    }
}
