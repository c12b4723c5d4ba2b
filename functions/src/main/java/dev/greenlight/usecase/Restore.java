package dev.greenlight.usecase;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.rollout.Aftercare;
import dev.greenlight.domain.rollout.Former;
import dev.greenlight.domain.rollout.Restoration;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.port.Fleets;
import dev.greenlight.port.Installer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Begins to bring back what a fleet ran before a rollout on one fleet. What one call leaves undone, the next one adopts. */
final class Restore {

    private final Ports ports;

    Restore(Ports ports) {
        this.ports = ports;
    }

    /**
     * Starts the deployment that is due, unless the group is busy or nothing had been installed.
     *
     * @return the rollout as it is stored now
     */
    Rollout begin(Rollout closed, Instant now) {
        Restoration due = closed.restoration().orElseThrow();
        Optional<Former> former = closed.roles().former();
        if (former.isEmpty() || due.deployment().isPresent()) {
            return closed;
        }
        Instant began = closed.history().getFirst().at();
        if (due.attempt() == 1
                && closed.progress().deployment().isEmpty()
                && ports.installer().begun(closed.green(), closed.id(), began).isEmpty()) {
            return nothingInstalled(closed, now);
        }
        pin(closed);
        RevisionLocation location =
                new RevisionLocation(former.get().bucket(), former.get().key());
        Installer.Started started = ports.installer().restore(closed.green(), location, closed.id(), due, began);
        return switch (started) {
            case Installer.Started.By by -> told(closed, closed.restoringBy(by.deployment(), now));
            // What was taken back is stopping still, or CodeDeploy brings a new instance up to date.
            case Installer.Started.Busy busy -> closed;
        };
    }

    /** Of one that is settled nothing is pinned: what is seen now is what is to be given back. */
    Rollout foundAnew(Rollout rollout) {
        if (!rollout.outlivesItsSettling() || !rollout.settled()) {
            return rollout;
        }
        Map<FleetName, Fleets.Group> groups = ports.fleets().groups();
        Fleets.Group serving = groups.get(rollout.green());
        return rollout.foundAnew(
                Math.max(atLeast(rollout), serving.scaling().desired()),
                groups.get(FleetName.A).scaling(),
                groups.get(FleetName.B).scaling());
    }

    /** Of a single instance none may go: what goes back zone by zone has as many as it came with. */
    private static int atLeast(Rollout rollout) {
        return rollout.rolling().isPresent() ? rollout.sizing().green() : 1;
    }

    /** What was promoted is pinned no more; which processes are to rest is left to Sweep, whom a person's call does not wait for. */
    private void pin(Rollout closed) {
        FleetName fleet = closed.green();
        Scaling now = ports.fleets().groups().get(fleet).scaling();
        int size = closed.sizing().green();
        if (now.minimum() < size) {
            ports.fleets().apply(fleet, ScalingPlan.pinned(size, now, now.suspended()), now);
        }
    }

    /** A call that read the record before it was closed may be about to install it: only after it is that sure. */
    private Rollout nothingInstalled(Rollout closed, Instant now) {
        boolean sure = !now.isBefore(closed.progress().phaseSince().plus(Aftercare.AT_WORK));
        return sure ? told(closed, closed.endRestoration(true, now, "nothing had been installed")) : closed;
    }

    private Rollout told(Rollout before, Rollout now) {
        return ports.store().commit(now) ? now.stored() : before;
    }
}
