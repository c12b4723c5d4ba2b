package dev.greenlight.adapter;

import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.sandbox.Landscape;
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.Setup;
import dev.greenlight.sandbox.Site;
import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.codedeploy.ModelledScripts;
import dev.greenlight.sandbox.codedeploy.ScriptRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A sandbox on a ticked clock in which fleet A serves, and its fleets as the adapters know them. */
public final class SandboxFleets implements AutoCloseable {

    public static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

    private final SandboxClock clock = SandboxClock.ticked(START);
    private final Sandbox sandbox;

    private SandboxFleets(Landscape landscape, ScriptRunner scripts) {
        this.sandbox = Sandbox.of(landscape, clock, Setup.modelled(clock).withScripts(scripts));
    }

    public static SandboxFleets serving(int instances) {
        return serving(instances, new ModelledScripts());
    }

    public static SandboxFleets serving(int instances, ScriptRunner scripts) {
        return new SandboxFleets(Landscape.serving("checkout", "v1", instances), scripts);
    }

    public static SandboxFleets beforeFirstRelease() {
        return new SandboxFleets(Landscape.beforeFirstRelease("checkout"), new ModelledScripts());
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public Site site() {
        return sandbox.site();
    }

    public Fleet a() {
        return fleet(FleetName.A, site().a());
    }

    public Fleet b() {
        return fleet(FleetName.B, site().b());
    }

    private static Fleet fleet(FleetName name, Site.Fleet built) {
        return new Fleet(
                name, built.autoScalingGroup(), built.targetGroupArn(), built.autoScalingGroup(), Optional.empty());
    }

    /** Lets time pass, and remembers that a retry asked for it. */
    public Aws aws() {
        return new Aws(clock::advance);
    }

    public SandboxClock clock() {
        return clock;
    }

    public void pass(Duration time) {
        clock.advance(time);
    }

    /** How often the operation was called, {@code "ModifyRule"}. */
    public long calls(String operation) {
        return sandbox.calls().all().stream()
                .filter(call -> call.operation().equals(operation))
                .count();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
