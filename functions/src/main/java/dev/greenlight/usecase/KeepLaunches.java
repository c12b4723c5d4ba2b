package dev.greenlight.usecase;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.rollout.Event;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.port.Fleets;
import dev.greenlight.port.Journal;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Puts back what a fleet that serves, or that is kept to serve again, is launched from, where anything but a rollout gave its
 * group another version of the same launch template. CloudFormation may: it writes every property of a group whenever one of
 * them changes, and which values it takes when it goes back after a failed update is documented nowhere.
 *
 * <p>A group that launches from another template, or from none, is somebody's decision, and left alone.
 */
final class KeepLaunches {

    private final Ports ports;
    private final InstantSource clock;

    KeepLaunches(Ports ports, InstantSource clock) {
        this.ports = ports;
        this.clock = clock;
    }

    /** Looks at both fleets of the latest rollout. */
    void look(Rollout latest) {
        Rollout rollout = latest;
        Map<FleetName, Fleets.Group> groups = ports.fleets().groups();
        for (FleetName fleet : FleetName.values()) {
            Optional<LaunchSource.Template> due = due(rollout, fleet, groups.get(fleet));
            if (due.isPresent()) {
                Optional<Rollout> told =
                        putBack(rollout, fleet, groups.get(fleet).source(), due.get());
                if (told.isEmpty()) {
                    return;
                }
                rollout = told.get();
            }
        }
    }

    private static Optional<LaunchSource.Template> due(Rollout rollout, FleetName fleet, Fleets.Group group) {
        return rollout.keeps(fleet)
                .filter(kept -> Observe.templateOf(group)
                        .filter(live -> live.id().equals(kept.id()) && !live.equals(kept))
                        .isPresent());
    }

    /** The record first: it is the fence, and a rollout that has begun meanwhile may have given this fleet another version. */
    private Optional<Rollout> putBack(
            Rollout rollout, FleetName fleet, LaunchSource found, LaunchSource.Template kept) {
        String reason = "fleet %s: %s, not %s, which no rollout gave it".formatted(fleet, kept, found);
        Rollout told = told(rollout, reason);
        if (!ports.store().commit(told)) {
            return Optional.empty();
        }
        ports.fleets().launchFrom(fleet, kept);
        ports.journal()
                .tell(new Journal.Entry(
                        Optional.of(rollout.id()), "launch from", reason, Optional.of(rollout.green()), "0", ""));
        return Optional.of(told.stored());
    }

    /** Once in a row: what is refused each minute would drive the rollout's own events out of its history. */
    private Rollout told(Rollout rollout, String reason) {
        String what = "puts a launch version back";
        Event last = rollout.history().getLast();
        return last.what().equals(what) && last.why().equals(reason)
                ? rollout
                : rollout.tell(clock.instant(), what, reason);
    }
}
