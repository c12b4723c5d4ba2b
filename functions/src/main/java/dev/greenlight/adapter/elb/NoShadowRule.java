package dev.greenlight.adapter.elb;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.traffic.ShadowRoute;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.ShadowRule;

/** Where the installation has no shadow rule, or has it no more: nothing copies, and nothing can be made to. */
public final class NoShadowRule implements ShadowRule {

    @Override
    public ShadowRoute route() {
        return new ShadowRoute.Closed();
    }

    @Override
    public void open(FleetName fleet) {
        throw new CallFailed(
                CallFailed.Kind.INVALID, "the shadow rule", "this installation has none: GREENLIGHT_SHADOW_RULE", null);
    }

    @Override
    public void close() {
        // It is as closed as can be.
    }
}
