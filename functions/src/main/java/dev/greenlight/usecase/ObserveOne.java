package dev.greenlight.usecase;

import dev.greenlight.domain.check.Check;
import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Observation;
import dev.greenlight.domain.rollout.OneFleet;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Restoration;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutPolicy;
import dev.greenlight.domain.rollout.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sees what is to be known of a rollout on the fleet that serves. It is held against itself: what users meet since it was validated against
 * what they met before its installation began. The downtime in between was announced, and what it rings and counts is no verdict.
 */
final class ObserveOne {

    /** CloudWatch counts by it. */
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Ports ports;
    private final Terms terms;
    private final Examine examine;
    private final RolloutPolicy policy;

    ObserveOne(Ports ports, Terms terms) {
        this.ports = ports;
        this.terms = terms;
        this.examine = new Examine(ports);
        this.policy = new RolloutPolicy(terms.pace());
    }

    /** Adds to {@code base} what its phase decides on. */
    Observation open(Observation base, Rollout rollout, Instant now) {
        return switch (rollout.phase()) {
            case PREPARING, SHIFTING -> base;
            case INSTALLING -> base.with(Observe.installation(ports.installer(), base, rollout));
            case VALIDATING -> base.with(verdicts(terms.beforeTraffic(), base, rollout, now));
            case VERIFYING -> base.with(verdicts(terms.underTraffic(), base, rollout, now));
            case PROMOTED, RETIRED, ROLLED_BACK -> throw new IllegalArgumentException(rollout.phase() + " is not open");
        };
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

    private List<Verdict> verdicts(List<Check> checks, Observation base, Rollout rollout, Instant now) {
        boolean watched = rollout.phase() == Phase.VERIFYING;
        Instant validated = rollout.progress().phaseSince();
        Instant whole = validated.truncatedTo(ChronoUnit.MINUTES).plus(MINUTE);
        List<Verdict> verdicts = new ArrayList<>();
        List<Check> asked = new ArrayList<>();
        for (Check check : checks) {
            Instant from = check instanceof Check.Alarms ? validated.plus(OneFleet.ECHO) : whole.plus(MINUTE);
            boolean counts = check instanceof Check.Alarms
                    || check instanceof Check.ErrorShare
                    || check instanceof Check.Latency;
            if (counts && !(watched && !now.isBefore(from))) {
                verdicts.add(
                        Verdict.inconclusive(check.name(), "the downtime of the installation may still be counted"));
            } else {
                asked.add(check);
            }
        }
        verdicts.addAll(examine.examine(
                asked,
                new Examine.Subject(
                        base.fleet(rollout.green()),
                        Optional.empty(),
                        rollout.sizing().green(),
                        rollout.sizing().carrying(),
                        Optional.of(rollout.revision().name()),
                        watched ? Optional.of(whole) : Optional.empty(),
                        Optional.of(new Examine.Before(calmSince(rollout), rollout.usersSince())),
                        now,
                        !now.isBefore(policy.deadline(rollout)))));
        return verdicts;
    }

    /** The minute in which it was disturbed for the last time says nothing any more. */
    private static Instant calmSince(Rollout rollout) {
        return rollout.roles()
                .oneFleet()
                .flatMap(OneFleet::calmSince)
                .map(disturbed -> disturbed.truncatedTo(ChronoUnit.MINUTES).plus(MINUTE))
                .orElse(Instant.EPOCH);
    }
}
