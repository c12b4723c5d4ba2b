package dev.greenlight.cli.simulate;

import dev.greenlight.Wiring;
import dev.greenlight.adapter.Once;
import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.check.Measured;
import dev.greenlight.domain.check.Probe;
import dev.greenlight.domain.check.Traffic;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.rollout.Route;
import dev.greenlight.domain.strategy.Trial;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.Metrics;
import dev.greenlight.port.SmokeProbe;
import dev.greenlight.port.TrafficRouter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/** Mutants that move traffic where or when they may not: rules 1, 3, 10, and 11 of what moves it. */
final class TrafficMutants {

    /** A loop that is not the mutant's has to end, too. */
    private static final int MANY = 200;

    private TrafficMutants() {}

    static List<Mutant> all() {
        return List.of(
                routing(
                        1,
                        "targets count as healthy whatever their checks say",
                        "traffic on what cannot serve it",
                        HealthyByDefinition::new),
                Mutant.of(1, "every smoke test passes", "users' requests met", SmokeBlind::new),
                Mutant.of(1, "no metric speaks against green", "was promoted", MetricsBlind::new),
                remembering(
                        1,
                        "the weights are not read, but taken for those last written",
                        "the weights were not those of the rollout"),
                routing(
                        4,
                        "a write to the rule is not read back (what rule 1 asks for)",
                        "taken back|should serve",
                        NeverReadsBack::new),
                routing(3, "a rollback is two writes", "one write does not take it all back", TwoWrites::new),
                Mutant.living(
                        3,
                        "a rollback leaves clients stuck to green",
                        "clients stick to their fleet",
                        sandbox -> wired -> new Altered(wired) {
                            @Override
                            public TrafficRouter router() {
                                return new Sticky(super.router(), new ProductionRule(sandbox));
                            }
                        }),
                Mutant.living(
                        4,
                        "clients stick to their fleet when green has everybody",
                        "clients stick to their fleet",
                        sandbox -> wired -> new Altered(wired) {
                            @Override
                            public TrafficRouter router() {
                                return new StuckForGood(super.router(), new ProductionRule(sandbox));
                            }
                        }),
                routing(
                                3,
                                "a rollback does not ask whether blue can serve",
                                "taken back to a worse fleet",
                                HealthyByDefinition::new)
                        .in(Lives.DEAD_BLUE),
                remembering(10, "a hand's weights are not seen", "weights that a hand had written"),
                routing(11, "the rule is read until it shows what was written", "calls to AWS", ReadsUntilSeen::new));
    }

    private static Mutant routing(int rule, String what, String seen, Function<TrafficRouter, TrafficRouter> other) {
        return Mutant.of(rule, what, seen, wired -> new Altered(wired) {
            // Not every function has a rule; those that have shall ask one and the same.
            private final Supplier<TrafficRouter> router = Once.of(() -> other.apply(super.router()));

            @Override
            public TrafficRouter router() {
                return router.get();
            }
        });
    }

    private static Mutant remembering(int rule, String what, String seen) {
        return Mutant.living(rule, what, seen, sandbox -> {
            AtomicReference<Routing> written = new AtomicReference<>();
            return wired -> new Altered(wired) {
                @Override
                public TrafficRouter router() {
                    return new Remembering(super.router(), written);
                }
            };
        });
    }

    private static final class HealthyByDefinition extends AlteredRouter {
        HealthyByDefinition(TrafficRouter deployed) {
            super(deployed);
        }

        @Override
        public Targets targets(FleetName fleet) {
            Targets seen = super.targets(fleet);
            return new Targets(
                    seen.healthy() + seen.initial() + seen.unhealthy() + seen.unused(), 0, 0, seen.draining(), 0);
        }
    }

    private static final class SmokeBlind extends Altered {
        SmokeBlind(Wiring deployed) {
            super(deployed);
        }

        @Override
        public SmokeProbe probe() {
            SmokeProbe deployed = super.probe();
            return (fleet, test) -> deployed.ask(fleet, test) instanceof Probe.Answered answered
                    ? new Probe.Answered(200, answered.headers(), answered.body(), Duration.ofMillis(1))
                    : new Probe.Answered(200, Map.of(), "", Duration.ofMillis(1));
        }
    }

    private static final class MetricsBlind extends Altered {
        MetricsBlind(Wiring deployed) {
            super(deployed);
        }

        @Override
        public Metrics metrics() {
            Metrics deployed = super.metrics();
            return new Metrics() {
                @Override
                public Map<FleetName, Traffic> traffic(Instant from, Instant to) {
                    Map<FleetName, Traffic> rosy = new EnumMap<>(FleetName.class);
                    deployed.traffic(from, to)
                            .forEach((fleet, seen) ->
                                    rosy.put(fleet, new Traffic(seen.requests(), 0, 0, seen.p99Millis())));
                    return rosy;
                }

                @Override
                public Map<FleetName, Measured> measured(Trial.Metric metric, Instant from, Instant to) {
                    return deployed.measured(metric, from, to);
                }

                @Override
                public Map<String, AlarmState> alarms(List<String> names, Instant since) {
                    return deployed.alarms(names, since);
                }
            };
        }
    }

    /** After its own first write it never looks at the rule again, and before it believes that blue has everything. */
    private static final class Remembering extends AlteredRouter {
        private final AtomicReference<Routing> written;

        Remembering(TrafficRouter deployed, AtomicReference<Routing> written) {
            super(deployed);
            this.written = written;
        }

        @Override
        public Route route() {
            Route seen = super.route();
            written.compareAndSet(null, seen.routing());
            return new Route(written.get(), seen.tags());
        }

        @Override
        public void write(Routing to) {
            super.write(to);
            written.set(to);
        }

        @Override
        public void shift(Routing to) {
            super.shift(to);
            written.set(to);
        }
    }

    /** A write that failed is taken for done, in the call that made it. */
    private static final class NeverReadsBack extends AlteredRouter {
        private Optional<Routing> written = Optional.empty();

        NeverReadsBack(TrafficRouter deployed) {
            super(deployed);
        }

        @Override
        public Route route() {
            Route seen = super.route();
            return written.map(to -> new Route(to, seen.tags())).orElse(seen);
        }

        @Override
        public void write(Routing to) {
            quietly(() -> super.write(to), to);
        }

        @Override
        public void shift(Routing to) {
            quietly(() -> super.shift(to), to);
        }

        private void quietly(Runnable write, Routing to) {
            try {
                write.run();
            } catch (CallFailed ignored) {
                // That is the mutant.
            }
            written = Optional.of(to);
        }
    }

    private static final class TwoWrites extends AlteredRouter {
        TwoWrites(TrafficRouter deployed) {
            super(deployed);
        }

        @Override
        public void write(Routing to) {
            super.write(new Routing.Weighted(new Weights(50, 50)));
            super.write(to);
        }
    }

    private static final class Sticky extends AlteredRouter {
        private final ProductionRule rule;

        Sticky(TrafficRouter deployed, ProductionRule rule) {
            super(deployed);
            this.rule = rule;
        }

        @Override
        public void write(Routing to) {
            rule.handWrites(to.share(FleetName.A), to.share(FleetName.B), true);
        }
    }

    /** It gives green everybody and leaves stickiness on, and takes what it reads for what it should have written. */
    private static final class StuckForGood extends AlteredRouter {
        private final ProductionRule rule;

        StuckForGood(TrafficRouter deployed, ProductionRule rule) {
            super(deployed);
            this.rule = rule;
        }

        @Override
        public void shift(Routing to) {
            if (to.isFull(FleetName.A) || to.isFull(FleetName.B)) {
                rule.handWrites(to.share(FleetName.A), to.share(FleetName.B), true);
            } else {
                super.shift(to);
            }
        }

        @Override
        public Route route() {
            Route route = super.route();
            return route.routing() instanceof Routing.Weighted weighted
                            && weighted.weights().of(FleetName.A) % 100 == 0
                    ? new Route(new Routing.Weighted(weighted.weights()), route.tags())
                    : route;
        }
    }

    private static final class ReadsUntilSeen extends AlteredRouter {
        ReadsUntilSeen(TrafficRouter deployed) {
            super(deployed);
        }

        @Override
        public void shift(Routing to) {
            super.shift(to);
            for (int i = 0; i < MANY && !shows(to); i++) {
                // A throttled reading is no reason for it to stop, either.
            }
        }

        private boolean shows(Routing to) {
            try {
                return route().routing().equals(to);
            } catch (CallFailed throttled) {
                return false;
            }
        }
    }
}
