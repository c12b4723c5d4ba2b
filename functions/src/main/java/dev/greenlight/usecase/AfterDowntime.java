package dev.greenlight.usecase;

import dev.greenlight.domain.check.Check;
import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.rollout.Observation;
import dev.greenlight.domain.rollout.OneFleet;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Recreation;
import dev.greenlight.domain.rollout.Rolling;
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
        Instant whole = whole(validated);
        Instant quiet = rollout.hasDowntime() ? validated.plus(OneFleet.ECHO) : validated;
        List<Verdict> verdicts = new ArrayList<>();
        List<Check> asked = new ArrayList<>();
        for (Check check : checks) {
            boolean alarms = check instanceof Check.Alarms;
            Instant from = alarms ? quiet : whole.plus(MINUTE);
            if ((alarms || counts(check)) && !(watched && !now.isBefore(from))) {
                verdicts.add(
                        Verdict.inconclusive(check.name(), "the downtime of the installation may still be counted"));
            } else {
                asked.add(check);
            }
        }
        verdicts.addAll(
                examine.examine(asked, subject(base, rollout, watched ? Optional.of(whole) : Optional.empty(), now)));
        return verdicts;
    }

    /**
     * What the checks say while a release goes from zone to zone, and nobody goes unanswered: those that count what users meet, once there is a
     * zone that is done, and what rings. What is drained is neither healthy nor to be asked.
     */
    List<Verdict> meanwhile(List<Check> checks, Observation base, Rolling rolling, Rollout rollout, Instant now) {
        List<Check> asked = checks.stream()
                .filter(check ->
                        check instanceof Check.Alarms || rolling.doneAt().isPresent() && counts(check))
                .toList();
        Instant since = rolling.doneAt().orElseGet(rollout::usersSince);
        return examine.examine(asked, subject(base, rollout, Optional.of(whole(since)), now));
    }

    private static boolean counts(Check check) {
        return check instanceof Check.ErrorShare || check instanceof Check.Latency;
    }

    private static Instant whole(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MINUTES).plus(MINUTE);
    }

    private Examine.Subject subject(Observation base, Rollout rollout, Optional<Instant> since, Instant now) {
        return new Examine.Subject(
                base.fleet(rollout.green()),
                Optional.empty(),
                rollout.sizing().green(),
                rollout.sizing().carrying(),
                Optional.of(rollout.revision().name()),
                since,
                Optional.of(before(rollout)),
                now,
                !now.isBefore(policy.deadline(rollout)));
    }

    /** What it is held against: the fleet that served, until its downtime began, or that of what was taken back before it. */
    private static Examine.Before before(Rollout rollout) {
        Instant until = rollout.recreation()
                .flatMap(Recreation::closingAt)
                .or(() -> rollout.roles().oneFleet().flatMap(OneFleet::calmUntil))
                .orElseGet(rollout::usersSince);
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
