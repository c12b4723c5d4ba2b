package dev.greenlight.domain.rollout;

import dev.greenlight.domain.check.Check;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.strategy.Strategy;
import java.time.Duration;
import java.util.List;

/**
 * What a service's settings say about its rollouts.
 *
 * @param firstSize instances of a first release, where there is no blue to size green from
 * @param replaceWarm whether a release may take a fleet that is still warm; otherwise it is refused until blue's time is up
 * @param cooldown how long no rollout begins after traffic was taken back from users; zero for not at all
 * @param drain how long requests may run on after traffic has left a fleet: its deregistration delay
 * @param beforeTraffic checks of green before users reach it
 * @param underTraffic checks of green while users are on it
 * @param alarms names of the alarms whose firing takes a rollout back
 * @param hookFleet the side that CodeDeploy's own hooks are asked about, where CodeDeploy moves the traffic
 */
public record Terms(
        String service,
        Strategy strategy,
        Pace pace,
        int firstSize,
        boolean replaceWarm,
        Duration cooldown,
        Duration drain,
        List<Check> beforeTraffic,
        List<Check> underTraffic,
        List<String> alarms,
        FleetName hookFleet) {

    public Terms {
        beforeTraffic = List.copyOf(beforeTraffic);
        underTraffic = List.copyOf(underTraffic);
        alarms = List.copyOf(alarms);
    }
}
