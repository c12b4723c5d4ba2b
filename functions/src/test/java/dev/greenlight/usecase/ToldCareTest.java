package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Aftercare;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.Journal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whoever reads the journal at night finds each thing that was done for a closed rollout, and each call says what it waits for. */
class ToldCareTest {

    private static final String ON_A = "A 100% B 0%";
    private static final String ON_B = "A 0% B 100%";

    private final World world = World.serving();
    private final Pipeline pipeline = new Pipeline(world, "one");

    /** The lines since then, without what does not change from one to the next. */
    private List<String> told(int since) {
        return world.told.subList(since, world.told.size()).stream()
                .map(line -> "%s: %s [%s] %s".formatted(line.decision(), line.reason(), line.step(), line.routing()))
                .toList();
    }

    private Answer sweep() {
        return new Sweep(world, World.terms(), world).tick();
    }

    @Test
    void a_blue_whose_time_is_up() {
        pipeline.release();
        world.after(Situation.PACE.blueLifetime());
        int since = world.told.size();

        assertThat(sweep().message()).startsWith("all is given back; a call from before may be at work until");
        world.after(Aftercare.AT_WORK);
        assertThat(sweep()).isEqualTo(new Answer.Done("settled"));

        assertThat(told(since))
                .containsExactly(
                        "retire: fleet A was kept until %s [1/1] %s"
                                .formatted(
                                        pipeline.rollout()
                                                .progress()
                                                .warmUntil()
                                                .orElseThrow(),
                                        ON_B),
                        "forget blue: no way back from here [1/1] " + ON_B,
                        "scale: fleet A to 0 instances [1/1] " + ON_B,
                        "settle: nothing is pinned any more [1/1] " + ON_B);
        assertThat(world.told.getLast().rollout()).contains(pipeline.id());
        assertThat(world.told.getLast().green()).contains(FleetName.B);
    }

    @Test
    void a_blue_that_waits_for_its_time() {
        pipeline.release();
        world.after(Situation.DRAIN);
        int since = world.told.size();

        assertThat(sweep()).isEqualTo(new Answer.Done("blue is warm"));

        assertThat(told(since)).isEmpty();
    }

    @Test
    void a_blue_that_follows_the_load() {
        pipeline.release();
        Scaling now = world.fleets.scaling(FleetName.B);
        world.fleets.set(FleetName.B, new Scaling(now.minimum(), 6, now.maximum(), now.suspended()));
        int since = world.told.size();

        sweep();

        assertThat(told(since))
                .containsExactly(
                        "follow load: blue to 6 [1/1] " + ON_B, "scale: fleet A as its role asks [1/1] " + ON_B);
        assertThat(world.fleets.running(FleetName.A)).isEqualTo(6);
    }

    @Test
    void a_rollback_that_a_hand_made() {
        pipeline.release();
        world.router.become(Routing.full(FleetName.A));
        int since = world.told.size();

        sweep();

        assertThat(told(since)).containsExactly("roll back: all traffic is on fleet A again [1/1] " + ON_A);
    }

    @Test
    void users_that_a_hand_gave_to_what_was_taken_back() {
        pipeline.runUntil(Phase.VERIFYING);
        new RollBack(world, World.terms(), world).byHand(Optional.empty(), "no", true);
        world.router.become(new Routing.Weighted(new Weights(90, 10)));
        int since = world.told.size();

        assertThat(sweep()).isEqualTo(new Answer.Done("fleet B had traffic after the rollback: A 90% B 10%"));

        assertThat(told(since))
                .containsExactly(
                        "stray: users are where none are to be [back] A 90% B 10%",
                        "undo: fleet B had traffic after the rollback: A 90% B 10% [back] A 90% B 10%");
    }

    @Test
    void a_fleet_that_was_taken_back_and_goes_to_sleep() {
        pipeline.runUntil(Phase.VERIFYING);
        new RollBack(world, World.terms(), world).byHand(Optional.empty(), "no", true);
        world.after(Situation.DRAIN.plus(Duration.ofMinutes(10)));
        int since = world.told.size();

        assertThat(sweep()).isEqualTo(new Answer.Done("settled"));

        assertThat(told(since))
                .containsExactly(
                        "scale: fleet B to 0 instances [back] " + ON_A,
                        "scale: fleet A as it was found [back] " + ON_A,
                        "settle: nothing is pinned any more [back] " + ON_A);
        assertThat(world.router.tags().blue()).isEmpty();
    }

    @Test
    void a_first_release_that_was_taken_back_and_has_all_users() {
        World empty = World.empty();
        new Pipeline(empty, "first").runUntil(Phase.SHIFTING);
        new RollBack(empty, World.terms(), empty).byHand(Optional.empty(), "not yet", true);
        empty.router.become(Routing.full(FleetName.A));

        new Sweep(empty, World.terms(), empty).tick();

        assertThat(empty.decisions()).contains("stay");
    }

    /** One call's patience is counted: what it does is never seen, so it would do it again and again. */
    @Test
    void a_rule_that_does_not_forget_blue() {
        pipeline.release();
        world.after(Situation.PACE.blueLifetime());
        int tagged = world.router.tagged();
        world.router.forgetTags();

        assertThat(sweep()).isEqualTo(new Answer.Done("still at work"));

        // The first of its twelve turns retires blue.
        assertThat(world.router.tagged() - tagged).isEqualTo(11);
        assertThat(world.fleets.running(FleetName.A)).isEqualTo(4);
    }

    /** Nothing was removed, and nobody says so. */
    @Test
    void a_group_that_does_not_keep_its_settings() {
        pipeline.release();
        world.after(Situation.DRAIN);
        Scaling set = world.fleets.scaling(FleetName.B);
        world.fleets.set(FleetName.B, new Scaling(0, set.desired(), set.maximum(), set.suspended()));
        world.fleets.forgetSettings();
        int since = world.told.size();

        assertThat(sweep()).isEqualTo(new Answer.Done("still at work"));

        assertThat(told(since)).hasSize(12).containsOnly("scale: fleet B as its role asks [1/1] " + ON_B);
    }

    @Test
    void a_slice_a_call() {
        world.fleets.set(FleetName.A, new Scaling(2, 25, 30, Set.of()));
        pipeline.release();
        world.after(Situation.PACE.blueLifetime());

        assertThat(sweep()).isEqualTo(new Answer.Done("fleet A has lost a slice just now"));
        assertThat(world.fleets.running(FleetName.A)).isEqualTo(15);
        sweep();
        assertThat(world.fleets.running(FleetName.A)).isEqualTo(5);
    }

    @Test
    void another_call_that_is_at_work_on_it() {
        pipeline.release();
        world.after(Situation.PACE.blueLifetime());
        world.store.overtake(1);

        assertThat(sweep()).isEqualTo(new Answer.Done("another call is at work on this rollout"));
        assertThat(world.fleets.running(FleetName.A)).isEqualTo(4);

        world.router.become(new Routing.Weighted(new Weights(10, 90)));
        world.store.overtake(1);
        int since = world.told.size();
        assertThat(sweep()).isEqualTo(new Answer.Done("another call is at work on this rollout"));
        assertThat(told(since)).isEmpty();
    }

    @Test
    void what_the_promotion_could_not_begin() {
        int appointment =
                promoted(World.serving(), EventfulPorts.Event.NONE).log().indexOf("Appointments.retireBlue") + 1;
        assertThat(appointment).isPositive();

        promoted(world, new EventfulPorts.Event(appointment, EventfulPorts.Moment.BEFORE, () -> {
            throw new CallFailed(CallFailed.Kind.DENIED, "scheduler:CreateSchedule", "not allowed", null);
        }));

        assertThat(pipeline.rollout().phase()).isEqualTo(Phase.PROMOTED);
        assertThat(world.told).extracting(Journal.Entry::decision).contains("left to sweep");
    }

    /** The one call that promotes. */
    private static EventfulPorts promoted(World world, EventfulPorts.Event event) {
        new Pipeline(world, "one").runUntil(Phase.VERIFYING);
        world.after(Situation.PACE.bake());
        EventfulPorts ports = new EventfulPorts(world, event);
        new Pipeline(ports, world, World.terms(), "one").call(Phase.VERIFYING);
        return ports;
    }
}
