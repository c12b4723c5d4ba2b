package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.fleet.ScalingPlan;
import java.util.Optional;

/**
 * Sees to it that green is launched from the newest version of its launch template, before its first instance counts. Green
 * serves nobody while a rollout prepares, so what an older version launched, where green was still warm, may leave for it.
 */
final class Renewal {

    private Renewal() {}

    /** The one thing to do for it now; empty where there is none, or nothing but to wait. */
    static Optional<Decision> due(Rollout rollout, Observation seen) {
        return launching(rollout, seen)
                .flatMap(launching -> launching
                        .due()
                        .<Decision>map(version -> new Decision.LaunchFrom(rollout.green(), version))
                        .or(() -> smaller(rollout, launching, seen.fleet(rollout.green()))));
    }

    /** What green waits for before it launches anew; empty if nothing outdated is left. */
    static Optional<String> leaving(Rollout rollout, Observation seen) {
        return launching(rollout, seen)
                .filter(launching -> !launching.outdated().isEmpty())
                .map(launching -> "%d instances of fleet %s leave, which were not %s"
                        .formatted(launching.outdated().size(), rollout.green(), launching));
    }

    /**
     * Why green cannot be trusted to be of one make any more: its group was given another version after its first instance had
     * been launched, by a hand, or by a stack update that had asked for the version just before.
     */
    static Optional<String> mixed(Rollout rollout, Observation seen) {
        return seen.launching()
                .filter(launching -> !launching.outdated().isEmpty())
                .map(launching -> "fleet %s has %d instances that were not %s: somebody changed its group meanwhile"
                        .formatted(rollout.green(), launching.outdated().size(), launching));
    }

    private static Optional<Launching> launching(Rollout rollout, Observation seen) {
        return seen.launching().filter(known -> rollout.phase() == Phase.PREPARING);
    }

    /** One slice less. The next one need not wait until this one has left: nobody is served here. */
    private static Optional<Decision> smaller(Rollout rollout, Launching launching, FleetState green) {
        int now = green.scaling().desired();
        boolean running = green.inServiceIds().stream().anyMatch(launching.outdated()::contains);
        if (now == 0 || !running) {
            return Optional.empty();
        }
        int size = Math.max(0, now - Aftercare.SLICE);
        ScalingPlan plan = Pins.plan(rollout, green.name()).orElseThrow().sized(size);
        String reason = "fleet %s to %d instances: %d were not %s"
                .formatted(green.name(), size, launching.outdated().size(), launching);
        return Optional.of(new Decision.Leave(green.name(), plan, reason));
    }
}
