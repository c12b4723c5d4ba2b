package dev.greenlight.cli.simulate;

import dev.greenlight.Wiring;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.fleet.ScalingProcess;
import dev.greenlight.domain.rollout.Ledger;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.Sizing;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.Fleets;
import dev.greenlight.port.RolloutStore;
import dev.greenlight.port.TrafficRouter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** Mutants that set fleets as they may not: rules 2, 7, and 11 of what removes instances. */
final class FleetMutants {

    private FleetMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.of(
                        2,
                        "blue is put to sleep as soon as green has everything",
                        "blue was shrunk while shifting",
                        Hasty::new),
                Mutant.of(
                        2,
                        "what traffic has left is stopped or reused with requests on it",
                        "shrunk while requests reach it|deployed to a fleet",
                        NoDrain::new),
                Mutant.living(2, "traffic leaves a blue that is not pinned", "before it was pinned", sandbox -> {
                    Map<FleetName, Integer> wished = new EnumMap<>(FleetName.class);
                    return wired -> new Altered(wired) {
                        @Override
                        public Fleets fleets() {
                            return new Unpinned(super.fleets(), router(), wished);
                        }
                    };
                }),
                fleets(7, "no process is ever resumed", "suspended", NeverResumes::new),
                fleets(7, "a minimum that was raised stays", "minimum|fleet without users", KeepsMinimum::new),
                Mutant.of(
                        7,
                        "fleets get back what was seen, not what was stored before the first pin",
                        "minimum|fleet without users|processes",
                        AsSeen::new),
                fleets(11, "a fleet is emptied in one call", "instances removed by one call", AllAtOnce::new));
    }

    private static Mutant fleets(int rule, String what, String seen, Function<Fleets, Fleets> other) {
        return Mutant.of(rule, what, seen, wired -> new Altered(wired) {
            @Override
            public Fleets fleets() {
                return other.apply(super.fleets());
            }
        });
    }

    private static final class Hasty extends Altered {
        Hasty(Wiring deployed) {
            super(deployed);
        }

        @Override
        public TrafficRouter router() {
            return new AlteredRouter(super.router()) {
                @Override
                public void shift(Routing to) {
                    super.shift(to);
                    FleetName blue = to.isFull(FleetName.A) ? FleetName.B : FleetName.A;
                    Scaling now = fleets().groups().get(blue).scaling();
                    fleets().apply(blue, ScalingPlan.unpinned(now.asleep()).sized(0), now);
                }
            };
        }
    }

    private static final class NoDrain extends Altered {
        NoDrain(Wiring deployed) {
            super(deployed);
        }

        @Override
        public Terms terms() {
            Terms terms = super.terms();
            return new Terms(
                    terms.service(),
                    terms.strategy(),
                    terms.pace(),
                    terms.firstSize(),
                    terms.replaceWarm(),
                    terms.cooldown(),
                    Duration.ZERO,
                    terms.beforeTraffic(),
                    terms.underTraffic(),
                    terms.alarms(),
                    terms.hookFleet());
        }
    }

    /** Says of the fleet that serves that it has the minimum that it was to get. */
    private static final class Unpinned extends PretendedPins {
        private final TrafficRouter router;

        Unpinned(Fleets deployed, TrafficRouter router, Map<FleetName, Integer> wished) {
            super(deployed, wished);
            this.router = router;
        }

        @Override
        public void apply(FleetName fleet, ScalingPlan plan, Scaling now) {
            tellTheTruth(fleet);
            if (router.route().routing().routesTo(fleet) && plan.minimum() > now.minimum()) {
                pretend(fleet, plan.minimum());
                super.apply(
                        fleet, new ScalingPlan(now.minimum(), plan.desired(), plan.maximum(), plan.suspended()), now);
            } else {
                super.apply(fleet, plan, now);
            }
        }
    }

    private static final class NeverResumes extends AlteredFleets {
        NeverResumes(Fleets deployed) {
            super(deployed);
        }

        @Override
        public void apply(FleetName fleet, ScalingPlan plan, Scaling now) {
            Set<ScalingProcess> suspended = new HashSet<>(plan.suspended());
            suspended.addAll(now.suspended());
            super.apply(fleet, new ScalingPlan(plan.minimum(), plan.desired(), plan.maximum(), suspended), now);
        }
    }

    private static final class KeepsMinimum extends AlteredFleets {
        KeepsMinimum(Fleets deployed) {
            super(deployed);
        }

        @Override
        public void apply(FleetName fleet, ScalingPlan plan, Scaling now) {
            int minimum = Math.max(plan.minimum(), now.minimum());
            OptionalInt desired = plan.desired().isPresent()
                    ? OptionalInt.of(Math.max(minimum, plan.desired().getAsInt()))
                    : OptionalInt.empty();
            super.apply(
                    fleet, new ScalingPlan(minimum, desired, Math.max(minimum, plan.maximum()), plan.suspended()), now);
        }
    }

    private static final class AsSeen extends Altered {
        AsSeen(Wiring deployed) {
            super(deployed);
        }

        @Override
        public RolloutStore store() {
            return new AlteredStore(super.store()) {
                @Override
                public boolean begin(Ledger ledger, Rollout rollout, Optional<Rollout> before) {
                    return super.begin(ledger, seen(rollout), before);
                }
            };
        }

        private Rollout seen(Rollout rollout) {
            Map<FleetName, Fleets.Group> groups = fleets().groups();
            Sizing sizing = new Sizing(
                    rollout.sizing().green(),
                    rollout.sizing().carrying(),
                    rollout.sizing().blue(),
                    groups.get(FleetName.A).scaling(),
                    groups.get(FleetName.B).scaling());
            return new Rollout(
                    rollout.id(),
                    rollout.version(),
                    rollout.fence(),
                    rollout.revision(),
                    rollout.roles(),
                    sizing,
                    rollout.launches(),
                    rollout.steps(),
                    rollout.shadow(),
                    rollout.recreation(),
                    rollout.rolling(),
                    rollout.progress(),
                    rollout.ending(),
                    rollout.settled(),
                    rollout.history());
        }
    }

    private static final class AllAtOnce extends AlteredFleets {
        AllAtOnce(Fleets deployed) {
            super(deployed);
        }

        @Override
        public void apply(FleetName fleet, ScalingPlan plan, Scaling now) {
            boolean fewer = plan.desired().isPresent() && plan.desired().getAsInt() < now.desired();
            super.apply(fleet, fewer ? plan.sized(0) : plan, now);
        }
    }
}
