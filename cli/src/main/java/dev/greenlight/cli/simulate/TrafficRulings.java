package dev.greenlight.cli.simulate;

import dev.greenlight.cli.simulate.Sight.Side;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.sandbox.world.TargetState;
import java.util.Optional;
import java.util.Set;

/**
 * Whoever gives a fleet more traffic: rules 1, 3, 5 and 10, and what of rule 2 must stand before traffic moves. Where the API lags, a fleet may
 * be taken for what it shows: nobody can know better.
 */
final class TrafficRulings {

    private final Rulings rulings;
    private final StepRulings steps;

    TrafficRulings(Rulings rulings, StepRulings steps) {
        this.rulings = rulings;
        this.steps = steps;
    }

    /**
     * @param foreign whether the weights that the write found were a hand's
     * @param unseen whether no reading of the rule could show what the write found
     */
    void judge(Written write, boolean foreign, boolean unseen) {
        for (FleetName fleet : FleetName.values()) {
            if (write.raised(fleet)) {
                raised(write, fleet, foreign, unseen);
            }
        }
    }

    private void raised(Written write, FleetName fleet, boolean foreign, boolean unseen) {
        Optional<Rollout> latest = write.now().latest();
        rulings.holds(5, latest.isPresent(), write.call(), () -> "traffic moved with no rollout");
        if (latest.flatMap(Rollout::blue).equals(Optional.of(fleet))) {
            // Over a hand's larger share that nobody could see, the next smaller one gives blue more, and is no way
            // back.
            if (!unseen
                    || latest.filter(rollout -> isNextStep(write.now(), rollout))
                            .isEmpty()) {
                oneWriteBack(write, fleet);
            }
        } else if (latest.isPresent()) {
            canServe(write, fleet, latest.get());
            if (isLeftHalf(write, latest.get())) {
                return;
            }
            audienceFirst(write, fleet, unseen);
            copiesHaveEnded(write);
            if (!unseen) {
                expected(write, latest.get());
                steps.judge(write, latest.get());
                seesHands(write, foreign);
            }
            holderMoves(write, latest.get());
        }
    }

    private static boolean isNextStep(Sight now, Rollout rollout) {
        return rollout.phase() == Phase.SHIFTING
                && rollout.upcoming().stream().anyMatch(step -> now.shows(rollout.routingOf(step)));
    }

    /** A first release was taken back while its two rules were written: there is nothing better for anybody than what its audience has (ADR 16). */
    private static boolean isLeftHalf(Written write, Rollout rollout) {
        return rollout.blue().isEmpty()
                && rollout.phase() == Phase.ROLLED_BACK
                && write.before().shows(new Routing.Audience(rollout.green()));
    }

    /** Rule 1, and what of rule 2 must stand before traffic moves: blue is pinned. */
    private void canServe(Written write, FleetName fleet, Rollout rollout) {
        Side green = write.now().side(fleet);
        Side blue = write.now().side(fleet.other());
        boolean inTurn = rollout.recreation().isPresent();
        boolean wayBack = rollout.blue().isPresent() && !inTurn;
        long carried = Math.max(inTurn ? rollout.sizing().green() : wayBack ? blue.inService() : 0, 1);
        long needed = Math.ceilDiv(carried * green.most(), 100);
        rulings.holds(
                1,
                serves(green, needed) || serves(green.asShown(), needed),
                write.call(),
                () -> "traffic on what cannot serve it, %d needed, %s".formatted(needed, green));
        rulings.holds(
                1,
                green.revisions().equals(Set.of(rollout.revision().name())),
                write.call(),
                () -> "traffic of %s on %s".formatted(rollout.revision().name(), green.revisions()));
        rulings.holds(
                2,
                !wayBack || blue.group().capacity().min() >= rollout.sizing().blue(),
                write.call(),
                () -> "traffic left blue before it was pinned: " + blue);
    }

    /** Rule 3: whoever dies between the two rules leaves what one call takes back, and nobody behind. */
    private void audienceFirst(Written write, FleetName fleet, boolean unseen) {
        Side green = write.now().side(fleet);
        rulings.holds(
                3,
                unseen || green.some() >= green.weight(),
                write.call(),
                () -> "everybody comes to green before its audience: "
                        + write.now().fleets());
    }

    private static boolean isUnread(Sight found, Rollout rollout) {
        int next = rollout.progress().steps() + 1;
        return rollout.phase() == Phase.SHIFTING
                && next <= rollout.steps().size()
                && found.shows(rollout.routingOf(next));
    }

    /** Rule 1: the live weights are those that the rollout knows, or its own next step's, which was written and not read back yet. */
    private void expected(Written write, Rollout rollout) {
        String found = write.before().fleets();
        Routing half = new Routing.Audience(rollout.green());
        rulings.holds(
                1,
                write.before().shows(rollout.expected())
                        || isUnread(write.before(), rollout)
                        || rollout.halfWritten(half) && write.before().shows(half),
                write.call(),
                () -> "the weights were not those of the rollout: " + found);
    }

    /** Rule 1: no user comes to a green that is still tried on copies of others' requests. */
    private void copiesHaveEnded(Written write) {
        rulings.holds(1, !write.before().copied(), write.call(), () -> "traffic on a fleet that still gets copies");
    }

    /** Rule 10: nobody but a rollback writes over a hand. */
    private void seesHands(Written write, boolean foreign) {
        rulings.holds(
                10,
                !foreign,
                write.call(),
                () -> "traffic moved over weights that a hand had written: "
                        + write.before().fleets());
    }

    /** Rule 5: the store's holder moves traffic, and nobody who was taken back. */
    private void holderMoves(Written write, Rollout rollout) {
        Sight now = write.now();
        rulings.holds(
                5,
                now.ledger().holder().equals(Optional.of(rollout.id())) && rollout.phase() == Phase.SHIFTING,
                write.call(),
                () -> "traffic moved by rollout %s, which is %s".formatted(rollout.id(), Sight.words(rollout.phase())));
        rulings.holds(
                5,
                now.tags().getOrDefault("greenlight:taken-back", "@none").equals("@none"),
                write.call(),
                () -> "traffic moved although the rule says that it was taken back: " + now.tags());
    }

    private void oneWriteBack(Written write, FleetName fleet) {
        Side to = write.now().side(fleet);
        Side from = write.now().side(fleet.other());
        rulings.holds(
                3,
                to.weight() == 100
                        && from.weight() == 0
                        && write.now().sticky().isEmpty()
                        && (!write.raisedSome(fleet) || to.some() == 100),
                write.call(),
                () -> "one write does not take it all back: %s"
                        .formatted(write.now().fleets()));
        rulings.holds(
                3,
                noWorse(to, from) || noWorse(to.asShown(), from.asShown()),
                write.call(),
                () -> "taken back to a worse fleet: " + write.now().fleets());
    }

    private static boolean serves(Side side, long needed) {
        return side.count(TargetState.HEALTHY) >= needed && side.count(TargetState.UNHEALTHY) == 0;
    }

    /** Where nothing of the other one is healthy, whatever is healthy is better. */
    private static boolean noWorse(Side to, Side from) {
        return to.count(TargetState.HEALTHY) > 0
                && (from.count(TargetState.HEALTHY) == 0 || unhealthyShare(to) <= unhealthyShare(from));
    }

    private static double unhealthyShare(Side side) {
        long judged = side.count(TargetState.HEALTHY) + side.count(TargetState.UNHEALTHY);
        return judged == 0 ? 0 : (double) side.count(TargetState.UNHEALTHY) / judged;
    }
}
