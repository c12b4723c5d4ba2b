package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.adapter.Once;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.TrafficRouter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

    private static void holds(Life life) {
        assertThat(DEPLOYED.play(life).broken()).as(life.name()).isEmpty();
    }

    /** Its job had failed, for a test was on; the same job, delivered again after that test's end, began it, and the stage's end took it back. */
    @Test
    void a_release_that_was_refused_while_a_test_was_on_and_is_delivered_again_may_be_taken_back() {
        holds(new Life(
                "seed 20089",
                Setting.plain(Map.of()).withInstances(1).withPerInstance(24),
                List.of(
                        new Scene.Merge(Duration.ZERO, Quality.GOOD),
                        new Scene.Merge(Duration.ofMinutes(80), Quality.GOOD),
                        new Scene.Merge(Duration.ofMinutes(127), Quality.GOOD)),
                List.of(
                        new Mishap.Between(371, Mishap.Comer.A_ROLLBACK),
                        new Mishap.Delivery(
                                Mishap.Carrier.INVOCATIONS, Mishap.Disorder.TWICE, Duration.ofSeconds(200)))));
    }

    /** The hand that came to the audience's rule left there what another hand had just written to production's. */
    @Test
    void a_hand_leaves_to_the_audience_what_lasts_and_not_what_another_hand_is_about_to_give_back() {
        holds(new Life(
                "seed 20249",
                Setting.plain(Map.of()).withInstances(1).withPerInstance(22),
                List.of(
                        new AudienceHand(Duration.ofMinutes(42), 50, Duration.ofSeconds(243)),
                        new Scene.Hand(Duration.ofMinutes(44), 10, false, Duration.ofSeconds(289))),
                List.of()));
    }

    /** It was on production all at once, which looked as if it were to last (seed 98506468 of a-b.yaml). */
    @Test
    void nor_where_that_hand_had_sent_everybody() {
        holds(new Life(
                "seed 98506468",
                Setting.plain(Map.of()).withInstances(1).withPerInstance(32),
                List.of(
                        new Scene.Hand(Duration.ofMinutes(79), 0, true, Duration.ofSeconds(209)),
                        new AudienceHand(Duration.ofMinutes(81), 50, Duration.ofSeconds(53))),
                List.of()));
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
