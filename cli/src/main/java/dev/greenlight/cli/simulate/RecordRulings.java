package dev.greenlight.cli.simulate;

import dev.greenlight.cli.simulate.Sight.Side;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.port.RolloutStore;
import java.util.Optional;

/** Whoever writes what is remembered: rules 5 and 7. */
final class RecordRulings {

    private final Rulings rulings;
    private final RolloutStore store;
    private final Sight found;

    /** @param found the service as it was before its first rollout */
    RecordRulings(Rulings rulings, RolloutStore store, Sight found) {
        this.rulings = rulings;
        this.store = store;
        this.found = found;
    }

    void judge(Written write) {
        fenced(write);
        boolean justSettled = settled(write.now()) && !settled(write.before());
        if (justSettled) {
            noPinOutlives(write);
        }
    }

    private static boolean settled(Sight sight) {
        return sight.latest().filter(Rollout::settled).isPresent();
    }

    /** Rule 5: fences rise, an open rollout keeps its lock, what ended stays ended. */
    private void fenced(Written write) {
        Sight now = write.now();
        Sight before = write.before();
        rulings.holds(5, now.ledger().fence() >= before.ledger().fence(), write.call(), () -> "the fence fell");
        Optional<Rollout> last = before.latest().filter(rollout -> !rollout.isOpen());
        if (last.isPresent()) {
            Optional<Rollout> again = store.rollout(last.get().id());
            rulings.holds(
                    5,
                    again.filter(r -> r.phase().compareTo(last.get().phase()) < 0)
                            .isEmpty(),
                    write.call(),
                    () -> "rollout %s went from %s to %s"
                            .formatted(
                                    last.get().id(),
                                    last.get().phase(),
                                    again.orElseThrow().phase()));
        }
        rulings.holds(
                5,
                now.latest().filter(Rollout::isOpen).isEmpty()
                        || now.ledger().holder().equals(now.ledger().latest()),
                write.call(),
                () -> "an open rollout without the lock: " + now.ledger());
    }

    /** Rule 7: once a rollout is settled, nothing that it set is left. */
    private void noPinOutlives(Written write) {
        for (FleetName fleet : FleetName.values()) {
            Side side = write.now().side(fleet);
            rulings.holds(
                    7,
                    side.group()
                            .suspended()
                            .keySet()
                            .equals(found.side(fleet).group().suspended().keySet()),
                    write.call(),
                    () -> "processes stay suspended on fleet %s: %s"
                            .formatted(fleet, side.group().suspended()));
            boolean asleep = side.weight() == 0;
            rulings.holds(
                    7,
                    !asleep || side.group().capacity().min() == 0 && side.desired() == 0,
                    write.call(),
                    () -> "a fleet without users is left running: " + side);
        }
    }
}
