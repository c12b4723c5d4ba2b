package dev.greenlight.usecase;

import dev.greenlight.port.Appointments;
import dev.greenlight.port.Fleets;
import dev.greenlight.port.Installer;
import dev.greenlight.port.Journal;
import dev.greenlight.port.Metrics;
import dev.greenlight.port.RolloutStore;
import dev.greenlight.port.ShadowRule;
import dev.greenlight.port.SmokeProbe;
import dev.greenlight.port.TrafficRouter;

/**
 * The world as the use cases see it. Each port is made when it is first asked for, so that a call pays only for what it
 * needs: a rollback loads what talks to Auto Scaling only after traffic has moved.
 */
public interface Ports {

    RolloutStore store();

    TrafficRouter router();

    ShadowRule shadow();

    Fleets fleets();

    Installer installer();

    Metrics metrics();

    SmokeProbe probe();

    Appointments appointments();

    Journal journal();

    /** How long work may take that may hang, and on which thread. */
    Within within();
}
