package dev.greenlight.sandbox.cloudformation;

import dev.greenlight.sandbox.Sandbox;
import java.util.HashMap;
import java.util.Map;

/** The types that a sandbox gives life to by itself; functions, tables and pipelines need somebody who knows what is in them. */
public final class SandboxKinds {

    private SandboxKinds() {}

    /**
     * The kinds of a sandbox that has been given no landscape.
     *
     * @param balancer what the load balancer is called, which the template leaves to CloudFormation
     */
    public static Map<String, ResourceKind> of(Sandbox sandbox, String balancer) {
        Map<String, ResourceKind> kinds = new HashMap<>();
        kinds.putAll(new BalancerKinds(sandbox.world(), balancer).kinds());
        kinds.putAll(new FleetKinds(sandbox.world()).kinds());
        kinds.putAll(
                new CallingKinds(sandbox.deployments(), sandbox.bus(), sandbox.schedules(), sandbox.lambda()).kinds());
        return kinds;
    }
}
