package dev.greenlight.port;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.RolloutId;
import java.util.Optional;

/** Where decisions are told: one structured line and one metric each. */
public interface Journal {

    /**
     * A decision that was taken.
     *
     * @param decision a short word or two for what was decided: hold, shift, promote, roll back, reject, retire, refuse, release quarantine and the like
     * @param routing what the production rule showed when it was taken
     */
    record Entry(
            Optional<RolloutId> rollout,
            String decision,
            String reason,
            Optional<FleetName> green,
            String step,
            String routing) {}

    void tell(Entry entry);
}
