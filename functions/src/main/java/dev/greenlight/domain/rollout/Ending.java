package dev.greenlight.domain.rollout;

import java.util.Optional;

/**
 * How a rollout ended that did not go well.
 *
 * @param cause why it was taken back, or would have been
 * @param trafficMoved false for a rejected rollout: no user's request ever reached green
 * @param quarantined whether its revision was quarantined for it; a person may have released that since
 * @param cooled whether a person said that the next rollout need not wait for the cooldown's end
 * @param restoration present where green served itself and gets its former revision back
 */
public record Ending(
        Cause cause,
        String reason,
        boolean trafficMoved,
        boolean quarantined,
        boolean cooled,
        Optional<Restoration> restoration) {

    Ending(Cause cause, String reason, boolean trafficMoved) {
        this(cause, reason, trafficMoved, false, false, Optional.empty());
    }

    Ending met() {
        return new Ending(cause, reason, true, quarantined, cooled, restoration);
    }

    Ending blamed() {
        return new Ending(cause, reason, trafficMoved, true, cooled, restoration);
    }

    Ending released() {
        return new Ending(cause, reason, trafficMoved, quarantined, true, restoration);
    }

    Ending restoring(Restoration next) {
        return new Ending(cause, reason, trafficMoved, quarantined, cooled, Optional.of(next));
    }
}
