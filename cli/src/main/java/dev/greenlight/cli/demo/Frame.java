package dev.greenlight.cli.demo;

import dev.greenlight.cli.theatre.Told;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be seen at one moment while the demo runs.
 *
 * @param seconds wall seconds since the demo began
 * @param sandboxTime what the sandbox clock says
 * @param release name of the release under way
 * @param pipeline which action the pipeline is in, or that it is free
 * @param fleets A and B
 * @param routing the weights as they are set
 * @param seen share of the last second's requests by version, 0 to 1
 * @param sent requests of this release so far
 * @param failed how many of them failed
 * @param latest the latest decisions, oldest first
 */
public record Frame(
        double seconds,
        Instant sandboxTime,
        String release,
        String pipeline,
        List<FleetLine> fleets,
        String routing,
        Map<String, Double> seen,
        long sent,
        long failed,
        List<Told> latest) {

    public Frame {
        fleets = List.copyOf(fleets);
        latest = List.copyOf(latest);
    }

    /**
     * A fleet as it stands.
     *
     * @param role blue, green, warm or idle
     * @param version what is installed on it, if anything is
     */
    public record FleetLine(String fleet, String role, Optional<String> version, int healthy, int instances) {}
}
