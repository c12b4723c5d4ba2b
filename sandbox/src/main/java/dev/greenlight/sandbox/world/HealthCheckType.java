package dev.greenlight.sandbox.world;

/** Whom an Auto Scaling group believes when it looks for unhealthy instances. */
public enum HealthCheckType {
    /** EC2 only: an instance that does not run is unhealthy. */
    EC2,
    /** The load balancer as well: after the grace period, a target that is unhealthy is an instance that is unhealthy. */
    ELB
}
