package dev.greenlight.usecase;

import dev.greenlight.domain.check.Check;
import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.rollout.Observation;
import dev.greenlight.domain.rollout.OneFleet;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Recreation;
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
 * Asks the checks of a release during which users go unanswered. It is held against the time before that: what users meet since it was
 * validated against what they met before its downtime began. The downtime was announced, and what it rings and counts is no verdict.
 */
final class AfterDowntime {

    /** CloudWatch counts by it. */
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Examine examine;
    private final RolloutPolicy policy;

    AfterDowntime(Ports ports, Terms terms) {
        this.examine = new Examine(ports);
        this.policy = new RolloutPolicy(terms.pace());
    }

    /** What the checks say of it now; before its users are watched, and while they may still be counted as shut out, some say nothing. */
    List<Verdict> verdicts(List<Check> checks, Observation base, Rollout rollout, Instant now) {
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
                        Optional.of(before(rollout)),
                        now,
                        !now.isBefore(policy.deadline(rollout)))));
        return verdicts;
    }

    /** What it is held against: the fleet that served, until its downtime began. */
    private static Examine.Before before(Rollout rollout) {
        Instant until = rollout.recreation().flatMap(Recreation::closingAt).orElseGet(rollout::usersSince);
        return new Examine.Before(rollout.blue().orElse(rollout.green()), calmSince(rollout), until);
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
