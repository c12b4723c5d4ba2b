package dev.greenlight.port;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.traffic.ShadowRoute;

/** The load balancer's rule for copies of users' requests. It can do no user any harm, nor any good. */
public interface ShadowRule {

    /** Reads the rule. */
    ShadowRoute route();

    /** Sends all copies to a fleet from now on. */
    void open(FleetName fleet);

    /** Lets the rule answer copies by itself again. */
    void close();
}
