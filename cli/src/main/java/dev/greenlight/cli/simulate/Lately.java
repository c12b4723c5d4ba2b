package dev.greenlight.cli.simulate;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.sandbox.world.TargetState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** What the load balancer was like in the last moments, for those who read it late. */
final class Lately {

    private final Duration lag;
    private final Deque<Sight> seen = new ArrayDeque<>();

    /** @param lag by how much reads lag behind what is true */
    Lately(Duration lag) {
        this.lag = lag;
    }

    boolean lags() {
        return !lag.isZero();
    }

    void look(Sight now) {
        if (!lags()) {
            return;
        }
        seen.addLast(now);
        // The youngest one that is old enough stays: what was true at the lag's beginning is what it shows.
        while (seen.size() > 1 && !second().at().isAfter(now.at().minus(lag))) {
            seen.removeFirst();
        }
    }

    private Sight second() {
        return seen.stream().skip(1).findFirst().orElseThrow();
    }

    /** Whether whoever reads late reads what is true now. */
    boolean steady(Sight now) {
        return seen.stream().allMatch(sight -> routing(sight).equals(routing(now)));
    }

    private static List<Object> routing(Sight sight) {
        return Stream.of(FleetName.values())
                .map(sight::side)
                .<Object>flatMap(side -> Stream.of(
                        side.weight(), side.some(), side.count(TargetState.HEALTHY), side.count(TargetState.UNHEALTHY)))
                .toList();
    }
}
