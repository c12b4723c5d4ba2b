package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.LaunchSource;
import java.util.List;
import java.util.Optional;

/**
 * What green launches from, and whether that is what it should.
 *
 * @param from what its group launches from now
 * @param newest what it should launch from: the newest version of its launch template while the rollout prepares, and what its
 *     group says from then on; empty for a group that has none of its own
 * @param outdated the ids of the instances that were launched from anything else
 */
public record Launching(LaunchSource from, Optional<LaunchSource.Template> newest, List<String> outdated) {

    public Launching {
        outdated = List.copyOf(outdated);
    }

    /** The version that green is to be given; empty where it has it, or has none. */
    public Optional<LaunchSource.Template> due() {
        return newest.filter(template -> !template.equals(from));
    }

    @Override
    public String toString() {
        return newest.isPresent() ? "launched from " + from : "launched from %s, which is left alone".formatted(from);
    }
}
