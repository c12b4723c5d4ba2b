package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetName;
import java.util.Optional;

/**
 * Which fleet serves and which is about to.
 *
 * @param blue empty on a first release, where nothing serves and there is no way back, and in place, where green serves itself
 * @param inPlace present where green is the fleet that serves already
 */
public record Roles(Optional<FleetName> blue, FleetName green, Optional<InPlace> inPlace) {

    public Roles {
        if (blue.equals(Optional.of(green))) {
            throw new IllegalArgumentException("blue and green are two fleets, not both " + green);
        }
        if (blue.isPresent() && inPlace.isPresent()) {
            throw new IllegalArgumentException("in place there is no blue, not fleet " + blue.get());
        }
    }

    /** Two fleets, or the first release on one. */
    public Roles(Optional<FleetName> blue, FleetName green) {
        this(blue, green, Optional.empty());
    }

    public static Roles firstRelease() {
        return new Roles(Optional.empty(), FleetName.A);
    }

    public static Roles replacing(FleetName blue) {
        return new Roles(Optional.of(blue), blue.other());
    }

    /** The fleet that serves gets another revision. */
    public static Roles inPlace(FleetName serving, InPlace inPlace) {
        return new Roles(Optional.empty(), serving, Optional.of(inPlace));
    }

    String wayBack() {
        return inPlace.map(InPlace::wayBack)
                .or(() -> blue.map(fleet -> "blue is fleet " + fleet))
                .orElse("first release, there is no way back");
    }
}
