package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import dev.greenlight.usecase.EventfulPorts.Event;
import dev.greenlight.usecase.EventfulPorts.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two callers at once: between any two calls of the hook that drives a rollout somebody else acts, from the first to the last
 * of what he does. Rules 3 and 5 of docs/rules.md, and docs/adr/0013.
 */
class InterleavingTest {

    private static final Routing ON_A = Routing.full(FleetName.A);
    private static final Routing ON_B = Routing.full(FleetName.B);
    private static final List<Phase> ACTIONS =
            List.of(Phase.PREPARING, Phase.INSTALLING, Phase.VALIDATING, Phase.SHIFTING, Phase.VERIFYING);
    private static final int PATIENCE = 100;

    /** One run of a release, to one of whose calls something happens. */
    private static final class Run {

        final int call;
        final Moment moment;
        final World world = World.serving();
        final List<Answer> answers = new ArrayList<>();
        final EventfulPorts ports;
        final Pipeline pipeline;
        Optional<Answer> said = Optional.empty();
        int writesBefore;
        Optional<Answer> inFlight = Optional.empty();

        Run(int call, Moment moment, Function<World, Answer> act) {
            this.call = call;
            this.moment = moment;
            ports = new EventfulPorts(world, new Event(call, moment, () -> {
                said = Optional.of(act.apply(world));
                writesBefore = world.router.writes().size();
            }));
            pipeline = new Pipeline(ports, world, World.terms(), "one");
        }

        /** Plays the pipeline's part to its end; {@code met} sees the world as the hook leaves it that was interrupted. */
        Run play(Runnable met) {
            for (Phase action : ACTIONS) {
                Answer answer = through(action, met);
                answers.add(answer);
                if (!(answer instanceof Answer.Done)) {
                    break;
                }
            }
            return this;
        }

        private Answer through(Phase action, Runnable met) {
            for (int i = 0; i < PATIENCE; i++) {
                boolean before = said.isPresent();
                Answer answer = pipeline.call(action);
                if (!before && said.isPresent()) {
                    inFlight = Optional.of(answer);
                    met.run();
                }
                if (!(answer instanceof Answer.InProgress)) {
                    return answer;
                }
                world.after(Pipeline.INTERVAL);
            }
            throw new AssertionError(action + " never ended: " + pipeline.rollout());
        }

        void settle() {
            world.after(Situation.PACE.blueLifetime());
            for (int i = 0; i < 4; i++) {
                new Sweep(world, World.terms(), world).tick();
            }
        }

        /** Nothing lay between the moment and the write but the way to AWS. */
        boolean shiftWasOnItsWay() {
            int next = moment == Moment.BEFORE ? call - 1 : call;
            return next < ports.calls() && ports.log().get(next).equals("TrafficRouter.shift");
        }

        boolean tookBack() {
            return said.filter(Answer.Done.class::isInstance).isPresent();
        }

        String story() {
            return "%s: %s, then %s; %s".formatted(ports.happened(), said, inFlight, world.decisions());
        }
    }

    private static int calls() {
        return new Run(Integer.MAX_VALUE, Moment.BEFORE, world -> null)
                .play(() -> {})
                .ports
                .calls();
    }

    private static Answer rollBack(World world) {
        return new RollBack(world, World.terms(), world).byHand(Optional.empty(), "customers complain", true);
    }

    @ParameterizedTest
    @EnumSource
    void a_persons_rollback_wins_wherever_it_meets_the_hook_that_drives_the_rollout(Moment moment) {
        int met = 0;
        for (int call = 1; call <= calls(); call++) {
            Run run = new Run(call, moment, InterleavingTest::rollBack);
            run.play(() -> assertBack(run));
            if (run.tookBack()) {
                met++;
                assertEnded(run);
            }
        }
        assertThat(met).isGreaterThan(40);
    }

    /** As the interrupted call ends, users are on blue; of its writes to green none came later but one that was on its way. */
    private static void assertBack(Run run) {
        if (!run.tookBack()) {
            return;
        }
        List<Routing> writes = run.world.router.writes();
        long forward = writes.subList(run.writesBefore, writes.size()).stream()
                .filter(ON_B::equals)
                .count();
        assertThat(forward).as(run.story()).isEqualTo(run.shiftWasOnItsWay() ? 1 : 0);
        assertThat(run.world.router.live()).as(run.story()).isEqualTo(ON_A);
    }

    private static void assertEnded(Run run) {
        Rollout rollout = run.pipeline.rollout();
        boolean promoted = run.inFlight.filter(Answer.Done.class::isInstance).isPresent()
                && run.answers.getLast() instanceof Answer.Done;
        assertThat(rollout.phase()).as(run.story()).isEqualTo(Phase.ROLLED_BACK);
        if (promoted) {
            assertThat(run.answers).as(run.story()).hasSize(ACTIONS.size());
        } else {
            assertThat(run.answers.getLast())
                    .as(run.story())
                    .isInstanceOfSatisfying(
                            Answer.Failed.class,
                            failed -> assertThat(failed.message()).contains("customers complain"));
        }
        assertThat(run.world.store.quarantine(run.pipeline.revision().digest()))
                .as(run.story())
                .isPresent();
        run.settle();
        assertThat(run.pipeline.rollout().settled()).as(run.story()).isTrue();
        assertThat(run.world.store.ledger().holder()).as(run.story()).isEmpty();
        assertThat(run.world.fleets.scaling(FleetName.A)).as(run.story()).isEqualTo(World.SERVING);
        assertThat(run.world.fleets.scaling(FleetName.B)).as(run.story()).isEqualTo(World.ASLEEP);
        assertThat(run.world.appointments).as(run.story()).isEmpty();
        assertThat(run.world.deploymentsRunning()).as(run.story()).isZero();
    }

    /** The hook hung before it set a size, for so long that a rollback and Sweep came and went. */
    @ParameterizedTest
    @EnumSource
    void what_a_hook_pins_that_hung_while_all_was_released_is_released_again(Moment moment) {
        int met = 0;
        for (int call = 1; call <= calls(); call++) {
            Run run = new Run(call, moment, world -> {
                Answer back = rollBack(world);
                new Sweep(world, World.terms(), world).tick();
                new Sweep(world, World.terms(), world).tick();
                return back;
            });
            run.play(() -> {});
            if (run.tookBack()) {
                met++;
                assertEnded(run);
            }
        }
        assertThat(met).isGreaterThan(40);
    }

    /** The other way round: the hook shifts and verifies between two calls of the person's rollback. */
    @ParameterizedTest
    @EnumSource
    void a_rollback_that_the_hook_overtakes_still_ends_with_users_on_blue(Moment moment) {
        for (Phase phase : List.of(Phase.VALIDATING, Phase.SHIFTING, Phase.VERIFYING)) {
            int calls = meetingBackwards(phase, Event.NONE).calls();
            assertThat(calls).isGreaterThan(6);
            for (int call = 1; call <= calls; call++) {
                int at = call;
                World world = World.serving();
                Pipeline pipeline = new Pipeline(world, "one");
                pipeline.runUntil(phase);
                EventfulPorts ports = new EventfulPorts(world, new Event(at, moment, () -> {
                    if (phase == Phase.VALIDATING) {
                        pipeline.through(Phase.VALIDATING);
                    }
                    pipeline.call(phase == Phase.VERIFYING ? Phase.VERIFYING : Phase.SHIFTING);
                }));
                String story = "%s, %s".formatted(phase, new Event(at, moment, () -> {}));
                Answer answer =
                        new RollBack(ports, World.terms(), world).byHand(Optional.empty(), "customers complain", true);
                assertThat(answer).as(story).isInstanceOf(Answer.Done.class);
                assertThat(world.router.live()).as(story).isEqualTo(ON_A);
                assertThat(pipeline.rollout().phase()).as(story).isEqualTo(Phase.ROLLED_BACK);
            }
        }
    }

    private static EventfulPorts meetingBackwards(Phase phase, Event event) {
        World world = World.serving();
        new Pipeline(world, "one").runUntil(phase);
        EventfulPorts ports = new EventfulPorts(world, event);
        new RollBack(ports, World.terms(), world).byHand(Optional.empty(), "customers complain", true);
        return ports;
    }

    @ParameterizedTest
    @EnumSource
    void a_promotion_by_hand_meets_the_hook_anywhere_and_there_is_one_end(Moment moment) {
        for (int call = 1; call <= calls(); call++) {
            Run run = new Run(
                    call,
                    moment,
                    world -> new Promote(world, World.terms(), world).byHand(Optional.empty(), "a fix waits"));
            run.play(() -> {});
            assertThat(run.answers).as(run.story()).hasSize(5).allMatch(Answer.Done.class::isInstance);
            assertThat(run.world.router.live()).as(run.story()).isEqualTo(ON_B);
            assertThat(run.pipeline.rollout().phase()).as(run.story()).isEqualTo(Phase.PROMOTED);
            assertThat(run.world.decisions()).as(run.story()).containsOnlyOnce("promote");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_sweep_meets_the_hook_anywhere_and_changes_nothing(Moment moment) {
        for (int call = 1; call <= calls(); call++) {
            Run run = new Run(call, moment, world -> new Sweep(world, World.terms(), world).tick());
            run.play(() -> {});
            assertThat(run.answers).as(run.story()).hasSize(5).allMatch(Answer.Done.class::isInstance);
            assertThat(run.world.router.live()).as(run.story()).isEqualTo(ON_B);
            assertThat(run.world.router.writes()).as(run.story()).containsExactly(ON_B);
        }
    }

    /** The hook hung for so long at one call that Sweep took it for dead. */
    @ParameterizedTest
    @EnumSource
    void a_sweep_that_takes_the_hook_for_dead_meets_it_anywhere_under_traffic(Moment moment) {
        for (int call = 1; call <= calls(); call++) {
            Run run = new Run(call, moment, world -> {
                world.after(Pipeline.INTERVAL.multipliedBy(6));
                return new Sweep(world, World.terms(), world).tick();
            });
            run.play(() -> {});
            assertThat(run.answers).as(run.story()).hasSize(5).allMatch(Answer.Done.class::isInstance);
            assertThat(run.world.router.live()).as(run.story()).isEqualTo(ON_B);
            assertThat(run.pipeline.rollout().phase()).as(run.story()).isEqualTo(Phase.PROMOTED);
        }
    }

    /** Of the fences this is the one that neither needs the store nor the caller's memory. */
    @ParameterizedTest
    @EnumSource
    void what_somebody_writes_to_the_rule_stops_the_shift_until_its_write_is_on_its_way(Moment moment) {
        Routing half = new Routing.Weighted(new Weights(50, 50));
        Consumer<World> edit = world -> world.router.become(half);
        Consumer<World> mark = world -> world.router.tag(world.router.tags().nowTakenBack(Cause.BY_HAND));
        for (Consumer<World> hand : List.of(edit, mark)) {
            int met = 0;
            for (int call = 1; call <= PATIENCE; call++) {
                World world = World.serving();
                new Pipeline(world, "one").runUntil(Phase.SHIFTING);
                EventfulPorts ports = new EventfulPorts(world, new Event(call, moment, () -> hand.accept(world)));
                new Pipeline(ports, world, World.terms(), "one").call(Phase.SHIFTING);
                if (ports.happened().isEmpty()) {
                    break;
                }
                met++;
                int shift = ports.log().indexOf("TrafficRouter.shift") + 1;
                boolean tooLate = shift > 0 && (moment == Moment.BEFORE ? call >= shift : call >= shift - 1);
                assertThat(world.router.writes().contains(ON_B))
                        .as("%s %d of %s", moment, call, ports.log())
                        .isEqualTo(tooLate);
            }
            assertThat(met).isGreaterThan(12);
        }
    }

    @Test
    void a_verdict_meets_a_promotion_by_hand_and_users_end_where_the_record_says() {
        for (int call = 1; call < 40; call++) {
            World world = World.serving();
            Pipeline pipeline = new Pipeline(world, "one");
            pipeline.runUntil(Phase.VERIFYING);
            EventfulPorts ports = new EventfulPorts(world, new Event(call, Moment.BEFORE, () -> {
                world.alarm(AlarmState.OK);
                new Promote(world, World.terms(), world).byHand(Optional.empty(), "a fix waits");
            }));
            world.alarm(AlarmState.FIRING);
            Pipeline failing = new Pipeline(ports, world, World.terms(), "one");
            failing.call(Phase.VERIFYING);
            Routing expected = pipeline.rollout().phase() == Phase.ROLLED_BACK ? ON_A : ON_B;
            assertThat(world.router.live())
                    .as("call %d, %s", call, world.decisions())
                    .isEqualTo(expected);
        }
    }
}
