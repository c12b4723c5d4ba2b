package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.simulate.Scene.Hand;
import dev.greenlight.cli.simulate.Scene.Merge;
import dev.greenlight.cli.simulate.Scene.ReleaseQuarantine;
import dev.greenlight.cli.simulate.Scene.Resize;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.rollout.Installation;
import dev.greenlight.domain.rollout.Restoration;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.Fleets;
import dev.greenlight.port.Installer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lives of the back office, which is released in place: what the simulator found in them, and what it would find. */
class InPlaceLivesTest {

    private static final Service OFFICE = Examples.service("in-place");

    private static final Simulation DEPLOYED = new Simulation(OFFICE);

    private static final int MOST = 60;

    private static void holds(Life life) {
        assertThat(DEPLOYED.play(life).broken()).isEmpty();
    }

    /** The check took the only fleet that there is for one that nobody uses: a hand had sent its users away. */
    @Test
    void a_fleet_whose_users_a_hand_has_sent_away_is_still_the_one_that_serves() {
        holds(new Life(
                "seed 1021",
                Setting.plain(Map.of()).withInstances(1),
                List.of(
                        new Merge(Duration.ZERO, Quality.NEVER_HEALTHY),
                        new Hand(Duration.ofMinutes(19), 0, true, Duration.ofSeconds(298))),
                List.of()));
    }

    /** The check asked why users had met it, of its first rollout, in which they had not: they met it in the second one, in place. */
    @Test
    void what_was_rejected_as_a_first_release_may_meet_users_in_place() {
        holds(new Life(
                "seed 1063",
                Setting.plain(Map.of()).withInstances(0),
                List.of(
                        new Merge(Duration.ZERO, Quality.FAILS_SMOKE),
                        new Merge(Duration.ofMinutes(26), Quality.GOOD),
                        new ReleaseQuarantine(Duration.ofMinutes(34))),
                List.of()));
    }

    /** The check had the release put to sleep a fleet that it never touched: a hand and a person had woken it, weeks before. */
    @Test
    void a_fleet_that_somebody_woke_before_the_release_is_none_of_its_doing() {
        holds(new Life(
                "seed 2011",
                Setting.plain(Map.of()).withInstances(1),
                List.of(
                        new Hand(Duration.ofMinutes(35), 0, false, Duration.ofSeconds(194)),
                        new Resize(Duration.ofMinutes(37), -1),
                        new Merge(Duration.ofMinutes(39), Quality.GOOD)),
                List.of()));
    }

    /** It was held against the downtime of the release before it, and looked no worse than that. */
    @Test
    void a_release_that_fails_some_requests_is_not_promoted_because_another_one_failed_all() {
        holds(new Life(
                "seed 2140",
                Setting.plain(Map.of()).withInstances(1).withPerInstance(28),
                List.of(
                        new Merge(Duration.ZERO, Quality.NEVER_HEALTHY),
                        new Merge(Duration.ofMinutes(21), Quality.FAILS_UNDER_TRAFFIC)),
                List.of()));
    }

    /** One Sweep had read that the old revision is on its way back, another one settled all of that, and the first one pinned the fleet. */
    @Test
    void what_a_slow_sweep_pins_after_the_way_back_is_released_once_more() {
        holds(new Life(
                "seed 3290",
                Setting.plain(Map.of()).withInstances(1),
                List.of(
                        new Merge(Duration.ofSeconds(41), Quality.FAILS_SMOKE),
                        new Merge(Duration.ofMinutes(10), Quality.SLOW_ANSWERS)),
                List.of(new Mishap.Between(168, Mishap.Comer.SWEEP))));
    }

    /** @param lives in which it has to be seen */
    private record Breaking(Mutant mutant, IntFunction<Life> lives) {
        @Override
        public String toString() {
            return mutant.toString();
        }
    }

    static Stream<Breaking> mutants() {
        return Stream.concat(
                drawn().map(mutant -> new Breaking(mutant, n -> Draw.life(OFFICE, n))),
                Stream.of(new Breaking(
                        installing(
                                4,
                                "what was there before is taken for back when its deployment has failed",
                                "should serve",
                                Credulous::new),
                        InPlaceLivesTest::silenced)));
    }

    /** A bad release, and agents that are silent from each quarter of a minute on. */
    private static Life silenced(int n) {
        return new Life(
                "life " + n,
                Setting.plain(Map.of()).withInstances(1),
                List.of(new Merge(Duration.ZERO, Quality.FAILS_SMOKE)),
                List.of(new Mishap.SilentAgents(Duration.ofSeconds(90 + 15L * n), Duration.ofMinutes(8))));
    }

    private static Stream<Mutant> drawn() {
        return Stream.of(
                installing(4, "what was there before never comes back", "not settled", NeverRestores::new),
                Mutant.living(2, "a fleet with users on it is installed on without being pinned", "not pinned", s -> {
                    Map<FleetName, Integer> wished = new EnumMap<>(FleetName.class);
                    return wired -> new Altered(wired) {
                        @Override
                        public Fleets fleets() {
                            return new Unpinned(super.fleets(), wished);
                        }
                    };
                }),
                CallMutants.deafToPeople(3, "a person asked for a rollback and the rollout is not taken back"));
    }

    private static Mutant installing(int rule, String what, String seen, UnaryOperator<Installer> other) {
        return Mutant.of(rule, what, seen, wired -> new Altered(wired) {
            @Override
            public Installer installer() {
                return other.apply(super.installer());
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void a_mutant_is_caught(Breaking breaking) {
        Mutant mutant = breaking.mutant();
        Simulation mutated = new Simulation(OFFICE, mutant.code());
        int taken = IntStream.rangeClosed(1, MOST)
                .filter(n -> mutant.caught(mutated.play(breaking.lives().apply(n))))
                .findFirst()
                .orElseThrow(() -> new AssertionError("%s: not caught in %d lives".formatted(mutant, MOST)));

        System.out.printf("| %d | %s | %d of at most %d |%n", mutant.rule(), mutant.what(), taken, MOST);
        holds(breaking.lives().apply(taken));
    }

    private static final class NeverRestores extends AlteredInstaller {
        NeverRestores(Installer deployed) {
            super(deployed);
        }

        @Override
        public Started restore(
                FleetName fleet, RevisionLocation former, RolloutId rollout, Restoration due, Instant since) {
            return new Started.Busy("always");
        }
    }

    private static final class Credulous extends AlteredInstaller {
        Credulous(Installer deployed) {
            super(deployed);
        }

        @Override
        public Installation followRestoring(FleetName fleet, String deployment, List<String> inService) {
            return new Installation.Succeeded(Set.copyOf(inService));
        }
    }

    /** Says of a fleet that it has the minimum that it was to get, and gives it none. */
    private static final class Unpinned extends PretendedPins {

        Unpinned(Fleets deployed, Map<FleetName, Integer> wished) {
            super(deployed, wished);
        }

        @Override
        public void apply(FleetName fleet, ScalingPlan plan, Scaling now) {
            pretend(fleet, plan.minimum());
            super.apply(fleet, new ScalingPlan(0, plan.desired(), plan.maximum(), plan.suspended()), now);
        }
    }
}
