package dev.greenlight.cli.simulate;

import dev.greenlight.cli.simulate.Sight.Side;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Aftercare;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.sandbox.world.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Whoever deploys to a fleet or makes it smaller: rule 2, and rule 11's cap on what one call removes. */
final class FleetRulings {

    private final Rulings rulings;
    private final Duration drain;
    private final Map<FleetName, Instant> leftAt = new EnumMap<>(FleetName.class);
    private final Map<String, Integer> removed = new HashMap<>();

    FleetRulings(Rulings rulings, Duration drain) {
        this.rulings = rulings;
        this.drain = drain;
    }

    /** Traffic may have left a fleet, whoever moved it; where nothing could serve it, no request is left. */
    void moved(Sight before, Sight now) {
        for (FleetName fleet : FleetName.values()) {
            boolean served =
                    before.side(fleet).weight() > 0 && before.side(fleet).count(TargetState.HEALTHY) > 0;
            if (served && now.side(fleet).weight() == 0) {
                leftAt.put(fleet, now.at());
            }
        }
    }

    void judge(Written write) {
        for (FleetName fleet : FleetName.values()) {
            if (write.concerns(fleet)) {
                deployed(write, fleet);
                int fewer = write.before().side(fleet).desired()
                        - write.now().side(fleet).desired();
                if (fewer > 0) {
                    shrunk(write, fleet, fewer);
                }
            }
        }
    }

    private void deployed(Written write, FleetName fleet) {
        Side side = write.now().side(fleet);
        if (write.call().operation().equals("CreateDeployment")) {
            rulings.holds(
                    2,
                    side.weight() == 0 && !stillDraining(write.now(), fleet),
                    write.call(),
                    () -> "deployed to a fleet with users on it: " + side);
        }
    }

    private void shrunk(Written write, FleetName fleet, int fewer) {
        Sight now = write.now();
        Side side = now.side(fleet);
        int inAll = removed.merge(write.call().invocation(), fewer, Integer::sum);
        rulings.holds(
                11, inAll <= Aftercare.SLICE, write.call(), () -> "%d instances removed by one call".formatted(inAll));
        rulings.holds(
                2,
                side.weight() == 0 && !stillDraining(now, fleet),
                write.call(),
                () -> "shrunk while requests reach it: " + side);
        boolean blue = now.latest().flatMap(Rollout::blue).equals(Optional.of(fleet));
        Phase phase = now.latest().map(Rollout::phase).orElse(Phase.RETIRED);
        boolean stillNeeded = phase.isOpen()
                || phase == Phase.PROMOTED
                        && side.desired() < now.side(fleet.other()).inService();
        rulings.holds(
                2, !(blue && stillNeeded), write.call(), () -> "blue was shrunk while %s: %s".formatted(phase, side));
    }

    private boolean stillDraining(Sight now, FleetName fleet) {
        Instant left = leftAt.get(fleet);
        return left != null && now.at().isBefore(left.plus(drain));
    }
}
