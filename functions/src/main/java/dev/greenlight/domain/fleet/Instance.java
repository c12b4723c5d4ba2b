package dev.greenlight.domain.fleet;

import java.util.Optional;

/**
 * One instance of a fleet.
 *
 * @param id its EC2 id
 * @param inService whether its Auto Scaling group counts it as in service
 * @param launching whether it was launched and has not been in service yet
 * @param zone its Availability Zone; empty where nobody asked
 * @param origin the launch template and the version's number that it was launched from; empty where it was none
 */
public record Instance(
        String id, boolean inService, boolean launching, String zone, Optional<LaunchSource.Template> origin) {

    /** One whose zone does not matter. */
    public Instance(String id, boolean inService, boolean launching, Optional<LaunchSource.Template> origin) {
        this(id, inService, launching, "", origin);
    }
}
