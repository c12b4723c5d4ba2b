package dev.greenlight.domain.rollout;

import java.util.Optional;

/**
 * What a service remembers across rollouts: who holds its lock, and which rollout was the latest.
 *
 * @param version counts the stored writes
 * @param fence the number of the latest lock given; it only rises
 * @param holder the rollout that holds the lock
 * @param latest the latest rollout that was given the lock; what it left may still have to be settled
 */
public record Ledger(long version, long fence, Optional<RolloutId> holder, Optional<RolloutId> latest) {

    public static final Ledger EMPTY = new Ledger(0, 0, Optional.empty(), Optional.empty());

    public Ledger acquire(RolloutId id) {
        if (holder.isPresent()) {
            throw new IllegalStateException("the lock is held by " + holder.get());
        }
        return new Ledger(version, fence + 1, Optional.of(id), Optional.of(id));
    }

    public Ledger release() {
        return new Ledger(version, fence, Optional.empty(), latest);
    }

    /** The same ledger as the store holds it after its next write. */
    public Ledger stored() {
        return new Ledger(version + 1, fence, holder, latest);
    }
}
