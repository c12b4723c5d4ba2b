package dev.greenlight.cli.simulate;

import dev.greenlight.adapter.lambda.SweepHandler;
import dev.greenlight.domain.rollout.Ledger;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Route;
import dev.greenlight.domain.rollout.RuleTags;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.port.RolloutStore;
import dev.greenlight.port.TrafficRouter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Mutants that remember wrongly, or do not go on from what is remembered: rules 4, 5 and 8. */
final class RecordMutants {

    private RecordMutants() {}

    static List<Mutant> all() {
        return List.of(
                storing(1, "a share is left out", "and the shares are", beginning(RecordMutants::allAtOnce)),
                storing(1, "no share is watched", "which is watched", beginning(RecordMutants::withoutBakes)),
                storing(1, "nobody is waited for", "or waits until", beginning(RecordMutants::withoutPauses)),
                Mutant.handling(4, "Sweep does nothing", "not settled|still", SweepHandler.class, function ->
                        (in, out, context) -> {}),
                storing(5, "a lock that is held is taken", "lock|went from|not settled", NoLock::new),
                storing(5, "a write from an older version is stored", "went from", LastWriteWins::new),
                Mutant.of(
                                5,
                                "the rule's word that it was taken back is not read",
                                "the rule says that it was taken back",
                                wired -> new Altered(wired) {
                                    @Override
                                    public TrafficRouter router() {
                                        return new Deaf(super.router());
                                    }
                                })
                        .in(Lives.SILENT_STORE),
                storing(8, "nothing is quarantined", "is not quarantined", NoQuarantine::new),
                storing(8, "whatever is taken back is quarantined", "is quarantined", AllQuarantined::new),
                storing(8, "a quarantine is not asked for", "although it is quarantined", NeverQuarantined::new)
                        .in(Lives.AGAIN),
                storing(8, "what a person released stays out", "although a person released it", NeverReleased::new)
                        .in(Lives.RELEASED),
                storing(8, "a cooldown is not waited for", "begins in the cooldown", NeverCooling::new)
                        .in(Lives.COOLING));
    }

    private static Mutant storing(int rule, String what, String seen, Function<RolloutStore, RolloutStore> other) {
        return Mutant.of(rule, what, seen, wired -> new Altered(wired) {
            @Override
            public RolloutStore store() {
                return other.apply(super.store());
            }
        });
    }

    private static Function<RolloutStore, RolloutStore> beginning(UnaryOperator<List<Step>> other) {
        return deployed -> new AlteredStore(deployed) {
            @Override
            public boolean begin(Ledger ledger, Rollout rollout, Optional<Rollout> before) {
                return super.begin(ledger, withSteps(rollout, other.apply(rollout.steps())), before);
            }
        };
    }

    private static List<Step> allAtOnce(List<Step> steps) {
        return List.of(Step.LAST);
    }

    private static List<Step> withoutBakes(List<Step> steps) {
        return steps.stream()
                .map(step -> new Step(step.greenShare(), Duration.ZERO, step.pause()))
                .toList();
    }

    private static List<Step> withoutPauses(List<Step> steps) {
        return steps.stream()
                .map(step -> new Step(step.greenShare(), step.bake(), Optional.empty()))
                .toList();
    }

    private static Rollout withSteps(Rollout rollout, List<Step> steps) {
        return new Rollout(
                rollout.id(),
                rollout.version(),
                rollout.fence(),
                rollout.revision(),
                rollout.roles(),
                rollout.sizing(),
                rollout.launches(),
                steps,
                rollout.shadow(),
                rollout.recreation(),
                rollout.rolling(),
                rollout.progress(),
                rollout.ending(),
                rollout.settled(),
                rollout.history());
    }

    private static final class NoLock extends AlteredStore {
        NoLock(RolloutStore deployed) {
            super(deployed);
        }

        @Override
        public Ledger ledger() {
            return super.ledger().release();
        }
    }

    private static final class LastWriteWins extends AlteredStore {
        LastWriteWins(RolloutStore deployed) {
            super(deployed);
        }

        @Override
        public boolean commit(Rollout rollout, Optional<Quarantine> blamed) {
            return super.commit(rollout, blamed)
                    || super.rollout(rollout.id())
                            .filter(newer -> super.commit(at(newer.version(), rollout), blamed))
                            .isPresent();
        }

        private static Rollout at(long version, Rollout rollout) {
            return new Rollout(
                    rollout.id(),
                    version,
                    rollout.fence(),
                    rollout.revision(),
                    rollout.roles(),
                    rollout.sizing(),
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

    private static final class Deaf extends AlteredRouter {
        Deaf(TrafficRouter deployed) {
            super(deployed);
        }

        @Override
        public Route route() {
            Route seen = super.route();
            return new Route(
                    seen.routing(),
                    new RuleTags(seen.tags().rollout(), seen.tags().blue(), Optional.empty()));
        }
    }

    private static final class NoQuarantine extends AlteredStore {
        NoQuarantine(RolloutStore deployed) {
            super(deployed);
        }

        @Override
        public boolean commit(Ledger ledger, List<Rollout> rollouts, Optional<Quarantine> blamed) {
            return super.commit(ledger, rollouts, Optional.empty());
        }

        @Override
        public boolean commit(Rollout rollout, Optional<Quarantine> blamed) {
            return super.commit(rollout, Optional.empty());
        }
    }

    private static final class NeverQuarantined extends AlteredStore {
        NeverQuarantined(RolloutStore deployed) {
            super(deployed);
        }

        @Override
        public Optional<Quarantine> quarantine(String digest) {
            return Optional.empty();
        }

        @Override
        public boolean begin(Ledger ledger, Rollout rollout, Optional<Rollout> before) {
            return super.commit(
                    ledger, Stream.concat(before.stream(), Stream.of(rollout)).toList(), Optional.empty());
        }
    }

    private static final class NeverReleased extends AlteredStore {
        NeverReleased(RolloutStore deployed) {
            super(deployed);
        }

        @Override
        public boolean release(String digest) {
            return super.quarantine(digest).isPresent();
        }
    }

    private static final class NeverCooling extends AlteredStore {
        NeverCooling(RolloutStore deployed) {
            super(deployed);
        }

        @Override
        public Optional<Rollout> rollout(RolloutId id) {
            return super.rollout(id).map(rollout -> {
                boolean cooling = rollout.coolsUntil(Duration.ofHours(1)).isPresent();
                return cooling ? rollout.cooled(rollout.progress().phaseSince(), "that is the mutant") : rollout;
            });
        }
    }

    private static final class AllQuarantined extends AlteredStore {
        AllQuarantined(RolloutStore deployed) {
            super(deployed);
        }

        @Override
        public boolean commit(Ledger ledger, List<Rollout> rollouts, Optional<Quarantine> blamed) {
            Optional<Quarantine> taken = rollouts.stream()
                    .filter(rollout -> rollout.phase() == Phase.ROLLED_BACK)
                    .map(rollout -> new Quarantine(
                            rollout.revision().digest(),
                            rollout.revision().name(),
                            rollout.id(),
                            rollout.ending().orElseThrow().reason(),
                            rollout.progress().phaseSince()))
                    .filter(each -> quarantine(each.digest()).isEmpty())
                    .findFirst();
            return super.commit(ledger, rollouts, blamed.or(() -> taken));
        }
    }
}
