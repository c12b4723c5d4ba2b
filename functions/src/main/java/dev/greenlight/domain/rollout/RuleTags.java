package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetName;
import java.util.Optional;

/**
 * What the production rule remembers by itself, so that a way back exists while the store does not answer.
 *
 * @param rollout the rollout that last prepared to move this rule's weights
 * @param blue the fleet that served when it did; empty on a first release and once blue is retired
 * @param takenBack why that rollout was rolled back: it may never move weights again; empty while it was not
 */
public record RuleTags(Optional<RolloutId> rollout, Optional<FleetName> blue, Optional<Cause> takenBack) {

    public static final RuleTags NONE = new RuleTags(Optional.empty(), Optional.empty(), Optional.empty());

    /** The tags of a rollout that is about to begin. */
    public static RuleTags begin(RolloutId rollout, Optional<FleetName> blue) {
        return new RuleTags(Optional.of(rollout), blue, Optional.empty());
    }

    /**
     * The same tags once the rollout was rolled back. The first cause stays: what repeats a rollback does not explain it, unless it
     * is the first that blames the revision.
     */
    public RuleTags nowTakenBack(Cause cause) {
        return new RuleTags(
                rollout,
                blue,
                takenBack
                        .filter(first -> first.blamesRevision() || !cause.blamesRevision())
                        .or(() -> Optional.of(cause)));
    }

    /** What the revision of a rollout that was taken back is blamed for, although it was never quarantined for it. */
    public Optional<Cause> blame(Rollout rollout) {
        return rollout.mayBeBlamed() ? takenBack(rollout.id()).filter(Cause::blamesRevision) : Optional.empty();
    }

    /** The same tags once blue is retired: nothing to go back to. */
    public RuleTags withoutBlue() {
        return new RuleTags(rollout, Optional.empty(), takenBack);
    }

    /** Why this rollout was rolled back, if the rule says that it was. */
    public Optional<Cause> takenBack(RolloutId id) {
        return takenBack.filter(cause -> rollout.equals(Optional.of(id)));
    }
}
