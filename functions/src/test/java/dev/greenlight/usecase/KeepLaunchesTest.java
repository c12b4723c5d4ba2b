package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.rollout.Launches;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sweep keeps what fleets are launched from, whoever gives their groups another version. */
class KeepLaunchesTest {

    private static final LaunchSource.Template A_OLD = new LaunchSource.Template("lt-a", "1");
    private static final LaunchSource.Template B_OLD = new LaunchSource.Template("lt-b", "1");
    private static final LaunchSource.Template B_NEW = new LaunchSource.Template("lt-b", "2");

    private final World world = World.serving();
    private final Pipeline pipeline = new Pipeline(world, "one");

    @BeforeEach
    void aNewImageIsDeployed() {
        world.fleets.launchesFrom(FleetName.A, A_OLD);
        world.fleets.launchesFrom(FleetName.B, B_OLD);
        world.fleets.revise(B_NEW);
    }

    private void sweep() {
        new Sweep(world, World.terms(), world).tick();
    }

    private LaunchSource source(FleetName fleet) {
        return world.fleets.groups().get(fleet).source();
    }

    @Test
    void the_record_says_what_both_fleets_are_launched_from() {
        pipeline.runUntil(Phase.INSTALLING);
        assertThat(pipeline.rollout().launches()).isEqualTo(new Launches(Optional.of(A_OLD), Optional.of(B_NEW)));
    }

    @Test
    void what_serves_gets_its_version_back_and_it_is_told() {
        pipeline.release();
        world.fleets.launchFrom(FleetName.B, B_OLD);

        sweep();

        assertThat(source(FleetName.B)).isEqualTo(B_NEW);
        assertThat(world.told.getLast().decision()).isEqualTo("launch from");
        assertThat(world.told.getLast().reason())
                .isEqualTo("fleet B: version 2 of lt-b, not version 1 of lt-b, which no rollout gave it");
        assertThat(pipeline.rollout().history().getLast().what()).isEqualTo("puts a launch version back");
        int told = world.told.size();
        sweep();
        assertThat(world.told).hasSize(told);
    }

    @Test
    void what_a_stack_writes_over_on_both_fleets_is_put_back_in_one_look() {
        pipeline.release();
        world.fleets.launchFrom(FleetName.A, new LaunchSource.Template("lt-a", "7"));
        world.fleets.launchFrom(FleetName.B, B_OLD);

        sweep();

        assertThat(source(FleetName.A)).isEqualTo(A_OLD);
        assertThat(source(FleetName.B)).isEqualTo(B_NEW);
    }

    @Test
    void what_is_written_over_every_minute_does_not_fill_the_rollouts_history() {
        pipeline.release();
        int events = pipeline.rollout().history().size();
        for (int minute = 0; minute < 5; minute++) {
            world.fleets.launchFrom(FleetName.B, B_OLD);
            sweep();
            assertThat(source(FleetName.B)).isEqualTo(B_NEW);
        }

        assertThat(pipeline.rollout().history()).hasSize(events + 1);
    }

    @Test
    void what_floats_is_nothing_to_keep() {
        world.fleets.launchFrom(FleetName.A, new LaunchSource.Template("lt-a", "$Latest"));
        pipeline.runUntil(Phase.INSTALLING);
        assertThat(pipeline.rollout().launches().blue()).isEmpty();
    }

    @Test
    void what_serves_gets_it_back_when_its_rollout_has_long_been_settled() {
        pipeline.release();
        settle();
        world.fleets.launchFrom(FleetName.B, new LaunchSource.Template("lt-b", "$Latest"));

        sweep();

        assertThat(source(FleetName.B)).isEqualTo(B_NEW);
        assertThat(pipeline.rollout().settled()).isTrue();
    }

    private void settle() {
        for (int i = 0; i < 100 && !pipeline.rollout().settled(); i++) {
            world.after(Duration.ofHours(1));
            sweep();
        }
        assertThat(pipeline.rollout().settled()).isTrue();
    }

    @Test
    void a_warm_blue_keeps_its_own_and_one_that_is_retired_need_not() {
        pipeline.release();
        LaunchSource.Template other = new LaunchSource.Template("lt-a", "7");
        world.fleets.launchFrom(FleetName.A, other);
        sweep();
        assertThat(source(FleetName.A)).isEqualTo(A_OLD);

        settle();
        assertThat(pipeline.rollout().phase()).isEqualTo(Phase.RETIRED);
        world.fleets.launchFrom(FleetName.A, other);
        sweep();
        assertThat(source(FleetName.A)).isEqualTo(other);
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"PREPARING", "INSTALLING", "VALIDATING", "SHIFTING", "VERIFYING"})
    void blue_keeps_its_own_all_through_a_rollout(Phase phase) {
        pipeline.call(Phase.PREPARING);
        pipeline.runUntil(phase);
        world.fleets.launchFrom(FleetName.A, new LaunchSource.Template("lt-a", "7"));

        sweep();

        assertThat(source(FleetName.A)).isEqualTo(A_OLD);
    }

    @Test
    void after_a_rejection_blue_keeps_its_own_and_green_is_anybodys() {
        world.smokeAnswers(500);
        pipeline.release();
        world.after(Duration.ofMinutes(5));
        LaunchSource.Template other = new LaunchSource.Template("lt-b", "7");
        world.fleets.launchFrom(FleetName.A, new LaunchSource.Template("lt-a", "7"));
        world.fleets.launchFrom(FleetName.B, other);

        sweep();

        assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(source(FleetName.A)).isEqualTo(A_OLD);
        assertThat(source(FleetName.B)).isEqualTo(other);
    }

    /** The next rollout takes blue's version from the record of the one before: what it finds may be a stack's. */
    @Test
    void what_was_written_over_just_before_a_rollout_is_put_right_after_it_began() {
        pipeline.release();
        settle();
        world.fleets.launchFrom(FleetName.B, B_OLD);

        Pipeline next = new Pipeline(world, "two");
        next.call(Phase.PREPARING);
        assertThat(next.rollout().launches().blue()).contains(B_NEW);
        sweep();

        assertThat(source(FleetName.B)).isEqualTo(B_NEW);
    }

    @Test
    void another_template_is_somebodys_decision() {
        pipeline.release();
        LaunchSource.Template other = new LaunchSource.Template("lt-by-hand", "1");
        world.fleets.launchFrom(FleetName.B, other);

        sweep();

        assertThat(source(FleetName.B)).isEqualTo(other);
    }

    @Test
    void without_a_record_of_it_nothing_is_kept() {
        sweep();
        assertThat(source(FleetName.A)).isEqualTo(A_OLD);

        pipeline.release();
        world.store.commit(pipeline.rollout().launchedFrom(Launches.UNKNOWN));
        world.fleets.launchFrom(FleetName.B, B_OLD);
        sweep();
        assertThat(source(FleetName.B)).isEqualTo(B_OLD);
    }

    /** The fence: a sweep that read the record before a rollout began gives that rollout's green nothing of before. */
    @Test
    void a_sweep_of_the_rollout_before_writes_nothing() {
        pipeline.release();
        Rollout before = pipeline.rollout();
        Pipeline next = new Pipeline(world, "two");
        world.after(Duration.ofHours(1));
        next.call(Phase.PREPARING);
        LaunchSource.Template given = new LaunchSource.Template("lt-a", "7");
        world.fleets.launchFrom(FleetName.A, given);

        new KeepLaunches(world, world).look(before);

        assertThat(source(FleetName.A)).isEqualTo(given);
        assertThat(before.keeps(FleetName.A)).contains(A_OLD);
    }
}
