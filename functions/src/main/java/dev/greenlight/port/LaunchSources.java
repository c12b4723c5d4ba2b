package dev.greenlight.port;

import dev.greenlight.domain.fleet.LaunchSource;
import java.util.Optional;

/** What any Auto Scaling group launches from, for the one who tells CloudFormation. */
public interface LaunchSources {

    /** What the group with that name launches from now; empty if there is no such group. */
    Optional<LaunchSource> of(String group);
}
