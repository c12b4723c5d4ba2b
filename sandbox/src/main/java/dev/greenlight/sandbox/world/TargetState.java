package dev.greenlight.sandbox.world;

import java.util.Locale;

/** What DescribeTargetHealth says of a target (user guide, "Target health status"). */
public enum TargetState {
    /** Its group is in no rule, or it is not registered: nobody checks it. */
    UNUSED,
    /** Registered, and no check has passed yet. */
    INITIAL,
    HEALTHY,
    UNHEALTHY,
    /** Deregistered; finishes what it has, for the whole deregistration delay. */
    DRAINING;

    /** The name as the API gives it. */
    public String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
