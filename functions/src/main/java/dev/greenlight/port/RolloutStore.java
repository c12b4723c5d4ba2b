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
     * Writes the ledger, the rollouts and the quarantine together or not at all. Each of the former is written only if the store still
     * holds the version that the given one was made from; a version of 0 means that none exists yet.
     *
     * @param blamed what is quarantined for what this commit says; written only if its digest is not quarantined yet
     * @return false if something else was written in between: the caller is stale and has changed nothing
     */
    boolean commit(Ledger ledger, List<Rollout> rollouts, Optional<Quarantine> blamed);

    /** The same, where nothing is quarantined. */
    default boolean commit(Ledger ledger, List<Rollout> rollouts) {
        return commit(ledger, rollouts, Optional.empty());
    }

    /** Writes one rollout and the quarantine under the same conditions, and only if its fence is still the service's latest. */
    boolean commit(Rollout rollout, Optional<Quarantine> blamed);

    /** The same, where nothing is quarantined. */
    default boolean commit(Rollout rollout) {
        return commit(rollout, Optional.empty());
    }

    /**
     * Writes a rollout that begins, with the ledger that gives it the lock and the one before it, under the same conditions, and only
     * if its revision is not quarantined.
     */
    boolean begin(Ledger ledger, Rollout rollout, Optional<Rollout> before);

    /** A revision that may not be released, and why. */
    record Quarantine(String digest, String revision, RolloutId rollout, String reason, Instant since) {}

    /** Why this content is quarantined, since its first time. Read consistently. */
    Optional<Quarantine> quarantine(String digest);

    /**
     * Lets the revision be released again.
     *
     * @return false if this digest was not quarantined
     */
    boolean release(String digest);
}
