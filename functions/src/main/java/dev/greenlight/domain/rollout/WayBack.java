package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.traffic.Routing;
import java.util.Optional;

/** Whether and how all traffic can be put on blue, decided from the load balancer alone. */
public sealed interface WayBack {

    /** One write takes it back. */
    record Write(Routing to) implements WayBack {}

    /** Nothing of green's is routed: there is nothing to write. */
    record AlreadyThere(String reason) implements WayBack {}

    /** Going back would be worse than staying. */
    record Refused(String reason) implements WayBack {}

    /**
     * Decides from what one call read.
     *
     * @param blue the fleet to go back to, as the rollout or the rule's tags name it
     * @param blueTargets health of that fleet's targets; ignored where {@code blue} is empty
     * @param otherTargets health of the fleet that it would replace
     */
    static WayBack decide(Optional<FleetName> blue, Routing live, Targets blueTargets, Targets otherTargets) {
        if (blue.isEmpty()) {
            return live instanceof Routing.Closed
                    ? new AlreadyThere("the rule routes to nobody")
                    : new Refused("nothing is blue: there is no way back");
        }
        FleetName to = blue.get();
        if (live.equals(Routing.full(to))) {
            return new AlreadyThere("all traffic is on fleet " + to);
        }
        boolean betterThanNobody = live instanceof Routing.Closed && blueTargets.healthy() > 0;
        if (betterThanNobody || blueTargets.noWorseThan(otherTargets)) {
            return new Write(Routing.full(to));
        }
        return live.isFull(to)
                ? new AlreadyThere("all traffic is on fleet %s, but for clients that stick".formatted(to))
                : new Refused("fleet %s (%s) is worse than fleet %s (%s)"
                        .formatted(to, blueTargets, to.other(), otherTargets));
    }
}
