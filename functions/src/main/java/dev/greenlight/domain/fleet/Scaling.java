package dev.greenlight.domain.fleet;

import java.util.Set;

/**
 * What an Auto Scaling group is set to: its three sizes in instances, and which processes are suspended.
 *
 * @throws IllegalArgumentException unless {@code 0 <= minimum <= desired <= maximum}
 */
public record Scaling(int minimum, int desired, int maximum, Set<ScalingProcess> suspended) {

    public Scaling {
        if (minimum < 0 || desired < minimum || maximum < desired) {
            throw new IllegalArgumentException(
                    "sizes must rise: minimum %d, desired %d, maximum %d".formatted(minimum, desired, maximum));
        }
        suspended = Set.copyOf(suspended);
    }

    /** The same processes for a group that serves nobody: no minimum, no instances, the maximum kept. */
    public Scaling asleep() {
        return new Scaling(0, 0, maximum, suspended);
    }
}
