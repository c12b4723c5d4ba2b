package dev.greenlight.adapter.elb;

import dev.greenlight.adapter.SandboxFleets;
import dev.greenlight.counterpart.Ground;
import dev.greenlight.port.TrafficRulesContract;

class AlbTrafficRulesTest extends TrafficRulesContract {

    private final SandboxFleets world = SandboxFleets.serving(2);

    @Override
    protected Ground ground() {
        return world;
    }
}
