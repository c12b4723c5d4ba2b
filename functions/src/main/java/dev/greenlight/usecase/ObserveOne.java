package dev.greenlight.usecase;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Installation;
import dev.greenlight.domain.rollout.Observation;
import dev.greenlight.domain.rollout.Restoration;
import dev.greenlight.domain.rollout.Rolling;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.Terms;
import java.time.Instant;
import java.util.Optional;

/**
 * Sees what is to be known of a rollout on the fleet that serves. It is held against itself: what users meet since it was validated against
 * what they met before its installation began. A downtime in between was announced, and what it rings and counts is no verdict.
 */
final class ObserveOne {

    private final Ports ports;
    private final Terms terms;
    private final AfterDowntime downtime;

    ObserveOne(Ports ports, Terms terms) {
        this.ports = ports;
        this.terms = terms;
        this.downtime = new AfterDowntime(ports, terms);
    }

    /** Adds to {@code base} what its phase decides on. */
    Observation open(Observation base, Rollout rollout, Instant now) {
        return switch (rollout.phase()) {
            case PREPARING, SHIFTING -> base;
            case INSTALLING ->
                rollout.rolling()
                        .map(rolling -> zoneByZone(base, rolling, rollout, now))
                        .orElseGet(() -> base.with(Observe.installation(ports.installer(), base, rollout)));
            case VALIDATING -> base.with(downtime.verdicts(terms.beforeTraffic(), base, rollout, now));
            case VERIFYING -> base.with(downtime.verdicts(terms.underTraffic(), base, rollout, now));
            case PROMOTED, RETIRED, ROLLED_BACK -> throw new IllegalArgumentException(rollout.phase() + " is not open");
        };
    }

    /** While it goes from zone to zone it is held to what counts and rings; what is drained is neither healthy nor to be asked. */
    private Observation zoneByZone(Observation base, Rolling rolling, Rollout rollout, Instant now) {
        Optional<String> deployment = rollout.progress().deployment();
        if (deployment.isEmpty()) {
            return base.with(new Installation.NotStarted());
        }
        Installation installation = ports.installer()
                .followByZone(
                        rollout.green(),
                        deployment.get(),
                        rollout.id(),
                        rollout.progress().phaseSince(),
                        base.fleet(rollout.green()).inServiceIds());
        return base.with(installation).with(downtime.meanwhile(terms.underTraffic(), base, rolling, rollout, now));
    }

    /** Adds how far the former revision has come back, where it is on its way. */
    Observation closed(Observation base, Rollout rollout) {
        FleetName fleet = rollout.green();
        return rollout.restoration()
                .flatMap(Restoration::deployment)
                .map(id -> base.with(ports.installer()
                        .followRestoring(fleet, id, base.fleet(fleet).inServiceIds())))
                .orElse(base);
    }
}
