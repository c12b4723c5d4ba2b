package dev.greenlight.port;

import dev.greenlight.domain.check.Probe;
import dev.greenlight.domain.check.SmokeTest;
import dev.greenlight.domain.fleet.FleetName;

/** Asks a fleet apart from users, through its preview rule and with the service's real host name. */
public interface SmokeProbe {

    /** Sends one request, once, and waits no longer than the test's budget. */
    Probe ask(FleetName fleet, SmokeTest test);
}
