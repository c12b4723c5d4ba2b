package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.fleet.Instance;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far a release has come that is installed on the fleet that serves, one Availability Zone after the other.
 *
 * @param firstBake how long the first zone is watched before the next
 * @param bake how long each other one is
 * @param pause the wait for a person after the first zone
 * @param zones how many there were when it began
 * @param done how many were seen done
 * @param doneAt when the last of them was
 * @param heldAt when its deployment was to be stopped, so that no other zone follows; empty while none is to be stopped
 * @param passed after how many zones it was let go on
 * @param attempt the number of its deployment, from 1: one that was held is followed by another
 * @param wentOnAt when that followed; empty for the first
 */
public record Rolling(
        Duration firstBake,
        Duration bake,
        Optional<Step.Pause> pause,
        int zones,
        int done,
        Optional<Instant> doneAt,
        Optional<Instant> heldAt,
        int passed,
        int attempt,
        Optional<Instant> wentOnAt) {

    /**
     * How much longer than the bake CodeDeploy waits before it begins on the next zone: who watches has this long to see that it shall not. Two looks
     * lie two minutes apart at most.
     */
    public static final Duration GATE = Duration.ofMinutes(4);

    public Rolling {
        if (zones < 2 || attempt < 1 || done < 0 || passed > done && heldAt.isPresent()) {
            throw new IllegalArgumentException(
                    "%d of %d zones, %d let on, deployment %d".formatted(done, zones, passed, attempt));
        }
    }

    /** One that has not begun. */
    public static Rolling of(Strategy.Rolling strategy, FleetState fleet) {
        return new Rolling(
                strategy.firstBake(),
                strategy.bake(),
                strategy.pause(),
                byZone(fleet).size(),
                0,
                Optional.empty(),
                Optional.empty(),
                0,
                1,
                Optional.empty());
    }

    private static Map<String, List<Instance>> byZone(FleetState fleet) {
        return fleet.instances().stream().filter(Instance::inService).collect(Collectors.groupingBy(Instance::zone));
    }

    /** Why this fleet cannot be released to zone by zone; empty where it can. */
    public static Optional<String> refusal(Strategy.Rolling strategy, FleetState fleet) {
        Map<String, List<Instance>> zones = byZone(fleet);
        if (zones.size() < 2) {
            return Optional.of("fleet %s has its %d instances in %s: a rolling release needs two Availability Zones"
                    .formatted(
                            fleet.name(),
                            fleet.inService(),
                            zones.isEmpty()
                                    ? "none"
                                    : "zone " + zones.keySet().iterator().next()));
        }
        int all = Math.toIntExact(fleet.inService());
        if (stay(all, strategy.keep()) >= all) {
            return Optional.of(
                    "%d%% of %d instances of fleet %s, rounded up, are all of them: none may be out of service"
                            .formatted(strategy.keep(), all, fleet.name()));
        }
        return zones.entrySet().stream()
                .filter(zone -> stay(zone.getValue().size(), strategy.keepInZone())
                        >= zone.getValue().size())
                .findFirst()
                .map(zone -> "%d%% of %d instances in zone %s, rounded up, are all of them: none may be out of service"
                        .formatted(strategy.keepInZone(), zone.getValue().size(), zone.getKey()));
    }

    /** CodeDeploy rounds fractions up ("MinimumHealthyHosts"). */
    private static int stay(int of, int percent) {
        return Math.ceilDiv(of * percent, 100);
    }

    /** How many zones have the revision on every instance in service that the deployment is for: what comes up meanwhile is brought up to date later. */
    static int zonesOn(Batch batch, FleetState fleet) {
        return Math.toIntExact(targets(batch, fleet).values().stream()
                .filter(zone -> zone.stream().map(Instance::id).allMatch(batch.done()::contains))
                .count());
    }

    /** In how many zones it has any. */
    static int zonesOf(Batch batch, FleetState fleet) {
        return targets(batch, fleet).size();
    }

    private static Map<String, List<Instance>> targets(Batch batch, FleetState fleet) {
        return fleet.instances().stream()
                .filter(instance -> instance.inService() && batch.targets().contains(instance.id()))
                .collect(Collectors.groupingBy(Instance::zone));
    }

    /** How long so many zones may take, each installed on within {@code installing}, with the wait for a person. */
    public static Duration longest(Strategy.Rolling strategy, int zones, Duration installing) {
        return strategy.firstBake()
                .plus(strategy.bake().plus(GATE).plus(installing).multipliedBy(zones))
                .plus(strategy.pause().map(Step.Pause::within).orElse(Duration.ZERO));
    }

    /** When it must have come further than it has: the last zone's bake and the next one's installation take no longer. */
    Instant deadline(Instant began, Duration installing) {
        Instant since = Stream.of(Optional.of(began), doneAt, wentOnAt)
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
                .orElse(began);
        Duration watched = firstBake.compareTo(bake) > 0 ? firstBake : bake;
        return since.plus(watched)
                .plus(GATE)
                .plus(pause.map(Step.Pause::within).orElse(Duration.ZERO))
                .plus(installing);
    }

    boolean isHeld() {
        return heldAt.isPresent();
    }

    /** Whether a person may still end the wait after the first zone, or before it. */
    public boolean mayBeResumed() {
        return pause.isPresent() && done <= 1 && passed == 0;
    }

    /** When the bake of the zone that was last seen done is over. */
    Optional<Instant> baked() {
        return doneAt.map(at -> at.plus(done == 1 ? firstBake : bake));
    }

    Rolling seen(int zonesDone, Instant now) {
        return new Rolling(
                firstBake, bake, pause, zones, zonesDone, Optional.of(now), heldAt, passed, attempt, wentOnAt);
    }

    Rolling held(Instant now) {
        return new Rolling(firstBake, bake, pause, zones, done, doneAt, Optional.of(now), passed, attempt, wentOnAt);
    }

    /** CodeDeploy may begin on the next zone. */
    Rolling passes() {
        return new Rolling(firstBake, bake, pause, zones, done, doneAt, Optional.empty(), done, attempt, wentOnAt);
    }

    /** Another deployment follows the one that was stopped. */
    Rolling goesOn(Instant now) {
        return new Rolling(
                firstBake, bake, pause, zones, done, doneAt, Optional.empty(), done, attempt + 1, Optional.of(now));
    }

    /** A person lets it go on after its first zone: it does not wait for one any more. */
    Rolling resumed() {
        return new Rolling(firstBake, bake, Optional.empty(), zones, done, doneAt, heldAt, passed, attempt, wentOnAt);
    }

    /**
     * What one look at its deployment showed.
     *
     * @param targets the instances that it is for
     * @param done where its revision is proven to be
     * @param atWork what it works on
     */
    public record Batch(Set<String> targets, Set<String> done, Set<String> atWork) {
        public Batch {
            targets = Set.copyOf(targets);
            done = Set.copyOf(done);
            atWork = Set.copyOf(atWork);
        }
    }
}
