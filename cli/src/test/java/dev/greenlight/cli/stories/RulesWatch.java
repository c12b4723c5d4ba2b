package dev.greenlight.cli.stories;

import dev.greenlight.cli.stories.Sight.Side;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Aftercare;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.world.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Holds every write that Greenlight makes against docs/rules.md, on what is true and not on what the API showed: after each call
 * it compares the world with the world after the call before.
 */
final class RulesWatch implements Consumer<Call> {

    /** More AWS calls than any hook needs: a call that makes more is in a loop. */
    static final int CALLS = 150;

    private static final Set<String> READS = Set.of("Describe", "Get", "List", "Batch", "Scan");

    private final Festival festival;
    private final Duration drain;
    private final List<String> broken = new ArrayList<>();
    private final Map<FleetName, Instant> leftAt = new EnumMap<>(FleetName.class);
    private final Map<String, Integer> calls = new HashMap<>();
    private final Map<String, Integer> removed = new HashMap<>();
    private final Sight found;
    private Sight before;

    private RulesWatch(Festival festival) {
        this.festival = festival;
        this.drain = festival.sandbox.site().landscape().deregistrationDelay();
        this.found = Sight.of(festival);
        this.before = found;
    }

    /** Watches from now on. */
    static RulesWatch over(Festival festival) {
        RulesWatch watch = new RulesWatch(festival);
        festival.sandbox.calls().listen(watch);
        return watch;
    }

    /** What broke a rule, in words that begin with the rule's number; empty is what should be. */
    synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    @Override
    public synchronized void accept(Call call) {
        bounded(call);
        if (READS.stream().anyMatch(call.operation()::startsWith)) {
            return;
        }
        Sight now = Sight.of(festival);
        for (FleetName fleet : FleetName.values()) {
            if (now.side(fleet).weight() > before.side(fleet).weight()) {
                raised(call, now, fleet);
            }
            if (call.resource().endsWith(now.side(fleet).group().name())) {
                blueStaysWhole(call, now, fleet);
            }
            if (now.side(fleet).weight() == 0 && before.side(fleet).weight() > 0) {
                leftAt.put(fleet, now.at());
            }
        }
        fenced(call, now);
        noPinOutlives(call, now);
        before = now;
    }

    private void breaks(int rule, Call call, String what) {
        broken.add("rule %d: %s after %s (call %d of %s, %s)"
                .formatted(rule, what, call.action(), call.sequence(), call.invocation(), call.at()));
    }

    private void raised(Call call, Sight now, FleetName fleet) {
        Optional<Rollout> latest = now.latest();
        if (latest.flatMap(Rollout::blue).equals(Optional.of(fleet))) {
            oneWriteBack(call, now, fleet);
        } else if (latest.isEmpty()) {
            breaks(5, call, "traffic moved with no rollout");
        } else {
            canServe(call, now, fleet, latest.get());
            holderMoves(call, now, latest.get());
        }
    }

    /** Rule 1, and what of rule 2 must stand before traffic moves: blue is pinned. */
    private void canServe(Call call, Sight now, FleetName fleet, Rollout rollout) {
        Side green = now.side(fleet);
        Side blue = now.side(fleet.other());
        long carried = Math.max(rollout.blue().isPresent() ? blue.inService() : 0, 1);
        long needed = Math.ceilDiv(carried * green.weight(), 100);
        if (green.count(TargetState.HEALTHY) < needed || green.count(TargetState.UNHEALTHY) > 0) {
            breaks(1, call, "traffic on what cannot serve it, %d needed, %s".formatted(needed, green));
        }
        if (!green.revisions().equals(Set.of(rollout.revision().name()))) {
            breaks(1, call, "traffic of %s on %s".formatted(rollout.revision().name(), green.revisions()));
        }
        boolean expected =
                rollout.blue().isPresent() ? before.side(fleet.other()).weight() == 100 : !before.open();
        if (!expected) {
            breaks(1, call, "the weights were not those of the rollout: " + before.sides());
        }
        if (rollout.blue().isPresent()
                && blue.group().capacity().min() < rollout.sizing().blue()) {
            breaks(2, call, "traffic left blue before it was pinned: " + blue);
        }
    }

    /** Rule 5: the store's holder moves traffic, and nobody who was taken back. */
    private void holderMoves(Call call, Sight now, Rollout rollout) {
        if (!now.ledger().holder().equals(Optional.of(rollout.id())) || rollout.phase() != Phase.SHIFTING) {
            breaks(5, call, "traffic moved by rollout %s, which is %s".formatted(rollout.id(), rollout.phase()));
        }
        if (!now.tags().getOrDefault("greenlight:taken-back", "@none").equals("@none")) {
            breaks(5, call, "traffic moved although the rule says that it was taken back: " + now.tags());
        }
    }

    /** Rule 3. */
    private void oneWriteBack(Call call, Sight now, FleetName fleet) {
        Side to = now.side(fleet);
        Side from = now.side(fleet.other());
        if (to.weight() != 100 || from.weight() != 0 || now.sticky()) {
            breaks(3, call, "one write does not take it all back: %s, sticky %s".formatted(now.sides(), now.sticky()));
        }
        boolean worse = from.count(TargetState.HEALTHY) > 0 && unhealthyShare(to) > unhealthyShare(from);
        if (to.count(TargetState.HEALTHY) == 0 || worse) {
            breaks(3, call, "taken back to a worse fleet: %s".formatted(now.sides()));
        }
    }

    private static double unhealthyShare(Side side) {
        long judged = side.count(TargetState.HEALTHY) + side.count(TargetState.UNHEALTHY);
        return judged == 0 ? 0 : (double) side.count(TargetState.UNHEALTHY) / judged;
    }

    /** Rule 2, and rule 11's cap on what one call removes. */
    private void blueStaysWhole(Call call, Sight now, FleetName fleet) {
        Side side = now.side(fleet);
        if (call.operation().equals("CreateDeployment") && (side.weight() > 0 || stillDraining(now, fleet))) {
            breaks(2, call, "deployed to a fleet with users on it: " + side);
        }
        int fewer = before.side(fleet).desired() - side.desired();
        if (fewer <= 0) {
            return;
        }
        int inAll = removed.merge(call.invocation(), fewer, Integer::sum);
        if (inAll > Aftercare.SLICE) {
            breaks(11, call, "%d instances removed by one call".formatted(inAll));
        }
        if (side.weight() > 0 || stillDraining(now, fleet)) {
            breaks(2, call, "shrunk while requests reach it: " + side);
        }
        boolean blue = now.latest().flatMap(Rollout::blue).equals(Optional.of(fleet));
        Phase phase = now.latest().map(Rollout::phase).orElse(Phase.RETIRED);
        boolean stillNeeded = phase.isOpen()
                || phase == Phase.PROMOTED
                        && side.desired() < now.side(fleet.other()).inService();
        if (blue && stillNeeded) {
            breaks(2, call, "blue was shrunk while %s: %s".formatted(phase, side));
        }
    }

    private boolean stillDraining(Sight now, FleetName fleet) {
        Instant left = leftAt.get(fleet);
        return left != null && now.at().isBefore(left.plus(drain));
    }

    /** Rule 5: fences rise, an open rollout keeps its lock, what ended stays ended. */
    private void fenced(Call call, Sight now) {
        if (now.ledger().fence() < before.ledger().fence()) {
            breaks(5, call, "the fence fell");
        }
        Optional<Rollout> last = before.latest();
        if (last.isPresent() && !last.get().isOpen()) {
            festival.store
                    .rollout(last.get().id())
                    .filter(again -> again.phase().compareTo(last.get().phase()) < 0)
                    .ifPresent(again -> breaks(
                            5,
                            call,
                            "rollout %s went from %s to %s"
                                    .formatted(again.id(), last.get().phase(), again.phase())));
        }
        if (now.latest().filter(Rollout::isOpen).isPresent()
                && !now.ledger().holder().equals(now.ledger().latest())) {
            breaks(5, call, "an open rollout without the lock: " + now.ledger());
        }
    }

    /** Rule 7: once a rollout is settled, nothing that it set is left. */
    private void noPinOutlives(Call call, Sight now) {
        boolean justSettled = now.latest().filter(Rollout::settled).isPresent()
                && before.latest().filter(Rollout::settled).isEmpty();
        if (!justSettled) {
            return;
        }
        for (FleetName fleet : FleetName.values()) {
            Side side = now.side(fleet);
            if (!side.group()
                    .suspended()
                    .keySet()
                    .equals(found.side(fleet).group().suspended().keySet())) {
                breaks(
                        7,
                        call,
                        "processes stay suspended on fleet %s: %s"
                                .formatted(fleet, side.group().suspended()));
            }
            boolean asleep = side.weight() == 0;
            if (asleep && (side.group().capacity().min() > 0 || side.desired() > 0)) {
                breaks(7, call, "a fleet without users is left running: " + side);
            }
        }
    }

    /** Rule 11. */
    private void bounded(Call call) {
        if (!call.invocation().isEmpty() && calls.merge(call.invocation(), 1, Integer::sum) == CALLS) {
            breaks(11, call, "one call made %d calls to AWS".formatted(CALLS));
        }
    }
}
