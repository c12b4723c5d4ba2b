package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.adapter.Once;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.TrafficRouter;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lives of the loyalty points, which some of the app's users try first: what the simulator would find in them. */
class AudienceLivesTest {

    private static final Service LOYALTY = Examples.service("a-b");

    private static final Simulation DEPLOYED = new Simulation(LOYALTY);

    private static final int MOST = 60;

    static Stream<Mutant> mutants() {
        return Stream.of(
                moving(3, "a rollback leaves the audience behind", "users are not all on blue", Behind::new),
                moving(
                        3,
                        "everybody comes to green before the audience",
                        "everybody comes to green before its audience",
                        ProductionFirst::new),
                moving(
                        1,
                        "a test is begun for everybody",
                        "the next share came",
                        (deployed, rule) -> new ForAll(deployed)));
    }

    private static Mutant moving(
            int rule, String what, String seen, BiFunction<TrafficRouter, ProductionRule, TrafficRouter> other) {
        return Mutant.living(
                rule,
                what,
                seen,
                sandbox -> wired -> new Altered(wired) {
                    private final Supplier<TrafficRouter> router =
                            Once.of(() -> other.apply(super.router(), new ProductionRule(sandbox)));

                    @Override
                    public TrafficRouter router() {
                        return router.get();
                    }
                });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void a_mutant_is_caught(Mutant mutant) {
        Simulation mutated = new Simulation(LOYALTY, mutant.code());
        int taken = IntStream.rangeClosed(1, MOST)
                .filter(n -> mutant.caught(mutated.play(Draw.life(LOYALTY, n))))
                .findFirst()
                .orElseThrow(() -> new AssertionError("%s: not caught in %d lives".formatted(mutant, MOST)));

        System.out.printf("| %d | %s | %d of at most %d |%n", mutant.rule(), mutant.what(), taken, MOST);
        assertThat(DEPLOYED.play(Draw.life(LOYALTY, taken)).broken()).isEmpty();
    }

    /** Writes one of the two rules alone. */
    private abstract static class One extends AlteredRouter {
        private final ProductionRule production;

        One(TrafficRouter deployed, ProductionRule production) {
            super(deployed);
            this.production = production;
        }

        final void writeProduction(Routing to) {
            Routing.Weighted weighted = (Routing.Weighted) to;
            production.handWrites(
                    weighted.weights().of(FleetName.A), weighted.weights().of(FleetName.B), false);
        }
    }

    private static final class Behind extends One {
        Behind(TrafficRouter deployed, ProductionRule production) {
            super(deployed, production);
        }

        @Override
        public void write(Routing to) {
            writeProduction(to);
        }
    }

    private static final class ProductionFirst extends One {
        ProductionFirst(TrafficRouter deployed, ProductionRule production) {
            super(deployed, production);
        }

        @Override
        public void shift(Routing to) {
            if (to instanceof Routing.Weighted) {
                writeProduction(to);
            }
            deployed.shift(to);
        }
    }

    private static final class ForAll extends AlteredRouter {
        ForAll(TrafficRouter deployed) {
            super(deployed);
        }

        @Override
        public void shift(Routing to) {
            deployed.shift(to instanceof Routing.Audience test ? Routing.full(test.green()) : to);
        }
    }
}
