package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Event;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import dev.greenlight.usecase.EventfulPorts.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A hook's call that finds, as it stores the record, that somebody else has written it meanwhile: it stops there, and says the
 * truth to the pipeline (rules 4 and 5). Where the record's writes are is not counted here, but seen in a run without an event.
 */
class OvertakenCallTest {

    private static final String COMMIT = "RolloutStore.commit";
    private static final int NEVER = Integer.MAX_VALUE;

    /** One call of that phase's hook, to which something happens right before its nth write of the record. */
    private static final class Met {

        final World world = World.serving();
        final EventfulPorts ports;
        final Answer answer;

        Met(Phase phase, int call, Consumer<World> what) {
            this(phase, call, what, world -> {});
        }

        Met(Phase phase, int call, Consumer<World> what, Consumer<World> before) {
            ready(world, phase);
            before.accept(world);
            ports = new EventfulPorts(world, new EventfulPorts.Event(call, Moment.BEFORE, () -> what.accept(world)));
            answer = new Pipeline(ports, world, World.terms(), "one").call(phase);
        }

        /** What this call asked of AWS after it was overtaken. */
        List<String> afterwards(int call) {
            return ports.log().subList(call, ports.calls());
        }

        Pipeline pipeline() {
            return new Pipeline(world, "one");
        }
    }

    /** The world of which that phase's next call has all of its work to do. */
    private static void ready(World world, Phase phase) {
        Pipeline pipeline = new Pipeline(world, "one");
        pipeline.runUntil(phase);
        if (phase == Phase.VERIFYING) {
            world.after(Situation.PACE.bake());
        }
        if (phase == Phase.VALIDATING) {
            pipeline.call(phase);
            world.after(Pipeline.INTERVAL);
            pipeline.call(phase);
            world.after(Pipeline.INTERVAL);
        }
    }

    /** At which of the call's calls it stores the record, but for what follows a promotion. */
    private static List<Integer> writes(Phase phase) {
        List<String> log = new Met(phase, NEVER, world -> {}).ports.log();
        List<Integer> writes = new ArrayList<>();
        for (int i = 0; i < log.size() && !log.get(i).startsWith("Appointments"); i++) {
            if (log.get(i).equals(COMMIT)) {
                writes.add(i + 1);
            }
        }
        return writes;
    }

    private static void beat(World world) {
        world.store
                .rollout(new Pipeline(world, "one").id())
                .ifPresent(rollout -> world.store.commit(rollout.beat(world.instant())));
    }

    private static void rollBack(World world) {
        new RollBack(world, World.terms(), world).byHand(Optional.empty(), "customers complain", true);
    }

    @ParameterizedTest
    @EnumSource(names = {"INSTALLING", "VALIDATING", "SHIFTING", "VERIFYING"})
    void by_another_call_of_the_same_hook_waits_and_leaves_the_work_to_it(Phase phase) {
        assertThat(writes(phase)).hasSizeGreaterThan(1);
        for (int write : writes(phase)) {
            Met met = new Met(phase, write, OvertakenCallTest::beat);

            assertThat(met.answer).as("%s, write %d", phase, write).isInstanceOf(Answer.InProgress.class);
            assertThat(met.answer.message()).isEqualTo("another call is at work on this rollout");
            assertThat(met.afterwards(write)).doesNotContain("Fleets.groups", "TrafficRouter.shift", "Installer.start");
            assertThat(met.pipeline().rollout().isOpen()).isTrue();
            assertThat(met.pipeline().release()).isInstanceOf(Answer.Done.class);
            assertThat(met.world.router.live()).isEqualTo(Routing.full(FleetName.B));
            assertThat(met.world.deploymentsRunning()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"INSTALLING", "VALIDATING", "SHIFTING", "VERIFYING"})
    void by_a_person_who_took_it_back_ends_its_job_with_the_persons_words(Phase phase) {
        for (int write : writes(phase)) {
            Met met = new Met(phase, write, OvertakenCallTest::rollBack);

            assertThat(met.answer).as("%s, write %d", phase, write).isInstanceOf(Answer.Failed.class);
            assertThat(met.answer.message()).contains("customers complain");
            assertThat(met.afterwards(write)).doesNotContain("Fleets.groups", "TrafficRouter.shift", "Installer.start");
            assertThat(met.world.router.live()).isEqualTo(Routing.full(FleetName.A));
            // Nobody else knows of the deployment that this call began, and the next rollout would wait behind it.
            assertThat(met.world.deploymentsRunning()).isZero();
        }
    }

    /** Both take it back: the person was first, and what the hook finds closed it closes no second time. */
    @Test
    void as_it_takes_the_rollout_back_itself_tells_the_persons_words() {
        Consumer<World> bad = world -> world.smokeAnswers(500);
        Met rejecting = new Met(
                Phase.VALIDATING,
                first("RolloutStore.ledger", Phase.VALIDATING, bad),
                OvertakenCallTest::rollBack,
                bad);
        assertThat(rejecting.answer).isInstanceOf(Answer.Failed.class);
        assertThat(rejecting.answer.message()).contains("customers complain");
        assertThat(rejecting.pipeline().rollout().ending().orElseThrow().trafficMoved())
                .isFalse();

        Consumer<World> firing = world -> world.alarm(AlarmState.FIRING);
        Met backing = new Met(
                Phase.VERIFYING,
                first("TrafficRouter.tag", Phase.VERIFYING, firing),
                OvertakenCallTest::rollBack,
                firing);
        assertThat(backing.answer).isInstanceOf(Answer.Failed.class);
        assertThat(backing.answer.message()).contains("customers complain");
        assertThat(backing.pipeline().rollout().progress().steps()).isOne();
        assertThat(backing.pipeline().rollout().history())
                .extracting(Event::what)
                .containsOnlyOnce("rolled back")
                .containsOnlyOnce("met users");
    }

    private static int first(String call, Phase phase, Consumer<World> before) {
        int index = new Met(phase, NEVER, world -> {}, before).ports.log().indexOf(call);
        assertThat(index).isNotNegative();
        return index + 1;
    }

    /** A hand gave users to green: the note of it is a write like the others. */
    @Test
    void as_it_notes_users_who_are_where_none_are_to_be_waits_as_well() {
        World quiet = World.serving();
        EventfulPorts ports = new EventfulPorts(quiet, EventfulPorts.Event.NONE);
        straying(quiet, ports);
        int note = ports.log().lastIndexOf(COMMIT) + 1;
        World world = World.serving();

        Answer answer = straying(
                world, new EventfulPorts(world, new EventfulPorts.Event(note, Moment.BEFORE, () -> beat(world))));

        assertThat(answer.message()).isEqualTo("another call is at work on this rollout");
        assertThat(world.decisions()).doesNotContain("stray");
    }

    private static Answer straying(World world, EventfulPorts ports) {
        new Pipeline(world, "one").runUntil(Phase.VALIDATING);
        world.router.become(new Routing.Weighted(new Weights(90, 10)));
        return new Pipeline(ports, world, World.terms(), "one").call(Phase.VALIDATING);
    }
}
