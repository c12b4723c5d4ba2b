package dev.greenlight.domain.rollout;

import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.traffic.ShadowRoute;
import java.util.List;
import java.util.Optional;

/**
 * What one call saw of the world, all of it read in that call.
 *
 * @param installation present while the rollout installs
 * @param verdicts the checks of this moment; empty where the phase has none
 * @param launchTrouble why the latest launches of green failed, if they did
 * @param launching what green launches from; present while the rollout prepares and installs
 * @param requests what was counted since traffic left a fleet; empty where nobody asked
 * @param shadow what the shadow rule does; empty where nobody asked
 * @param compared what an A/B test came to; empty until its time is over and its last minute counted
 */
public record Observation(
        Route route,
        FleetState a,
        FleetState b,
        Optional<Installation> installation,
        List<Verdict> verdicts,
        Optional<String> launchTrouble,
        Optional<Launching> launching,
        Optional<Requests> requests,
        Optional<ShadowRoute> shadow,
        List<Verdict> compared) {

    public Observation {
        verdicts = List.copyOf(verdicts);
        compared = List.copyOf(compared);
    }

    /** What every observation begins with: the rule and both fleets. */
    public static Observation of(Route route, FleetState a, FleetState b) {
        return new Observation(
                route,
                a,
                b,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    public FleetState fleet(FleetName name) {
        return name == FleetName.A ? a : b;
    }

    public Observation with(Installation found) {
        return new Observation(
                route, a, b, Optional.of(found), verdicts, launchTrouble, launching, requests, shadow, compared);
    }

    public Observation with(List<Verdict> found) {
        return new Observation(route, a, b, installation, found, launchTrouble, launching, requests, shadow, compared);
    }

    public Observation withLaunchTrouble(Optional<String> found) {
        return new Observation(route, a, b, installation, verdicts, found, launching, requests, shadow, compared);
    }

    public Observation with(Launching found) {
        return new Observation(
                route, a, b, installation, verdicts, launchTrouble, Optional.of(found), requests, shadow, compared);
    }

    public Observation with(Requests found) {
        return new Observation(
                route, a, b, installation, verdicts, launchTrouble, launching, Optional.of(found), shadow, compared);
    }

    public Observation with(ShadowRoute found) {
        return new Observation(
                route, a, b, installation, verdicts, launchTrouble, launching, requests, Optional.of(found), compared);
    }

    public Observation withComparison(List<Verdict> found) {
        return new Observation(route, a, b, installation, verdicts, launchTrouble, launching, requests, shadow, found);
    }
}
