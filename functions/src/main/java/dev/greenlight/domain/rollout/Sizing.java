package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;

/**
 * How many instances the rollout keeps, and how both groups were set before it touched them.
 *
 * @param green instances that green needs to take blue's traffic
 * @param carrying instances of green that were there when it was last given users, without any that were still to come: what is lost
 *     is held against it
 * @param blue instances that blue is kept at: while it serves, and while it is warm
 * @param foundA fleet A's settings before any pin
 * @param foundB fleet B's settings before any pin
 */
public record Sizing(int green, int carrying, int blue, Scaling foundA, Scaling foundB) {

    public Sizing {
        if (green < 1 || blue < 0) {
            throw new IllegalArgumentException(
                    "green needs at least one instance: green %d, blue %d".formatted(green, blue));
        }
    }

    /** A rollout that begins. */
    public Sizing(int green, int blue, Scaling foundA, Scaling foundB) {
        this(green, green, blue, foundA, foundB);
    }

    public Scaling found(FleetName fleet) {
        return fleet == FleetName.A ? foundA : foundB;
    }

    Sizing withGreen(int size) {
        return new Sizing(size, carrying, blue, foundA, foundB);
    }

    Sizing carriedBy(int healthy) {
        return new Sizing(green, Math.min(green, healthy), blue, foundA, foundB);
    }

    Sizing withBlue(int size) {
        return new Sizing(green, carrying, size, foundA, foundB);
    }
}
