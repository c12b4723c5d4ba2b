package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetName;
import java.util.Optional;

/**
 * What the production rule remembers by itself, so that a way back exists while the store does not answer.
 *
 * @param rollout the rollout that last prepared to move this rule's weights
 * @param blue the fleet that served when it did; empty on a first release and once blue is retired
 * @param takenBack whether that rollout was rolled back: it may never move weights again
 */
public record RuleTags(Optional<RolloutId> rollout, Optional<FleetName> blue, boolean takenBack) {

    public static final RuleTags NONE = new RuleTags(Optional.empty(), Optional.empty(), false);

    /** The tags of a rollout that is about to begin. */
    public static RuleTags begin(RolloutId rollout, Optional<FleetName> blue) {
        return new RuleTags(Optional.of(rollout), blue, false);
    }

    /** The same tags once the rollout was rolled back. */
    public RuleTags nowTakenBack() {
        return new RuleTags(rollout, blue, true);
    }

    /** The same tags once blue is retired: nothing to go back to. */
    public RuleTags withoutBlue() {
        return new RuleTags(rollout, Optional.empty(), takenBack);
    }

    public boolean saysTakenBack(RolloutId id) {
        return takenBack && rollout.equals(Optional.of(id));
    }
}
