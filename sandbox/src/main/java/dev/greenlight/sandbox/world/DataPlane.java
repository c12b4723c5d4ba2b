package dev.greenlight.sandbox.world;

/** What makes the instances of a world serve; never called while the world's lock is held. */
public interface DataPlane {

    /** The instance runs from now on; nothing is installed on it yet. */
    void booted(Instance instance);

    /** The instance is no more: after its draining, or at once when it died. Called once for each instance. */
    void gone(Instance instance);

    /** Checks the target once, as the load balancer does; answers within the check's timeout. */
    Health check(Instance instance, HealthCheck healthCheck);
}
