package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.LaunchSource;
import java.util.Optional;

/**
 * Which versions of their launch templates the two fleets of a rollout have.
 *
 * @param blue what blue had when the rollout began
 * @param green what the rollout gave green; empty while it prepares
 */
public record Launches(Optional<LaunchSource.Template> blue, Optional<LaunchSource.Template> green) {

    /** Of a fleet that launches from anything but a launch template, and of a record that is older than this. */
    public static final Launches UNKNOWN = new Launches(Optional.empty(), Optional.empty());

    /** The same after the rollout gave green its version. */
    public Launches green(Optional<LaunchSource.Template> given) {
        return new Launches(blue, given);
    }
}
