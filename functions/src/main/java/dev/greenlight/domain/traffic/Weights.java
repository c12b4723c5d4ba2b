package dev.greenlight.domain.traffic;

import dev.greenlight.domain.fleet.FleetName;

/**
 * The share of requests that each fleet is given, in percent.
 *
 * @throws IllegalArgumentException unless both are at least 0 and their sum is 100
 */
public record Weights(int a, int b) {

    public Weights {
        if (a < 0 || b < 0 || a + b != 100) {
            throw new IllegalArgumentException(
                    "weights must be percentages that sum to 100: A %d, B %d".formatted(a, b));
        }
    }

    /** Everything to one fleet. */
    public static Weights full(FleetName fleet) {
        return share(fleet, 100);
    }

    /** {@code percent} to one fleet, the rest to the other. */
    public static Weights share(FleetName fleet, int percent) {
        return fleet == FleetName.A ? new Weights(percent, 100 - percent) : new Weights(100 - percent, percent);
    }

    public int of(FleetName fleet) {
        return fleet == FleetName.A ? a : b;
    }

    @Override
    public String toString() {
        return "A %d%% B %d%%".formatted(a, b);
    }
}
