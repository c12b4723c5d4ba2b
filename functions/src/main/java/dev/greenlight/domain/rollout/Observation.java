package dev.greenlight.domain.rollout;

import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.FleetState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one call saw of the world, all of it read in that call.
 *
 * @param installation present while the rollout installs
 * @param verdicts the checks of this moment; empty where the phase has none
 * @param launchTrouble why the latest launches of green failed, if they did
 * @param launching what green launches from; present while the rollout prepares and installs
 * @param strayRequests requests that lately reached the fleet that traffic has left; empty where nobody asked
 */
public record Observation(
        Route route,
        FleetState a,
        FleetState b,
        Optional<Installation> installation,
        List<Verdict> verdicts,
        Optional<String> launchTrouble,
        Optional<Launching> launching,
        OptionalLong strayRequests) {

    public Observation {
        verdicts = List.copyOf(verdicts);
    }

    /** What every observation begins with: the rule and both fleets. */
    public static Observation of(Route route, FleetState a, FleetState b) {
        return new Observation(
                route, a, b, Optional.empty(), List.of(), Optional.empty(), Optional.empty(), OptionalLong.empty());
    }

    public FleetState fleet(FleetName name) {
        return name == FleetName.A ? a : b;
    }

    public Observation with(Installation found) {
        return new Observation(route, a, b, Optional.of(found), verdicts, launchTrouble, launching, strayRequests);
    }

    public Observation with(List<Verdict> found) {
        return new Observation(route, a, b, installation, found, launchTrouble, launching, strayRequests);
    }

    public Observation withLaunchTrouble(Optional<String> found) {
        return new Observation(route, a, b, installation, verdicts, found, launching, strayRequests);
    }

    public Observation with(Launching found) {
        return new Observation(route, a, b, installation, verdicts, launchTrouble, Optional.of(found), strayRequests);
    }

    public Observation withStrayRequests(long found) {
        return new Observation(route, a, b, installation, verdicts, launchTrouble, launching, OptionalLong.of(found));
    }
}
