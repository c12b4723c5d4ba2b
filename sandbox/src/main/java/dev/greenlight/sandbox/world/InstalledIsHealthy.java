package dev.greenlight.sandbox.world;

/** The data plane of a world that was given none: what has a revision is healthy. */
final class InstalledIsHealthy implements DataPlane {

    @Override
    public void booted(Instance instance) {
        // Nothing serves here.
    }

    @Override
    public void gone(Instance instance) {
        // Nothing served here.
    }

    @Override
    public Health check(Instance instance, HealthCheck healthCheck) {
        return instance.revision().isPresent() ? Health.ok() : Health.unreachable();
    }
}
