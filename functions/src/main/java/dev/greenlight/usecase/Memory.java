package dev.greenlight.usecase;

import dev.greenlight.domain.rollout.Ledger;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.RolloutStore;
import java.util.Optional;

/**
 * What the store knows of a rollout that is to be taken back.
 *
 * @param rollout the rollout; empty where it cannot be told
 * @param refusal why it cannot be taken back
 * @param silence why the store does not answer
 */
record Memory(Optional<Rollout> rollout, Optional<String> refusal, Optional<String> silence) {

    static Memory of(Rollout rollout) {
        return new Memory(Optional.of(rollout), Optional.empty(), Optional.empty());
    }

    private static Memory refused(String reason) {
        return new Memory(Optional.empty(), Optional.of(reason), Optional.empty());
    }

    static Memory silent(String why) {
        return new Memory(Optional.empty(), Optional.empty(), Optional.of(why));
    }

    /** Asks the store for the rollout that is named, or else for the latest. */
    static Memory recall(RolloutStore store, Optional<RolloutId> named) {
        try {
            Ledger ledger = store.ledger();
            Optional<RolloutId> id = named.or(ledger::latest);
            Optional<Rollout> rollout = id.flatMap(store::rollout);
            if (rollout.isEmpty()) {
                return refused(
                        named.map("no rollout %s is known"::formatted).orElse("this service has had no rollout"));
            }
            return refusal(rollout.get(), ledger).map(Memory::refused).orElseGet(() -> of(rollout.get()));
        } catch (CallFailed silent) {
            return silent(silent.getMessage());
        }
    }

    private static Optional<String> refusal(Rollout rollout, Ledger ledger) {
        if (!ledger.latest().equals(Optional.of(rollout.id()))) {
            return Optional.of("rollout %s is not the latest, %s is: its blue serves something else now"
                    .formatted(
                            rollout.id(), ledger.latest().map(RolloutId::value).orElse("none")));
        }
        return rollout.closedWayBack();
    }
}
