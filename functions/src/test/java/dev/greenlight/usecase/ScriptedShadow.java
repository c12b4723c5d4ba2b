package dev.greenlight.usecase;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.traffic.ShadowRoute;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.ShadowRule;
import java.util.ArrayList;
import java.util.List;

/** A shadow rule that does what it is told, unless a story says otherwise. */
final class ScriptedShadow implements ShadowRule {

    private final List<ShadowRoute> writes = new ArrayList<>();
    private ShadowRoute live = new ShadowRoute.Closed();
    private boolean refuses;

    /** Somebody else's write. */
    void become(ShadowRoute route) {
        live = route;
    }

    void refuses(boolean all) {
        refuses = all;
    }

    List<ShadowRoute> writes() {
        return List.copyOf(writes);
    }

    @Override
    public ShadowRoute route() {
        return live;
    }

    @Override
    public void open(FleetName fleet) {
        write(new ShadowRoute.To(fleet));
    }

    @Override
    public void close() {
        write(new ShadowRoute.Closed());
    }

    private void write(ShadowRoute route) {
        if (refuses) {
            throw new CallFailed(CallFailed.Kind.THROTTLED, "elasticloadbalancing:ModifyRule", "Rate exceeded", null);
        }
        writes.add(route);
        live = route;
    }
}
