package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetName;
import java.util.Optional;

/**
 * Which fleet serves and which is about to.
 *
 * @param blue empty on a first release: nothing serves, and there is no way back
 */
public record Roles(Optional<FleetName> blue, FleetName green) {

    public Roles {
        if (blue.equals(Optional.of(green))) {
            throw new IllegalArgumentException("blue and green are two fleets, not both " + green);
        }
    }

    public static Roles firstRelease() {
        return new Roles(Optional.empty(), FleetName.A);
    }

    public static Roles replacing(FleetName blue) {
        return new Roles(Optional.of(blue), blue.other());
    }
}
