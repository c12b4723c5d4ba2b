package dev.greenlight.usecase;

import dev.greenlight.domain.check.Check;
import dev.greenlight.domain.check.Traffic;
import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.fleet.Instance;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.rollout.Drain;
import dev.greenlight.domain.rollout.Installation;
import dev.greenlight.domain.rollout.Launching;
import dev.greenlight.domain.rollout.Observation;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Requests;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutPolicy;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.Fleets;
import dev.greenlight.port.Installer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sees what the policy needs to know in a rollout's phase, and no more: each phase asks only for what it decides on. */
final class Observe {

    /**
     * How far back requests to the fleet that traffic has left are looked for: one minute, which is published up to three after its
     * end, and one more for clocks that differ. Where none of it was published yet, nobody would seem to come.
     */
    private static final Duration STRAY = Duration.ofMinutes(5);

    /** CloudWatch counts by it. */
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Ports ports;
    private final Terms terms;
    private final Examine examine;
    private final CompareSides compareSides;
    private final ObserveOne one;
    private final AfterDowntime downtime;
    private final RolloutPolicy policy;
    private final Drain drain;

    Observe(Ports ports, Terms terms) {
        this.ports = ports;
        this.terms = terms;
        this.examine = new Examine(ports);
        this.compareSides = new CompareSides(ports);
        this.one = new ObserveOne(ports, terms);
        this.downtime = new AfterDowntime(ports, terms);
        this.policy = new RolloutPolicy(terms.pace());
        this.drain = new Drain(terms.drain());
    }

    /** The rule and both fleets; the rule is read last, so that a decision about it stands on the freshest reading. */
    Observation base() {
        return base(ports.fleets().groups());
    }

    Observation base(Map<FleetName, Fleets.Group> groups) {
        FleetState a = state(FleetName.A, groups);
        FleetState b = state(FleetName.B, groups);
        return Observation.of(ports.router().route(), a, b);
    }

    Observation open(Rollout rollout, Instant now) {
        Map<FleetName, Fleets.Group> groups = ports.fleets().groups();
        Observation base = base(groups);
        return rollout.onOneFleet() ? one.open(base, rollout, now) : onTwo(groups, base, rollout, now);
    }

    private Observation onTwo(Map<FleetName, Fleets.Group> groups, Observation base, Rollout rollout, Instant now) {
        Fleets.Group green = groups.get(rollout.green());
        return switch (rollout.phase()) {
            case PREPARING -> withLaunchTrouble(base.with(launching(green, wanted(rollout.green(), green))), rollout);
            case INSTALLING ->
                withLaunchTrouble(
                        base.with(installation(ports.installer(), base, rollout))
                                .with(launching(green, templateOf(green))),
                        rollout);
            case VALIDATING -> validating(base, rollout, now);
            case SHIFTING ->
                rollout.trafficMoved()
                        ? base.with(verdicts(terms.underTraffic(), base, rollout, now))
                                .withComparison(compareSides.of(rollout, now))
                        : base;
            case VERIFYING ->
                base.with(
                        rollout.hasDowntime()
                                ? downtime.verdicts(terms.underTraffic(), base, rollout, now)
                                : verdicts(terms.underTraffic(), base, rollout, now));
            case PROMOTED, RETIRED, ROLLED_BACK -> throw new IllegalArgumentException(rollout.phase() + " is not open");
        };
    }

    /** While green gets copies of users' requests it is held to what it will be held to under traffic. */
    private Observation validating(Observation base, Rollout rollout, Instant now) {
        if (rollout.shadow().isEmpty()) {
            return base.with(verdicts(terms.beforeTraffic(), base, rollout, now));
        }
        boolean asked = rollout.shadow().get().mayBeOpen();
        List<Check> checks = asked ? terms.underTraffic() : terms.beforeTraffic();
        return withShadow(base.with(verdicts(checks, base, rollout, now)), rollout);
    }

    /** Adds what the shadow rule does, where the rollout may have something to do with it. */
    Observation withShadow(Observation base, Rollout rollout) {
        boolean concerned = rollout.shadow()
                .filter(shadow -> rollout.isOpen() || shadow.mayBeOpen())
                .isPresent();
        return concerned ? base.with(ports.shadow().route()) : base;
    }

    /** What a closed rollout's care decides on; where its fleet sleeps already, nothing hangs on what is counted there. */
    Observation closed(Rollout rollout, Instant now) {
        Observation base = rollout.phase() == Phase.ROLLED_BACK ? withShadow(base(), rollout) : base();
        if (rollout.onOneFleet()) {
            return one.closed(base, rollout);
        }
        if (rollout.restoration().isPresent()) {
            return comingBack(base, rollout.blue().orElseThrow());
        }
        return rollout.phase() == Phase.RETIRED ? base : withRequests(base, rollout, now);
    }

    /** Adds on whom of the fleet that comes back its revision is proven, where anybody is there yet. Nobody is shut out for lack of a proof. */
    private Observation comingBack(Observation base, FleetName blue) {
        List<String> there = base.fleet(blue).inServiceIds();
        try {
            return there.isEmpty() ? base : base.with(ports.installer().followStanding(blue, there));
        } catch (CallFailed unproven) {
            return base;
        }
    }

    /**
     * Adds what was counted since traffic left a fleet of the closed rollout, once its drain is over. The minute in which it left
     * holds requests from before, so that the next whole one is the first that says anything. A count that is not to be had now
     * is no reason to leave anything else undone.
     */
    Observation withRequests(Observation base, Rollout rollout, Instant now) {
        return drain.toBeCounted(rollout, base, now)
                .map(fleet -> base.with(requests(fleet, rollout, now)))
                .orElse(base);
    }

    private Requests requests(FleetName left, Rollout rollout, Instant now) {
        Instant switched = Drain.left(rollout.progress());
        Instant whole = switched.truncatedTo(ChronoUnit.MINUTES).plus(MINUTE);
        Instant from = whole.isAfter(now.minus(STRAY)) ? whole : now.minus(STRAY);
        if (now.isBefore(from.plus(MINUTE))) {
            return new Requests(0, 0);
        }
        try {
            Map<FleetName, Traffic> counted = ports.metrics().traffic(from, now);
            return new Requests(
                    counted.get(left).requests(), counted.get(left.other()).requests());
        } catch (CallFailed failed) {
            if (failed.isPassing()) {
                return Requests.unanswered(failed.getMessage());
            }
            throw failed;
        }
    }

    private FleetState state(FleetName name, Map<FleetName, Fleets.Group> groups) {
        Fleets.Group group = groups.get(name);
        return new FleetState(
                name, group.scaling(), group.instances(), ports.router().targets(name));
    }

    /** What the stack wants of a group that launches from a template of its own; any other is left alone. */
    private Optional<LaunchSource.Template> wanted(FleetName fleet, Fleets.Group group) {
        return templateOf(group).flatMap(live -> ports.fleets().newest(fleet));
    }

    static Optional<LaunchSource.Template> templateOf(Fleets.Group group) {
        return switch (group.source()) {
            case LaunchSource.Template template -> Optional.of(template);
            case LaunchSource.Other other -> Optional.empty();
        };
    }

    private static Launching launching(Fleets.Group group, Optional<LaunchSource.Template> wanted) {
        List<String> outdated = group.instances().stream()
                .filter(instance -> wanted.isPresent() && !instance.origin().equals(wanted))
                .map(Instance::id)
                .toList();
        return new Launching(group.source(), wanted, outdated);
    }

    private Observation withLaunchTrouble(Observation base, Rollout rollout) {
        boolean complete =
                base.fleet(rollout.green()).inService() >= rollout.sizing().green();
        return complete
                ? base
                : base.withLaunchTrouble(ports.fleets()
                        .launchTrouble(rollout.green(), rollout.progress().phaseSince()));
    }

    /** How far the rollout's own deployment has come. */
    static Installation installation(Installer installer, Observation base, Rollout rollout) {
        return rollout.progress()
                .deployment()
                .map(id -> installer.follow(
                        rollout.green(), id, base.fleet(rollout.green()).inServiceIds()))
                .orElseGet(Installation.NotStarted::new);
    }

    private List<Verdict> verdicts(List<Check> checks, Observation base, Rollout rollout, Instant now) {
        Optional<Instant> since = rollout.trafficMoved()
                ? Optional.of(rollout.usersSince())
                : rollout.shadow().flatMap(shadow -> shadow.since().or(shadow::askedAt));
        return examine.examine(
                checks,
                new Examine.Subject(
                        base.fleet(rollout.green()),
                        rollout.blue().filter(fleet -> !rollout.hasDowntime()),
                        rollout.sizing().green(),
                        rollout.sizing().carrying(),
                        Optional.of(rollout.revision().name()),
                        since,
                        Optional.empty(),
                        now,
                        !now.isBefore(policy.deadline(rollout))));
    }
}
