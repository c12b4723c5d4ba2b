package dev.greenlight.port;

import dev.greenlight.domain.rollout.Ledger;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Remembers rollouts, who holds the lock, and which revisions are quarantined. Every write is conditional. */
public interface RolloutStore {

    /** The service's ledger; {@link Ledger#EMPTY} before its first rollout. Read consistently. */
    Ledger ledger();

    /** The record of a rollout. Read consistently. */
    Optional<Rollout> rollout(RolloutId id);

    /**
     * Writes the ledger and the rollouts together or not at all. Each is written only if the store still holds the version
     * that the given one was made from; a version of 0 means that none exists yet.
     *
     * @return false if something else was written in between: the caller is stale and has changed nothing
     */
    boolean commit(Ledger ledger, List<Rollout> rollouts);

    /** Writes one rollout under the same condition, and only if its fence is still the service's latest. */
    boolean commit(Rollout rollout);

    /** A revision that may not be released, and why. */
    record Quarantine(String digest, String revision, RolloutId rollout, String reason, Instant since) {}

    Optional<Quarantine> quarantine(String digest);

    /** Quarantines by content; the first entry for a digest stays. */
    void quarantine(Quarantine entry);

    /**
     * Lets the revision be released again.
     *
     * @return false if this digest was not quarantined
     */
    boolean release(String digest);
}
