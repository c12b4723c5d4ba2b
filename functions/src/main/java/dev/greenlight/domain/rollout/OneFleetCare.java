package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Decides how a rollout in place is taken back: what the fleet ran before is deployed to it again, until that is proven on every
 * instance. A pure function, as all of the domain; the routing plays no part in it.
 */
final class OneFleetCare {

    /** So long all instances are waited for, where as many as are there have to stay. */
    static final Duration WHOLE = Duration.ofMinutes(10);

    private OneFleetCare() {}

    /** What is next for one that was taken back; empty once its fleet runs again what it ran before. */
    static Optional<Care> next(Rollout rollout, Observation seen, Instant now) {
        return rollout.restoration()
                .map(back -> Aftercare.misset(rollout, seen.fleet(rollout.green()))
                        .orElseGet(() -> restoring(back, rollout, seen, now)));
    }

    private static Care restoring(Restoration back, Rollout rollout, Observation seen, Instant now) {
        if (rollout.roles().former().isEmpty()) {
            return new Care.EndRestoration(false, "nobody knows what was there before");
        }
        if (back.deployment().isEmpty()) {
            Optional<Care> missing = waitsForTheMissing(back, rollout, seen, now);
            if (missing.isPresent()) {
                return missing.get();
            }
            return new Care.Restore("%s goes onto fleet %s again, try %d%s"
                    .formatted(
                            rollout.former(),
                            rollout.green(),
                            back.attempt(),
                            back.goesToAllAtOnce() ? ", to all instances at once" : ""));
        }
        Optional<Installation> installation = seen.installation();
        if (installation.isEmpty()) {
            return new Care.Rest("%s is on its way back onto fleet %s".formatted(rollout.former(), rollout.green()));
        }
        return switch (installation.get()) {
            case Installation.NotStarted none -> new Care.RestoreAgain(back.again(), "its deployment is gone");
            case Installation.Running running -> new Care.Rest(running.detail());
            case Installation.Stopped stopped -> again(back, back.again(), stopped.detail());
            case Installation.Failed failed -> again(back, back.again(), failed.detail());
            case Installation.Refused refused -> again(back, back.againAfterRefusal(), refused.detail());
            case Installation.Succeeded done -> proven(done, rollout, seen, now);
        };
    }

    /** A deployment was refused because too few serve: Auto Scaling is replacing them, or has them launched. */
    private static Optional<Care> waitsForTheMissing(Restoration back, Rollout rollout, Observation seen, Instant now) {
        long inService = seen.fleet(rollout.green()).inService();
        int wanted = rollout.sizing().green();
        Instant until = rollout.progress().phaseSince().plus(WHOLE);
        return back.refused() > 0 && inService < wanted && now.isBefore(until)
                ? Optional.of(new Care.Rest(
                        "%d of %d instances of fleet %s are in service, so few that none may go: they are waited for until %s"
                                .formatted(inService, wanted, rollout.green(), RolloutPolicy.seconds(until))))
                : Optional.empty();
    }

    private static Care again(Restoration back, Restoration next, String why) {
        return back.attempt() < OneFleet.TRIES
                ? new Care.RestoreAgain(next, why)
                : new Care.EndRestoration(
                        false,
                        "%d deployments came to nothing, a person has to see why: %s".formatted(back.attempt(), why));
    }

    private static Care proven(Installation.Succeeded done, Rollout rollout, Observation seen, Instant now) {
        FleetState fleet = seen.fleet(rollout.green());
        long on =
                fleet.inServiceIds().stream().filter(done.instances()::contains).count();
        if (on == 0 || on < fleet.inService()) {
            return new Care.Rest("%s is on %d of %d instances of fleet %s again"
                    .formatted(rollout.former(), on, fleet.inService(), fleet.name()));
        }
        // A call that read the record before it was closed may yet deploy what was taken back: only after it is
        // anything
        // proven.
        Instant alone = rollout.progress().phaseSince().plus(Aftercare.AT_WORK);
        return now.isBefore(alone)
                ? new Care.Rest("%s is back on all instances; a call from before may be at work until %s"
                        .formatted(rollout.former(), alone.truncatedTo(ChronoUnit.SECONDS)))
                : new Care.EndRestoration(true, "%s is on all %d instances again".formatted(rollout.former(), on));
    }
}
