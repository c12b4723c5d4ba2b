package dev.greenlight.cli.simulate;

import dev.greenlight.cli.simulate.Sight.Side;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Ending;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.port.RolloutStore;
import java.time.Duration;
import java.util.Optional;

/** Whoever writes what is remembered: rules 5 and 7. */
final class RecordRulings {

    /** By how much two clocks may differ. */
    private static final Duration CLOCKS = Duration.ofSeconds(15);

    private final Rulings rulings;
    private final RolloutStore store;
    private final Sight found;
    private final Duration cooldown;

    /**
     * @param found the service as it was before its first rollout
     * @param cooldown how long nothing begins after traffic was taken back from users
     */
    RecordRulings(Rulings rulings, RolloutStore store, Sight found, Duration cooldown) {
        this.cooldown = cooldown;
        this.rulings = rulings;
        this.store = store;
        this.found = found;
    }

    /** @param unseen whether a hand wrote the rule so lately that nobody can have read it yet */
    void judge(Written write, boolean unseen) {
        fenced(write);
        if (write.now().ledger().fence() > write.before().ledger().fence()) {
            begun(write, write.now().latest().orElseThrow());
        }
        takenBack(write);
        boolean justSettled = settled(write.now()) && !settled(write.before());
        if (justSettled) {
            noPinOutlives(write, unseen);
        }
    }

    private static boolean settled(Sight sight) {
        return sight.latest().filter(Rollout::settled).isPresent();
    }

    /** A first release that was taken back, and has all users all the same, is the only fleet that there is. */
    private static boolean staysAsTheOnlyOne(Rollout rollout, Sight now) {
        return rollout.blue().isEmpty()
                && rollout.phase() == Phase.PROMOTED
                && now.open()
                && now.side(rollout.green()).hasAll();
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
                            .filter(r -> !staysAsTheOnlyOne(r, now))
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

    /** Rule 8: what was bad stays out, and what comes after it waits, unless a person says otherwise. */
    private void begun(Written write, Rollout rollout) {
        rulings.holds(
                8,
                store.quarantine(rollout.revision().digest()).isEmpty(),
                write.call(),
                () -> "%s begins although it is quarantined"
                        .formatted(rollout.revision().name()));
        Optional<Rollout> last = write.before()
                .latest()
                .filter(before -> before.phase() == Phase.ROLLED_BACK)
                .filter(before -> before.ending()
                        .filter(ending ->
                                ending.trafficMoved() && !ending.cooled() && ending.cause() != Cause.TEST_OVER)
                        .isPresent());
        last.ifPresent(before -> rulings.holds(
                8,
                !write.now()
                        .at()
                        .isBefore(before.progress().phaseSince().plus(cooldown).minus(CLOCKS)),
                write.call(),
                () -> "a rollout begins in the cooldown after one that was taken back at "
                        + before.progress().phaseSince()));
    }

    /** Rule 3: what came late, an alarm or a stage's end, does not take back what is promoted. */
    private void takenBack(Written write) {
        Optional<Rollout> promoted = write.before().latest().filter(before -> before.phase() == Phase.PROMOTED);
        Optional<Cause> cause = write.now()
                .latest()
                .filter(now -> now.phase() == Phase.ROLLED_BACK)
                .filter(now ->
                        promoted.filter(before -> before.id().equals(now.id())).isPresent())
                .flatMap(Rollout::ending)
                .map(Ending::cause);
        cause.ifPresent(why -> rulings.holds(
                3,
                why == Cause.BY_HAND || why == Cause.SEEN_ON_RULE,
                write.call(),
                () -> "what was promoted is taken back: " + why));
    }

    /**
     * In place the fleet that serves is all there is, and the other one, which somebody may have woken, is not the rollout's. What a first
     * release has left running is not put to sleep, wherever a hand sends its users: there is nothing else. */
    private static boolean isAllThereIs(FleetName fleet, Sight now) {
        return now.latest()
                .filter(rollout -> rollout.onOneFleet()
                        || rollout.blue().isEmpty() && rollout.phase() == Phase.PROMOTED && rollout.green() == fleet)
                .isPresent();
    }

    /** Rule 7: once a rollout is settled, nothing that it set is left. */
    private void noPinOutlives(Written write, boolean unseen) {
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
            boolean asleep = !side.hasUsers() && !unseen && !isAllThereIs(fleet, write.now());
            rulings.holds(
                    7,
                    !asleep || side.group().capacity().min() == 0 && side.desired() == 0,
                    write.call(),
                    () -> "a fleet without users is left running: " + side);
        }
    }
}
