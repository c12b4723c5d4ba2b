package dev.greenlight.usecase;

import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.rollout.Observation;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.port.Journal;
import java.util.List;
import java.util.Optional;

/**
 * What one call keeps of one rollout: its record as this call last stored it, and a line in the journal of each thing that was decided.
 * What it gives back is empty while the call may go on.
 */
final class Logbook {

    private final Ports ports;
    private final Token token;
    private Rollout rollout;

    /** @param token what the caller is told to come back with */
    Logbook(Ports ports, Rollout start, Token token) {
        this.ports = ports;
        this.rollout = start;
        this.token = token;
    }

    Rollout rollout() {
        return rollout;
    }

    /** Stores the record; if the store has moved on meanwhile, this call is stale and says so. */
    Optional<Answer> commit(Rollout next) {
        return stored(ports.store().commit(next), next);
    }

    /** Stores the record of a rollout that is closed, and releases its lock in the same write. */
    Optional<Answer> close(Rollout closed) {
        return stored(ports.store().commit(ports.store().ledger().release(), List.of(closed)), closed);
    }

    /** Stores the record, and tells what was decided. */
    Optional<Answer> remember(Rollout next, String decision, String reason, Observation seen) {
        Optional<Answer> stale = commit(next);
        if (stale.isEmpty()) {
            tell(decision, reason, seen);
        }
        return stale;
    }

    /** Goes on from what another use case stored of it within this call. */
    void goOnFrom(Rollout stored) {
        rollout = stored;
    }

    /** Tells the journal and the caller that it goes on later. */
    Optional<Answer> progress(String decision, String reason, Observation seen) {
        tell(decision, reason, seen);
        return Optional.of(new Answer.InProgress(reason, token));
    }

    void tell(String decision, String reason, Observation seen) {
        ports.journal()
                .tell(new Journal.Entry(
                        Optional.of(rollout.id()),
                        decision,
                        reason,
                        Optional.of(rollout.green()),
                        "%d/%d"
                                .formatted(
                                        rollout.progress().steps(),
                                        rollout.steps().size()),
                        seen.route().routing().toString()));
    }

    private Optional<Answer> stored(boolean taken, Rollout next) {
        if (!taken) {
            return Optional.of(stale());
        }
        rollout = next.stored();
        return Optional.empty();
    }

    /** Whoever took the rollout back has ended this call's job, too. */
    private Answer stale() {
        return ports.store()
                .rollout(rollout.id())
                .filter(current -> current.phase() == Phase.ROLLED_BACK)
                .map(Reached::by)
                .orElseGet(() -> new Answer.InProgress("another call is at work on this rollout", token));
    }
}
