package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.traffic.Routing;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A forward write that was on its way comes after the rollback: whoever sees it first undoes it, and says so (rules 2, 3 and 10). */
class OvertakenRollBackTest {

    private static final Routing ON_A = Routing.full(FleetName.A);
    private static final Routing ON_B = Routing.full(FleetName.B);
    private static final Targets SICK = new Targets(0, 0, 4, 0, 0);

    private final World world = World.serving();
    private final Pipeline pipeline = new Pipeline(world, "one");

    private Answer rollBack() {
        return new RollBack(world, World.terms(), world).byHand(Optional.empty(), "customers complain", true);
    }

    private void assertFailed(Answer answer, Answer.Failure failure) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(failure));
    }

    /** Users met green, if only for a moment: it drains, the next release cools down, and nobody reads of a rejection. */
    private void assertKnownToHaveMetUsers() {
        assertThat(world.router.live()).isEqualTo(ON_A);
        assertThat(pipeline.rollout().ending().orElseThrow().trafficMoved()).isTrue();
        assertThat(pipeline.rollout().coolsUntil(Duration.ofHours(1))).isPresent();
        assertThat(world.decisions()).contains("undo").doesNotContain("reject");
        int running = world.fleets.running(FleetName.B);
        world.after(Duration.ofSeconds(5));
        new Sweep(world, World.terms(), world).tick();
        assertThat(world.fleets.running(FleetName.B)).isPositive().isEqualTo(running);
    }

    @Nested
    class Seen_by_its_last_look {

        @Test
        void it_is_undone_and_the_record_says_that_users_met_green() {
            pipeline.runUntil(Phase.SHIFTING);
            world.router.beforeNextTag(() -> world.router.become(ON_B));

            Answer answer = rollBack();

            assertThat(answer).isInstanceOf(Answer.Done.class);
            assertThat(answer.message()).contains("all traffic is back on blue");
            assertKnownToHaveMetUsers();
        }

        /** It answered "done", with all users on green. */
        @Test
        void and_not_undone_because_aws_throttles_is_worth_a_retry() {
            pipeline.runUntil(Phase.SHIFTING);
            world.router.beforeNextTag(() -> {
                world.router.become(ON_B);
                world.router.refuseWrites();
            });

            assertFailed(rollBack(), Answer.Failure.UNAVAILABLE);
            assertThat(world.router.live()).isEqualTo(ON_B);
        }

        @Test
        void and_whose_undoing_does_not_show_yet_is_worth_a_retry() {
            pipeline.runUntil(Phase.SHIFTING);
            world.router.beforeNextTag(() -> {
                world.router.become(ON_B);
                world.router.loseNextWrite();
            });

            assertFailed(rollBack(), Answer.Failure.UNAVAILABLE);
        }

        @Test
        void it_stays_where_blue_is_worse_by_then_and_no_retry_is_promised() {
            pipeline.runUntil(Phase.SHIFTING);
            world.router.beforeNextTag(() -> {
                world.router.become(ON_B);
                world.router.health(FleetName.A, SICK);
            });

            assertFailed(rollBack(), Answer.Failure.ROLLOUT);
            assertThat(world.router.live()).isEqualTo(ON_B);
        }
    }

    @Nested
    class Seen_by_the_hook_that_wrote_it {

        @Test
        void it_is_undone_and_the_record_says_that_users_met_green() {
            pipeline.runUntil(Phase.SHIFTING);
            world.router.beforeNextWrite(() -> rollBack());

            assertFailed(pipeline.call(Phase.SHIFTING), Answer.Failure.ROLLOUT);

            assertThat(world.router.writes()).containsExactly(ON_B, ON_A);
            assertThat(pipeline.rollout().ending().orElseThrow().trafficMoved()).isTrue();
            assertThat(world.decisions()).contains("undo");
        }

        @Test
        void it_is_undone_also_where_the_reading_after_it_does_not_show_it() {
            pipeline.runUntil(Phase.SHIFTING);
            world.router.beforeNextWrite(() -> {
                rollBack();
                world.router.loseNextWrite();
            });

            assertFailed(pipeline.call(Phase.SHIFTING), Answer.Failure.ROLLOUT);
            assertThat(world.router.writes()).containsExactly(ON_B, ON_A);
        }

        @Test
        void it_stays_where_blue_is_worse_by_then() {
            pipeline.runUntil(Phase.SHIFTING);
            world.router.beforeNextWrite(() -> {
                rollBack();
                world.router.health(FleetName.A, SICK);
            });

            pipeline.call(Phase.SHIFTING);

            assertThat(world.router.writes()).containsExactly(ON_B);
            assertThat(world.decisions()).contains("refuse");
        }
    }

    /** Blue was about to follow the load down when it got all users: it kept what it had only if Sweep was lucky. */
    @Test
    void a_blue_that_sweep_was_about_to_shrink_stays_as_large_as_it_is() {
        World twin = lessToDo(World.serving());
        EventfulPorts undisturbed = new EventfulPorts(twin, EventfulPorts.Event.NONE);
        new Sweep(undisturbed, World.terms(), twin).tick();
        int counted = undisturbed
                        .log()
                        .subList(0, undisturbed.log().indexOf("Fleets.apply"))
                        .lastIndexOf("Metrics.traffic")
                + 1;
        assertThat(counted).isPositive();

        lessToDo(world);
        EventfulPorts.Event rollback = new EventfulPorts.Event(counted, EventfulPorts.Moment.AFTER, this::rollBack);
        Answer answer = new Sweep(new EventfulPorts(world, rollback), World.terms(), world).tick();

        assertThat(answer.message()).isEqualTo("the rule has just changed");
        assertThat(world.router.live()).isEqualTo(ON_A);
        assertThat(world.fleets.running(FleetName.A)).isEqualTo(4);
    }

    /** A release is long over, and the load has fallen to half. */
    private static World lessToDo(World world) {
        new Pipeline(world, "one").release();
        world.after(World.terms().drain().plusSeconds(180));
        Scaling asked = world.fleets.scaling(FleetName.B);
        world.fleets.set(FleetName.B, new Scaling(asked.minimum(), 2, asked.maximum(), asked.suspended()));
        return world;
    }

    @Nested
    class What_blue_lacks {

        private void blueIsSmall() {
            pipeline.runUntil(Phase.VERIFYING);
            world.fleets.set(FleetName.A, new Scaling(1, 1, 30, Set.of()));
        }

        @Test
        void is_raised_by_a_second_call_where_the_first_did_not_see_its_write() {
            blueIsSmall();
            world.router.loseNextWrite();
            assertFailed(rollBack(), Answer.Failure.UNAVAILABLE);
            world.router.become(ON_A);

            assertThat(rollBack().message()).contains("had 1 instances and is raised to 4");
            assertThat(world.fleets.running(FleetName.A)).isEqualTo(4);
        }

        @Test
        void is_raised_by_a_call_that_is_overtaken() {
            blueIsSmall();
            world.router.become(ON_A);
            world.router.beforeNextTag(() -> {
                world.router.become(ON_B);
                world.router.loseNextWrite();
            });

            assertFailed(rollBack(), Answer.Failure.UNAVAILABLE);
            assertThat(world.fleets.running(FleetName.A)).isEqualTo(4);
        }
    }
}
