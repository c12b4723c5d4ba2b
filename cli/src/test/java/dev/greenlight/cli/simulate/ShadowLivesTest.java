package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.Wiring;
import dev.greenlight.domain.check.Probe;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.ShadowRoute;
import dev.greenlight.port.ShadowRule;
import dev.greenlight.port.SmokeProbe;
import dev.greenlight.port.TrafficRouter;
import dev.greenlight.sandbox.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lives of the catalog, whose releases are watched on copies of requests: what the simulator would find in them. */
class ShadowLivesTest {

    private static final Service CATALOG = Examples.service("shadow");

    private static final Simulation DEPLOYED = new Simulation(CATALOG);

    private static final int MOST = 60;

    static Stream<Mutant> mutants() {
        return Stream.of(
                copying(
                        7,
                        "copies never end",
                        "copies of users' requests",
                        (wired, closed) -> new Endless(wired.shadow())),
                Mutant.of(1, "green's answers are not held against blue's", "users' requests met", Unread::new),
                copying(
                        1,
                        "users come while copies do",
                        "still gets copies",
                        (wired, closed) -> new Blind(wired.shadow(), closed)),
                copying(
                        5,
                        "users are sent to green, not copies of their requests",
                        "traffic moved by rollout",
                        (wired, closed) -> new OnUsers(wired.shadow(), wired.router())));
    }

    private static Mutant copying(
            int rule, String what, String seen, BiFunction<Wiring, AtomicBoolean, ShadowRule> other) {
        return Mutant.living(rule, what, seen, sandbox -> {
            AtomicBoolean closed = new AtomicBoolean(true);
            return wired -> new Altered(wired) {
                @Override
                public ShadowRule shadow() {
                    return other.apply(wired, closed);
                }
            };
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void a_mutant_is_caught(Mutant mutant) {
        Simulation mutated = new Simulation(CATALOG, mutant.code());
        int taken = IntStream.rangeClosed(1, MOST)
                .filter(n -> mutant.caught(mutated.play(Draw.life(CATALOG, n))))
                .findFirst()
                .orElseThrow(() -> new AssertionError("%s: not caught in %d lives".formatted(mutant, MOST)));

        System.out.printf("| %d | %s | %d of at most %d |%n", mutant.rule(), mutant.what(), taken, MOST);
        assertThat(DEPLOYED.play(Draw.life(CATALOG, taken)).broken()).isEmpty();
    }

    /** Copies are a tenth of users' requests, and lives had too few of them for the checks (seed 96403552). */
    @Test
    void when_most_users_leave_there_are_copies_enough() {
        Setting lonely = Setting.plain(Map.of()).withInstances(1).withPerInstance(1);
        Life life = new Life(
                "seed 96403552",
                CATALOG.visited(lonely),
                List.of(new Scene.Merge(Duration.ZERO, Quality.GOOD), new Scene.Crowd(Duration.ofMinutes(11), 34)),
                List.of());
        assertThat(DEPLOYED.play(life).broken()).isEmpty();
        assertThat(DEPLOYED.play(life.with(lonely)).broken())
                .as("with fewer they would not be enough")
                .isNotEmpty();
    }

    /** One try of three told CodePipeline nothing, and two died: the check counted deaths only (seed 96402083). */
    @Test
    void a_release_that_nobody_could_answer_for_in_any_try_has_failed() {
        Life life = new Life(
                "seed 96402083",
                CATALOG.visited(Setting.plain(Map.of()).withInstances(0)),
                List.of(new Scene.Merge(Duration.ZERO, Quality.GOOD)),
                List.of(
                        new Mishap.Failure(8, 6, Mishap.Trouble.THROTTLED),
                        new Mishap.Crash(21, Fault.Moment.AFTER),
                        new Mishap.Crash(30, Fault.Moment.AFTER)));
        Played played = DEPLOYED.play(life);
        assertThat(played.end()).contains("no rollout");
        assertThat(played.broken()).isEmpty();
    }

    /** A rule for copies of which a mutant breaks one thing. */
    private static class AlteredRule implements ShadowRule {
        private final ShadowRule deployed;

        AlteredRule(ShadowRule deployed) {
            this.deployed = deployed;
        }

        @Override
        public ShadowRoute route() {
            return deployed.route();
        }

        @Override
        public void open(FleetName fleet) {
            deployed.open(fleet);
        }

        @Override
        public void close() {
            deployed.close();
        }
    }

    /** Nobody's answer says anything. */
    private static final class Unread extends Altered {
        Unread(Wiring deployed) {
            super(deployed);
        }

        @Override
        public SmokeProbe probe() {
            SmokeProbe deployed = super.probe();
            return (fleet, test) -> deployed.ask(fleet, test) instanceof Probe.Answered answered
                    ? new Probe.Answered(answered.status(), answered.headers(), "", answered.took())
                    : new Probe.NoAnswer("none");
        }
    }

    private static final class Endless extends AlteredRule {
        Endless(ShadowRule deployed) {
            super(deployed);
        }

        @Override
        public void close() {
            // It says that it did.
        }
    }

    /** Takes the rule for closed once it has closed it, and never closes it. */
    private static final class Blind extends AlteredRule {
        private final AtomicBoolean closed;

        Blind(ShadowRule deployed, AtomicBoolean closed) {
            super(deployed);
            this.closed = closed;
        }

        @Override
        public ShadowRoute route() {
            return closed.get() ? new ShadowRoute.Closed() : super.route();
        }

        @Override
        public void open(FleetName fleet) {
            closed.set(false);
            super.open(fleet);
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    private static final class OnUsers extends AlteredRule {
        private final TrafficRouter router;

        OnUsers(ShadowRule deployed, TrafficRouter router) {
            super(deployed);
            this.router = router;
        }

        @Override
        public void open(FleetName fleet) {
            router.shift(Routing.full(fleet));
        }
    }
}
