package dev.greenlight.cli.simulate;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.rollout.Route;
import dev.greenlight.domain.rollout.RuleTags;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.TrafficRouter;

/** A router that does what the deployed one does, where a mutant does not override it. */
abstract class AlteredRouter implements TrafficRouter {

    final TrafficRouter deployed;

    AlteredRouter(TrafficRouter deployed) {
        this.deployed = deployed;
    }

    @Override
    public Route route() {
        return deployed.route();
    }

    @Override
    public Targets targets(FleetName fleet) {
        return deployed.targets(fleet);
    }

    @Override
    public Targets targets(FleetName fleet, String instance) {
        return deployed.targets(fleet, instance);
    }

    @Override
    public void write(Routing to) {
        deployed.write(to);
    }

    @Override
    public void shift(Routing to) {
        deployed.shift(to);
    }

    @Override
    public void tag(RuleTags tags) {
        deployed.tag(tags);
    }
}
