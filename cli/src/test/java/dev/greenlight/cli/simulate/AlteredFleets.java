package dev.greenlight.cli.simulate;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.port.Fleets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fleets that are set as by the deployed ones, where a mutant does not override it. */
abstract class AlteredFleets implements Fleets {

    final Fleets deployed;

    AlteredFleets(Fleets deployed) {
        this.deployed = deployed;
    }

    @Override
    public Map<FleetName, Group> groups() {
        return deployed.groups();
    }

    @Override
    public void apply(FleetName fleet, ScalingPlan plan, Scaling now) {
        deployed.apply(fleet, plan, now);
    }

    @Override
    public Optional<LaunchSource.Template> newest(FleetName fleet) {
        return deployed.newest(fleet);
    }

    @Override
    public void launchFrom(FleetName fleet, LaunchSource.Template version) {
        deployed.launchFrom(fleet, version);
    }

    @Override
    public Optional<String> launchTrouble(FleetName fleet, Instant since) {
        return deployed.launchTrouble(fleet, since);
    }

    @Override
    public Map<String, Optional<Boolean>> statusChecks(List<String> instanceIds) {
        return deployed.statusChecks(instanceIds);
    }
}
