package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetName;
import java.util.Optional;

/**
 * Which fleet serves and which is about to.
 *
 * @param blue empty on a first release, where nothing serves and there is no way back, and on one fleet, where green serves itself
 * @param oneFleet present where green is the fleet that serves already
 */
public record Roles(Optional<FleetName> blue, FleetName green, Optional<OneFleet> oneFleet) {

    public Roles {
        if (blue.equals(Optional.of(green))) {
            throw new IllegalArgumentException("blue and green are two fleets, not both " + green);
        }
        if (blue.isPresent() && oneFleet.isPresent()) {
            throw new IllegalArgumentException("on one fleet there is no blue, not fleet " + blue.get());
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
    public static Roles onOne(FleetName serving, OneFleet fleet) {
        return new Roles(Optional.empty(), serving, Optional.of(fleet));
    }

    /** The fleet that serves when the rollout begins; empty on a first release. */
    public Optional<FleetName> serving() {
        return oneFleet.isPresent() ? Optional.of(green) : blue;
    }

    /** What the fleet that serves ran before, where the way back installs that again. */
    public Optional<Former> former() {
        return oneFleet.flatMap(OneFleet::former);
    }

    String wayBack() {
        return oneFleet.map(OneFleet::wayBack)
                .or(() -> blue.map(fleet -> "blue is fleet " + fleet))
                .orElse("first release, there is no way back");
    }
}
