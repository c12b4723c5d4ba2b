package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import dev.greenlight.port.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whoever reads the journal of a release finds each decision once, in its order, with its reason and what the rule showed then. */
class ToldReleaseTest {

    private static final String ON_A = "A 100% B 0%";
    private static final String ON_B = "A 0% B 100%";
    private static final Routing SOME = new Routing.Weighted(new Weights(90, 10));

    private final World world = World.serving();
    private final Pipeline pipeline = new Pipeline(world, "one");

    /** The lines since then; what was repeated from call to call is there once. */
    private List<String> told(int since) {
        List<String> lines = new ArrayList<>();
        for (Journal.Entry line : world.told.subList(since, world.told.size())) {
            String told = "%s: %s [%s] %s".formatted(line.decision(), line.reason(), line.step(), line.routing());
            if (lines.isEmpty() || !lines.getLast().equals(told)) {
                lines.add(told);
            }
        }
        return lines;
    }

    @Test
    void a_good_one() {
        pipeline.release();

        assertThat(told(0))
                .containsExactly(
                        "begin: rev-one on fleet B; blue is fleet A [0] " + ON_A,
                        "tag: the rule remembers this rollout and its blue [0/1] " + ON_A,
                        "scale: fleet A: 4 to 30 instances, suspended: AZRebalance, ScheduledActions [0/1] " + ON_A,
                        "scale: fleet B: 1 to 30 instances, suspended: AlarmNotification, AZRebalance, HealthCheck, "
                                + "ReplaceUnhealthy, ScheduledActions [0/1] " + ON_A,
                        "installing: 1 of 4 instances in service, the others follow once it is installed; "
                                + "launched from a launch configuration, which is left alone [0/1] " + ON_A,
                        "install: deployment d-1 [0/1] " + ON_A,
                        "installed: on 1 of 4 instances [0/1] " + ON_A,
                        "scale: fleet B: 4 to 30 instances, suspended: AlarmNotification, AZRebalance, HealthCheck, "
                                + "ReplaceUnhealthy, ScheduledActions [0/1] " + ON_A,
                        "validating: the revision is on all 4 instances [0/1] " + ON_A,
                        "hold: all checks passed 1 of 3 times [0/1] " + ON_A,
                        "hold: all checks passed 2 of 3 times [0/1] " + ON_A,
                        "shifting: capacity: 4 of 4 instances in service; target health: 4 healthy, 0 unhealthy, "
                                + "0 initial, 4 needed; smoke: /health answered 200 [0/1] " + ON_A,
                        "scale: fleet B: 4 to 30 instances, suspended: AZRebalance, ScheduledActions [0/1] " + ON_A,
                        "ask: shifting was asked for [0/1] " + ON_A,
                        "shift: green has 4 healthy, 0 unhealthy, 0 initial, this step needs 4 [0/1] " + ON_A,
                        "verifying: 1 of 1 steps are on the rule [1/1] " + ON_B,
                        "hold: baking until %s [1/1] %s".formatted(Situation.START.plus(Duration.ofMinutes(6)), ON_B),
                        "promote: target health: 4 healthy, 0 unhealthy, 0 initial, 4 needed; "
                                + "alarms: 1 alarms are quiet [1/1] " + ON_B,
                        "scale: fleet B as its role asks [1/1] " + ON_B);
        assertThat(world.told).allSatisfy(line -> {
            assertThat(line.rollout()).contains(pipeline.id());
            assertThat(line.green()).contains(FleetName.B);
        });
    }

    @Test
    void one_that_is_taken_back_under_traffic() {
        pipeline.runUntil(Phase.VERIFYING);
        greenHasGrown();
        int since = world.told.size();
        world.alarm(AlarmState.FIRING);

        pipeline.call(Phase.VERIFYING);

        assertThat(told(since)).containsExactly("roll back: alarms: firing: checkout-5xx [1/1] " + ON_B);
        // It takes back what green carried.
        assertThat(world.fleets.running(FleetName.A)).isEqualTo(6);
    }

    @Test
    void one_that_is_taken_back_before_any_traffic_moved() {
        pipeline.runUntil(Phase.VALIDATING);
        greenHasGrown();
        int since = world.told.size();
        world.smokeAnswers(500);

        pipeline.call(Phase.VALIDATING);

        assertThat(told(since)).containsExactly("reject: smoke: /health answered 500 instead of 200 [0/1] " + ON_A);
        // Nothing that users would notice was done: blue carries what it did, and the rule needs no word of it.
        assertThat(world.fleets.running(FleetName.A)).isEqualTo(4);
        assertThat(world.router.tags().takenBack()).isEmpty();
    }

    private void greenHasGrown() {
        Scaling set = world.fleets.scaling(FleetName.B);
        world.fleets.set(FleetName.B, new Scaling(set.minimum(), 6, set.maximum(), set.suspended()));
    }

    @Test
    void one_that_blue_could_not_have_served_better() {
        pipeline.runUntil(Phase.VERIFYING);
        world.alarm(AlarmState.FIRING);
        world.router.health(FleetName.A, new Targets(0, 0, 4, 0, 0));
        int since = world.told.size();

        pipeline.call(Phase.VERIFYING);

        assertThat(told(since).getFirst()).startsWith("keep: alarms: firing: checkout-5xx; not taken back, because");
    }

    @Test
    void one_whose_rollback_does_not_show_yet() {
        pipeline.runUntil(Phase.VERIFYING);
        world.alarm(AlarmState.FIRING);
        world.router.loseNextWrite();
        int since = world.told.size();

        Answer first = pipeline.call(Phase.VERIFYING);

        assertThat(first).isInstanceOf(Answer.InProgress.class);
        assertThat(first.message()).isEqualTo("rolling back: the rule still shows " + ON_B);
        assertThat(told(since))
                .containsExactly("hold: rolling back: the rule still shows %s [1/1] %s".formatted(ON_B, ON_B));
        assertThat(pipeline.rollout().isOpen()).isTrue();
        assertThat(pipeline.call(Phase.VERIFYING)).isInstanceOf(Answer.Failed.class);
        assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    void one_whose_shift_does_not_show_yet() {
        pipeline.runUntil(Phase.SHIFTING);
        world.router.loseNextWrite();
        int since = world.told.size();

        Answer first = pipeline.call(Phase.SHIFTING);

        assertThat(first.message()).isEqualTo("written %s, the rule shows %s".formatted(ON_B, ON_A));
        assertThat(told(since))
                .containsExactly(
                        "scale: fleet B: 4 to 30 instances, suspended: AZRebalance, ScheduledActions [0/1] " + ON_A,
                        "ask: shifting was asked for [0/1] " + ON_A,
                        "shift: green has 4 healthy, 0 unhealthy, 0 initial, this step needs 4 [0/1] " + ON_A,
                        "hold: written %s, the rule shows %s [0/1] %s".formatted(ON_B, ON_A, ON_A));
        // One write a call: a second one would only ask again for what is on its way.
        assertThat(world.router.writes()).hasSize(1);
        assertThat(pipeline.call(Phase.SHIFTING)).isInstanceOf(Answer.Done.class);
    }

    @Test
    void one_whose_shift_a_dead_call_had_written() {
        pipeline.runUntil(Phase.SHIFTING);
        world.router.loseNextWrite();
        pipeline.call(Phase.SHIFTING);
        world.router.become(Routing.full(FleetName.B));
        int since = world.told.size();

        pipeline.call(Phase.SHIFTING);

        assertThat(told(since))
                .containsExactly(
                        "step seen: the rule shows %s [1/1] %s".formatted(ON_B, ON_B),
                        "verifying: 1 of 1 steps are on the rule [1/1] " + ON_B);
    }

    @Test
    void one_whose_green_grows_as_blue_did() {
        pipeline.runUntil(Phase.SHIFTING);
        Scaling set = world.fleets.scaling(FleetName.A);
        world.fleets.set(FleetName.A, new Scaling(set.minimum(), 5, set.maximum(), set.suspended()));
        int since = world.told.size();

        pipeline.call(Phase.SHIFTING);

        assertThat(told(since)).contains("grow: green to 5, as blue did [0/1] " + ON_A);
        assertThat(world.fleets.running(FleetName.B)).isEqualTo(5);
    }

    @Test
    void users_that_a_hand_gives_to_a_green_which_is_not_ready() {
        pipeline.runUntil(Phase.VALIDATING);
        world.router.become(SOME);
        int since = world.told.size();

        pipeline.call(Phase.VALIDATING);

        String stray = "stray: users are, or were, where none are to be [0/1] A 90% B 10%";
        assertThat(told(since))
                .containsExactly(
                        stray,
                        "hold: the rule was changed by someone else: A 90% B 10% instead of " + ON_A
                                + " [0/1] A 90% B 10%");
        // What was just said is not said again a few seconds later, but by the next look that is worth one.
        world.after(Duration.ofSeconds(5));
        int soon = world.told.size();
        pipeline.call(Phase.VALIDATING);
        assertThat(told(soon)).doesNotContain(stray);
        world.after(Duration.ofMinutes(1));
        pipeline.call(Phase.VALIDATING);
        assertThat(told(soon)).contains(stray);
    }

    @Test
    void one_whose_fleet_was_left_with_instances_of_an_older_image() {
        LaunchSource.Template old = new LaunchSource.Template("lt-b", "1");
        world.fleets.launchesFrom(FleetName.B, old);
        world.fleets.set(FleetName.B, new Scaling(0, 12, 30, Set.of()));
        world.fleets.revise(new LaunchSource.Template("lt-b", "2"));

        Answer first = pipeline.call(Phase.PREPARING);

        assertThat(first.message()).startsWith("fleet B to 2 instances: 12 were not");
        assertThat(world.fleets.running(FleetName.B)).isEqualTo(2);
        assertThat(told(0))
                .anyMatch(line -> line.startsWith("launch from: fleet B: version 2 of lt-b"))
                .anyMatch(line -> line.startsWith("scale: fleet B to 2 instances"));
        assertThat(pipeline.through(Phase.PREPARING)).isInstanceOf(Answer.Done.class);
        assertThat(world.fleets.origins(FleetName.B)).containsExactly(new LaunchSource.Template("lt-b", "2"));
    }

    /** All of them on blue are no strays: that is a rollback. */
    @Test
    void one_that_a_hand_takes_back() {
        pipeline.runUntil(Phase.VERIFYING);
        world.router.become(Routing.full(FleetName.A));
        int since = world.told.size();

        pipeline.call(Phase.VERIFYING);

        assertThat(told(since)).containsExactly("roll back: all traffic was put back on fleet A [1/1] " + ON_A);
    }

    /** One call's patience is counted: what it does is never seen, so it would do it again and again. */
    @Test
    void one_whose_rule_keeps_no_tags() {
        world.router.forgetTags();

        Answer answer = pipeline.call(Phase.PREPARING);

        assertThat(answer).isInstanceOf(Answer.InProgress.class);
        assertThat(answer.message()).isEqualTo("still at work after 32 turns");
        assertThat(world.router.tagged()).isEqualTo(32);
    }

    @Test
    void each_line_names_the_rollout_also_where_a_person_promotes_it() {
        pipeline.runUntil(Phase.VERIFYING);
        int since = world.told.size();

        new Promote(world, World.terms(), world).byHand(Optional.empty(), "a fix waits");

        assertThat(told(since))
                .startsWith(
                        "asked to promote: a fix waits [by hand] ",
                        "promote: asked for, without the rest of the bake [1/1] " + ON_B);
    }
}
