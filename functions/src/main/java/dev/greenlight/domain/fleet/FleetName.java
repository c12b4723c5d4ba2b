package dev.greenlight.domain.fleet;

/** The permanent name of one of a service's two fleets. Blue and green are roles that these two take in turn, never names. */
public enum FleetName {
    A,
    B;

    public FleetName other() {
        return this == A ? B : A;
    }
}
