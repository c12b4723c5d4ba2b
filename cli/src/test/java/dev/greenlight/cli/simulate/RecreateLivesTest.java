package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.simulate.Scene.Hand;
import dev.greenlight.cli.simulate.Scene.Merge;
import dev.greenlight.cli.simulate.Scene.Resize;
import dev.greenlight.domain.check.Probe;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Route;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.Fleets;
import dev.greenlight.port.SmokeProbe;
import dev.greenlight.port.TrafficRouter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lives of the ledger, of whose fleets only one may run at a time: what the simulator found in them, and what it would find. */
class RecreateLivesTest {

    private static final Service LEDGER = Examples.service("recreate");

    private static final Simulation DEPLOYED = new Simulation(LEDGER);

    private static final int MOST = 60;

    private static void holds(Life life) {
        assertThat(DEPLOYED.play(life).broken()).isEmpty();
    }

    /** The rule was closed and read too late to show that; users were shut out for half a minute before the record said so. */
    @Test
    void whoever_reads_the_rule_late_shuts_nobody_out_without_a_record_of_it() {
        holds(new Life(
                "seed 1118",
                Setting.plain(Map.of()).withInstances(1).withPerInstance(37),
                List.of(new Merge(Duration.ZERO, Quality.FAILS_UNDER_TRAFFIC)),
                List.of(new Mishap.StaleReads("DescribeRules", Duration.ofSeconds(9)))));
    }

    /** The check held a blue that somebody woke, and that was put to sleep again, for one that is still needed. */
    @Test
    void a_fleet_that_somebody_woke_meanwhile_may_be_put_to_sleep() {
        holds(new Life(
                "seed 1038",
                Setting.plain(Map.of()).withInstances(1),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Hand(Duration.ofMinutes(9), 10, true, Duration.ofSeconds(386)),
                        new Resize(Duration.ofMinutes(11), -1)),
                List.of()));
    }

    /** A person's call found users shut out and blue still whole, and AWS was silent: Sweep let them in; the check asked for it at once. */
    @Test
    void who_takes_it_back_while_users_are_shut_out_may_leave_letting_them_in_to_sweep() {
        holds(Draw.life(LEDGER, 95_000_702));
    }

    static Stream<Mutant> mutants() {
        return Stream.of(
                Mutant.of(
                        2,
                        "green is started before blue is gone",
                        "is started while the other one runs",
                        wired -> new Altered(wired) {
                            @Override
                            public Fleets fleets() {
                                return new Hasty(super.fleets());
                            }
                        }),
                Mutant.living(
                        2, "blue is emptied without users being shut out", "shrunk while requests reach it", s -> {
                            AtomicBoolean pretends = new AtomicBoolean();
                            return wired -> new Altered(wired) {
                                @Override
                                public TrafficRouter router() {
                                    return new PretendsToClose(super.router(), pretends);
                                }
                            };
                        }),
                Mutant.of(
                        1,
                        "users are let in although green fails its smoke tests",
                        "was promoted|requests met",
                        wired -> new Altered(wired) {
                            @Override
                            public SmokeProbe probe() {
                                return (fleet, test) ->
                                        new Probe.Answered(test.status(), Map.of(), "ok", Duration.ofMillis(1));
                            }
                        }),
                Mutant.of(
                        4,
                        "what was there before is never let in again",
                        "is ROLLED_BACK|not settled|neither here nor there",
                        wired -> new Altered(wired) {
                            @Override
                            public TrafficRouter router() {
                                return new KeepsOut(super.router());
                            }
                        }),
                CallMutants.deafToPeople(3, "a person asked for a rollback and the rollout is not taken back"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void a_mutant_is_caught(Mutant mutant) {
        Simulation mutated = new Simulation(LEDGER, mutant.code());
        int taken = IntStream.rangeClosed(1, MOST)
                .filter(n -> mutant.caught(mutated.play(Draw.life(LEDGER, n))))
                .findFirst()
                .orElseThrow(() -> new AssertionError("%s: not caught in %d lives".formatted(mutant, MOST)));

        System.out.printf("| %d | %s | %d of at most %d |%n", mutant.rule(), mutant.what(), taken, MOST);
        holds(Draw.life(LEDGER, taken));
    }

    /** Takes a fleet that is to have none for one without instances. */
    private static final class Hasty extends AlteredFleets {

        Hasty(Fleets deployed) {
            super(deployed);
        }

        @Override
        public Map<FleetName, Group> groups() {
            Map<FleetName, Group> seen = new EnumMap<>(super.groups());
            seen.replaceAll((fleet, group) ->
                    group.scaling().desired() > 0 ? group : new Group(group.scaling(), group.source(), List.of()));
            return seen;
        }
    }

    /** Says that the rule is closed, and has not closed it. */
    private static final class PretendsToClose extends AlteredRouter {

        private final AtomicBoolean pretends;

        PretendsToClose(TrafficRouter deployed, AtomicBoolean pretends) {
            super(deployed);
            this.pretends = pretends;
        }

        @Override
        public void shift(Routing to) {
            pretends.set(to instanceof Routing.Closed);
            if (!pretends.get()) {
                super.shift(to);
            }
        }

        @Override
        public Route route() {
            Route live = super.route();
            return pretends.get() ? new Route(new Routing.Closed(), live.tags()) : live;
        }
    }

    /** Never opens a rule for what was there before. */
    private static final class KeepsOut extends AlteredRouter {

        KeepsOut(TrafficRouter deployed) {
            super(deployed);
        }

        @Override
        public void write(Routing to) {
            if (to instanceof Routing.Closed) {
                super.write(to);
            }
        }
    }
}
