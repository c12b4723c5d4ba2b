package dev.greenlight.port;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.rollout.Route;
import dev.greenlight.domain.rollout.RuleTags;
import dev.greenlight.domain.traffic.Routing;

/** The load balancer: everything that a rollback needs, and nothing that anyone else could withhold. */
public interface TrafficRouter {

    /** Reads the production rule and its tags. */
    Route route();

    /** Reads the health of a fleet's targets. */
    Targets targets(FleetName fleet);

    /** Reads the health of one instance in a fleet; {@link Targets#NONE} where it is not registered. */
    Targets targets(FleetName fleet, String instance);

    /**
     * Writes the production rule in one call, the whole list of groups and their stickiness at once, and again where AWS did not
     * do it: a way back is right however late it comes.
     *
     * @param to {@code Weighted} or {@code Closed}
     */
    void write(Routing to);

    /**
     * Writes the same in one try. What moves traffic forward stands on what was read just before it, which a second try would
     * no longer be: whether a try without an answer arrived is for the next reading to say.
     *
     * @param to {@code Weighted}, {@code Audience} or {@code Closed}
     */
    void shift(Routing to);

    /** Replaces what the rule remembers. */
    void tag(RuleTags tags);
}
