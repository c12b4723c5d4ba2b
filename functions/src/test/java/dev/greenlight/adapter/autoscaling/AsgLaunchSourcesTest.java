package dev.greenlight.adapter.autoscaling;

import dev.greenlight.adapter.SandboxFleets;
import dev.greenlight.counterpart.Ground;
import dev.greenlight.port.LaunchSourcesContract;

class AsgLaunchSourcesTest extends LaunchSourcesContract {

    private final SandboxFleets world = SandboxFleets.serving(2);

    @Override
    protected Ground ground() {
        return world;
    }
}
