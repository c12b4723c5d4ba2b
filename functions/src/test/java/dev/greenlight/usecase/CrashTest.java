package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.traffic.Routing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The function dies at each call to the world in turn, once before the call arrives and once after it did. The pipeline calls
 * again, Sweep comes by, and the rollout ends as it would have ended: rule 4 of docs/rules.md.
 */
class CrashTest {

    private static final List<Phase> ACTIONS =
            List.of(Phase.PREPARING, Phase.INSTALLING, Phase.VALIDATING, Phase.SHIFTING, Phase.VERIFYING);

    private static final LaunchSource.Template NEWEST = new LaunchSource.Template("lt-b", "2");

    /** What happens in each of the runs, and how it has to end. */
    private enum Story {
        GOOD,
        REJECTED,
        REGRESSED,
        BY_HAND,
        RETIRED
    }

    @ParameterizedTest
    @EnumSource
    void dying_at_any_call_delays_a_rollout_and_changes_nothing_else(Story story) {
        int calls = play(story, EventfulPorts.Event.NONE).calls();
        assertThat(calls).isGreaterThan(20);

        for (EventfulPorts.Moment moment : EventfulPorts.Moment.values()) {
            for (int call = 1; call <= calls; call++) {
                EventfulPorts ports = play(story, EventfulPorts.Event.death(call, moment));
                assertThat(ports.happened()).as("%s call %d", moment, call).isPresent();
            }
        }
    }

    @Test
    void the_deaths_hit_every_port() {
        List<String> called = play(Story.RETIRED, EventfulPorts.Event.NONE).log();

        assertThat(called)
                .contains(
                        "TrafficRouter.shift",
                        "TrafficRouter.tag",
                        "RolloutStore.begin",
                        "RolloutStore.commit",
                        "Fleets.launchFrom",
                        "Fleets.apply",
                        "Installer.start",
                        "Appointments.retireBlue",
                        "Appointments.cancel");
    }

    /** A quarantine without its record let a later call end the rollout for another reason, or promote it, and its revision stayed out. */
    @ParameterizedTest
    @EnumSource
    void whoever_dies_while_he_takes_a_rollout_back_has_told_the_store_all_of_it_or_nothing(
            EventfulPorts.Moment moment) {
        int calls = takenBack(World.serving(), EventfulPorts.Event.NONE).calls();
        assertThat(calls).isGreaterThan(6);
        for (int call = 1; call <= calls; call++) {
            World world = World.serving();
            EventfulPorts ports = takenBack(world, EventfulPorts.Event.death(call, moment));
            Rollout rollout = world.store.rollout(new RolloutId("one")).orElseThrow();
            assertThat(world.store.quarantine(rollout.revision().digest()).isPresent())
                    .as("%s %s", moment, ports.happened())
                    .isEqualTo(rollout.wasBlamed())
                    .isEqualTo(!rollout.isOpen());
        }
    }

    private static EventfulPorts takenBack(World world, EventfulPorts.Event death) {
        new Pipeline(world, "one").runUntil(Phase.VALIDATING);
        EventfulPorts ports = new EventfulPorts(world, death);
        try {
            new RollBack(ports, World.terms(), world).byHand(Optional.empty(), "stop", true);
        } catch (EventfulPorts.Died died) {
            // What it has told by then is looked at.
        }
        return ports;
    }

    private static EventfulPorts play(Story story, EventfulPorts.Event death) {
        World world = World.serving();
        world.fleets.launchesFrom(FleetName.A, new LaunchSource.Template("lt-a", "1"));
        world.fleets.launchesFrom(FleetName.B, new LaunchSource.Template("lt-b", "1"));
        world.fleets.revise(NEWEST);
        EventfulPorts ports = new EventfulPorts(world, death);
        Pipeline pipeline = new Pipeline(ports, world, World.terms(), "one");
        if (story == Story.REJECTED) {
            world.smokeAnswers(500);
        }
        for (Phase action : ACTIONS) {
            if (story == Story.REGRESSED && action == Phase.VERIFYING) {
                world.alarm(AlarmState.FIRING);
            }
            if (!(through(pipeline, action, world) instanceof Answer.Done)) {
                break;
            }
        }
        if (story == Story.BY_HAND) {
            world.after(Duration.ofHours(2));
            survive(() -> new RollBack(ports, World.terms(), world).byHand(Optional.empty(), "stop", true));
        }
        if (story == Story.RETIRED) {
            world.after(Situation.PACE.blueLifetime());
            survive(() -> new RetireBlue(ports, World.terms(), world).timeUp(pipeline.id()));
        }
        world.after(Situation.DRAIN);
        for (int i = 0; i < 4; i++) {
            survive(() -> new Sweep(ports, World.terms(), world).tick());
        }
        assertEndsAsItShould(story, world, pipeline, "%s, %s: %s".formatted(story, death, ports.happened()));
        return ports;
    }

    /** The pipeline's own retries: a function that died is called again a little later. */
    private static Answer through(Pipeline pipeline, Phase action, World world) {
        return survive(() -> pipeline.through(action), world);
    }

    private static Answer survive(java.util.function.Supplier<Answer> hook, World world) {
        try {
            return hook.get();
        } catch (EventfulPorts.Died died) {
            world.after(Pipeline.INTERVAL);
            return hook.get();
        }
    }

    private static void survive(java.util.function.Supplier<Answer> hook) {
        try {
            hook.get();
        } catch (EventfulPorts.Died died) {
            hook.get();
        }
    }

    private static void assertEndsAsItShould(Story story, World world, Pipeline pipeline, String when) {
        boolean promoted = story == Story.GOOD || story == Story.RETIRED;
        Phase end = story == Story.GOOD ? Phase.PROMOTED : promoted ? Phase.RETIRED : Phase.ROLLED_BACK;
        assertThat(pipeline.rollout().phase()).as(when).isEqualTo(end);
        assertThat(world.router.live()).as(when).isEqualTo(Routing.full(promoted ? FleetName.B : FleetName.A));
        assertThat(world.store.ledger().holder()).as(when).isEmpty();
        assertThat(world.deploymentsStarted()).as(when).isOne();
        // Whatever died, every instance of green was launched from the newest version.
        assertThat(world.fleets.origins(FleetName.B))
                .as(when)
                .allMatch(NEWEST::equals)
                .hasSize(promoted ? 4 : 0);
        assertThat(world.fleets.launched(FleetName.B)).as(when).isNotEmpty().allMatch(NEWEST::equals);
        assertThat(world.store.quarantine(pipeline.revision().digest()).isPresent())
                .as(when)
                .isEqualTo(!promoted);
        assertThat(world.fleets.scaling(promoted ? FleetName.B : FleetName.A))
                .as(when)
                .isEqualTo(World.SERVING);
        if (story == Story.GOOD) {
            assertThat(world.fleets.running(FleetName.A)).as(when).isEqualTo(4);
        } else {
            assertThat(world.fleets.scaling(promoted ? FleetName.A : FleetName.B))
                    .as(when)
                    .isEqualTo(World.ASLEEP);
            assertThat(world.appointments).as(when).isEmpty();
            assertThat(pipeline.rollout().settled()).as(when).isTrue();
        }
        if (story == Story.REJECTED) {
            assertThat(world.router.writes()).as(when).isEmpty();
        }
    }
}
