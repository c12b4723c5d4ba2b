package dev.greenlight.domain.rollout;

import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.check.Verdict.Outcome;
import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.traffic.Routing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Decides what is next for an open rollout: a pure function of its record, one observation and the time. It keeps rules 1
 * to 4 and 10 of docs/rules.md as far as a decision can keep them.
 */
public final class RolloutPolicy {

    private final Pace pace;
    private final Shadowing shadowing;
    private final Shifting shifting;
    private final Recreating recreating;
    private final ZoneByZone zoneByZone;

    public RolloutPolicy(Pace pace) {
        this.pace = pace;
        this.shadowing = new Shadowing(this);
        this.shifting = new Shifting(this);
        this.recreating = new Recreating(this);
        this.zoneByZone = new ZoneByZone(this);
    }

    /** The one thing to do next. Asked again after each decision but {@code Hold}, {@code Steady} and {@code Leave}. */
    public Decision next(Rollout rollout, Observation seen, Instant now) {
        if (!rollout.isOpen()) {
            throw new IllegalArgumentException("rollout %s is %s".formatted(rollout.id(), rollout.phase()));
        }
        Decision due = takenBackElsewhere(rollout, seen)
                .or(() -> foreignWeights(rollout, seen, now))
                .or(() -> ruleNotTagged(rollout, seen).map(tag -> inTime(tag, rollout, seen, now)))
                .or(() -> recreating.woken(rollout, seen, now))
                .or(() -> pinsMissing(rollout, seen, now))
                .orElseGet(() -> inPhase(rollout, seen, now));
        return due instanceof Decision.Keep keep ? shifting.kept(keep, rollout, seen, now) : due;
    }

    /** Full weight on the rollout's blue is a rollback, whoever wrote it; so is the tag that RollBack leaves. */
    private Optional<Decision> takenBackElsewhere(Rollout rollout, Observation seen) {
        Optional<Cause> tagged = seen.route().tags().takenBack(rollout.id());
        if (tagged.isPresent()) {
            return tagged.map(cause -> retreat(rollout, seen, cause, "the rule says that it was rolled back"));
        }
        return rollout.blue()
                .filter(blue ->
                        rollout.course().leftBlue() && seen.route().routing().isFull(blue))
                .map(blue -> retreat(
                        rollout, seen, Cause.SEEN_ON_RULE, "all traffic was put back on fleet %s".formatted(blue)));
    }

    private Optional<Decision> foreignWeights(Rollout rollout, Observation seen, Instant now) {
        Routing live = seen.route().routing();
        if (live.equals(rollout.expected()) || rollout.course().mayShow(live)) {
            return Optional.empty();
        }
        String reason = "the rule was changed by someone else: %s instead of %s".formatted(live, rollout.expected());
        return Optional.of(hold(rollout, seen, reason, now));
    }

    /** What must be set before anything else may take as long as its phase may: a write that never shows holds no lock. */
    Decision inTime(Decision due, Rollout rollout, Observation seen, Instant now) {
        if (now.isBefore(deadline(rollout))) {
            return due;
        }
        // Under traffic a late call still owes green its verdict: a crash does not turn a good rollout into a failed
        // one.
        return rollout.phase() == Phase.VERIFYING
                ? verifying(rollout, seen, now)
                : retreat(rollout, seen, Cause.DEADLINE, "time is up: " + undone(due, rollout));
    }

    private static String undone(Decision due, Rollout rollout) {
        if (due instanceof Decision.TagRule) {
            return "the rule does not keep its tags";
        }
        if (due instanceof Decision.Shift shift) {
            return "the rule does not take %s".formatted(shift.to());
        }
        return "the group of fleet %s does not keep its settings"
                .formatted(due instanceof Decision.Scale scale ? scale.fleet() : rollout.green());
    }

    private Optional<Decision> ruleNotTagged(Rollout rollout, Observation seen) {
        RuleTags mine = RuleTags.begin(rollout.id(), rollout.blue());
        return seen.route().tags().equals(mine) ? Optional.empty() : Optional.of(new Decision.TagRule(mine));
    }

    /** Green is renewed before it is pinned: its first instance shall be launched from the newest version. */
    private Optional<Decision> pinsMissing(Rollout rollout, Observation seen, Instant now) {
        return rollout.blue()
                .flatMap(blue -> misset(rollout, seen.fleet(blue)))
                .or(() -> Renewal.due(rollout, seen))
                .map(due -> inTime(due, rollout, seen, now))
                .or(() -> Renewal.leaving(rollout, seen).map(reason -> hold(rollout, seen, reason, now)))
                .or(() -> misset(rollout, seen.fleet(rollout.green())).map(due -> inTime(due, rollout, seen, now)));
    }

    private Optional<Decision> misset(Rollout rollout, FleetState fleet) {
        // A smaller size that was written before may still take effect, as when the last rollout's green was put to
        // sleep.
        boolean installedOn = fleet.name() == rollout.green() && rollout.phase().compareTo(Phase.SHIFTING) < 0;
        return Pins.plan(rollout, fleet.name())
                .map(plan -> installedOn ? plan.keeping(fleet.counted(), fleet.scaling()) : plan)
                .filter(plan -> !plan.holdsFor(fleet.scaling()))
                .map(plan -> new Decision.Scale(fleet.name(), plan.sparing(fleet.scaling())));
    }

    private Decision inPhase(Rollout rollout, Observation seen, Instant now) {
        return switch (rollout.phase()) {
            case PREPARING -> preparing(rollout, seen, now);
            case INSTALLING -> installing(rollout, seen, now);
            case VALIDATING -> validating(rollout, seen, now);
            case SHIFTING -> shifting.next(rollout, seen, now);
            case VERIFYING -> verifying(rollout, seen, now);
            case PROMOTED, RETIRED, ROLLED_BACK -> throw new IllegalStateException(rollout.phase() + " is not open");
        };
    }

    private Decision preparing(Rollout rollout, Observation seen, Instant now) {
        Optional<Decision> first = recreating.beforeGreen(rollout, seen, now);
        if (first.isPresent()) {
            return first.get();
        }
        long inService = seen.fleet(rollout.green()).inService();
        if (inService > 0 && waitsForAll(rollout, inService, now)) {
            return hold(
                    rollout,
                    seen,
                    "%d of %d instances in service: a release from zone to zone begins with all of them"
                            .formatted(inService, rollout.sizing().green()),
                    now);
        }
        if (inService > 0) {
            String rest = inService < rollout.sizing().green() ? ", the others follow once it is installed" : "";
            String from = seen.launching().map(launching -> "; " + launching).orElse("");
            return new Decision.Advance("%d of %d instances in service%s%s"
                    .formatted(inService, rollout.sizing().green(), rest, from));
        }
        return hold(rollout, seen, "waiting for green's first instance" + trouble(seen), now);
    }

    /** What load or a hand had shrunk was raised to its size just now; where that brings nobody in time, it begins with those who are there. */
    private boolean waitsForAll(Rollout rollout, long inService, Instant now) {
        Instant until = rollout.progress().phaseSince().plus(pace.preparing().dividedBy(2));
        return rollout.rolling().isPresent() && inService < rollout.sizing().green() && now.isBefore(until);
    }

    private Decision installing(Rollout rollout, Observation seen, Instant now) {
        Optional<String> mixed = Renewal.mixed(rollout, seen);
        if (mixed.isPresent()) {
            return retreat(rollout, seen, Cause.PLATFORM, mixed.get());
        }
        Installation installation = seen.installation().orElseGet(Installation.NotStarted::new);
        return switch (installation) {
            case Installation.NotStarted none -> new Decision.Install();
            case Installation.Running running ->
                rollout.rolling().isPresent()
                        ? zoneByZone.running(running, rollout, seen, now)
                        : hold(rollout, seen, running.detail(), now);
            case Installation.Stopped stopped -> zoneByZone.stopped(stopped, rollout, seen, now);
            case Installation.Failed failed ->
                retreat(
                        rollout,
                        seen,
                        failed.blamesRevision() ? Cause.INSTALL_FAILED : Cause.PLATFORM,
                        failed.detail());
            case Installation.Refused refused -> retreat(rollout, seen, Cause.PLATFORM, refused.detail());
            case Installation.Succeeded done ->
                ZoneByZone.overran(rollout)
                        .map(why -> retreat(rollout, seen, Cause.PLATFORM, why))
                        .orElseGet(() -> installedOn(done, rollout, seen, now));
        };
    }

    private Decision installedOn(Installation.Succeeded done, Rollout rollout, Observation seen, Instant now) {
        FleetState green = seen.fleet(rollout.green());
        int wanted = rollout.sizing().green();
        if (!rollout.progress().installed()) {
            return new Decision.Installed(
                    "on %d of %d instances".formatted(done.instances().size(), wanted));
        }
        long proven =
                green.inServiceIds().stream().filter(done.instances()::contains).count();
        if (proven < green.inService() || proven < wanted) {
            String reason = "the revision is on %d of %d instances, %d are in service%s"
                    .formatted(proven, wanted, green.inService(), trouble(seen));
            return hold(rollout, seen, reason, now);
        }
        return new Decision.Advance("the revision is on all %d instances".formatted(proven));
    }

    private Decision validating(Rollout rollout, Observation seen, Instant now) {
        Optional<Shadow> shadow = rollout.shadow().filter(Shadow::mayBeOpen);
        if (shadow.isPresent()) {
            return shadowing.next(shadow.get(), rollout, seen, now);
        }
        return switch (Verdict.worst(seen.verdicts())) {
            case FAIL -> retreat(rollout, seen, Cause.CHECK_FAILED, Verdict.summary(seen.verdicts(), Outcome.FAIL));
            case INCONCLUSIVE -> unsteady(rollout, seen, now);
            case PASS -> steady(rollout, seen, now);
        };
    }

    private Decision steady(Rollout rollout, Observation seen, Instant now) {
        Progress progress = rollout.progress();
        boolean counts = progress.lastRead()
                .map(last -> !now.isBefore(last.plus(pace.readSpacing())))
                .orElse(true);
        int reads = progress.steadyReads() + (counts ? 1 : 0);
        if (reads >= pace.steadyReads()) {
            String passed = Verdict.summary(seen.verdicts(), Outcome.PASS);
            return rollout.shadow()
                    .map(shadow -> shadowing.begin(shadow, rollout, seen, now, passed))
                    .orElseGet(() -> new Decision.Advance(passed));
        }
        String reason = "all checks passed %d of %d times".formatted(reads, pace.steadyReads());
        return counts && now.isBefore(deadline(rollout))
                ? new Decision.Steady(reads, reason)
                : hold(rollout, seen, reason, now);
    }

    /** A read that does not pass breaks the row: what flaps is not steady. */
    private Decision unsteady(Rollout rollout, Observation seen, Instant now) {
        boolean breaks = rollout.progress().steadyReads() > 0 && now.isBefore(deadline(rollout));
        return breaks ? new Decision.Steady(0, undecided(seen)) : hold(rollout, seen, undecided(seen), now);
    }

    private Decision verifying(Rollout rollout, Observation seen, Instant now) {
        Instant baked = rollout.progress().phaseSince().plus(rollout.course().bake(pace.bake()));
        Outcome outcome = Verdict.worst(seen.verdicts());
        if (outcome == Outcome.FAIL) {
            return retreat(rollout, seen, Cause.CHECK_FAILED, Verdict.summary(seen.verdicts(), Outcome.FAIL));
        }
        if (rollout.progress().promoteNow()) {
            return new Decision.Promote("asked for, without the rest of the bake");
        }
        if (now.isBefore(baked)) {
            return new Decision.Hold("baking until " + seconds(baked), deadline(rollout));
        }
        return outcome == Outcome.PASS
                ? new Decision.Promote(Verdict.summary(seen.verdicts(), Outcome.PASS))
                : hold(rollout, seen, undecided(seen), now);
    }

    /** Holds until this phase's time is up, then retreats: inconclusive for too long is not a pass. */
    public Decision hold(Rollout rollout, Observation seen, String reason, Instant now) {
        Instant deadline = deadline(rollout);
        return now.isBefore(deadline)
                ? new Decision.Hold(reason, deadline)
                : retreat(rollout, seen, Cause.DEADLINE, "time is up: " + reason);
    }

    /** When the phase of {@code rollout} must have come to a verdict. */
    public Instant deadline(Rollout rollout) {
        Optional<Instant> reopened = Recreating.deadline(rollout, pace);
        if (reopened.isPresent()) {
            return reopened.get();
        }
        Progress progress = rollout.progress();
        if (rollout.phase() == Phase.INSTALLING && rollout.rolling().isPresent()) {
            return rollout.rolling().get().deadline(progress.phaseSince(), pace.installing());
        }
        Instant since = shadowSince(rollout).or(progress::stepSince).orElse(progress.phaseSince());
        Duration allowed = switch (rollout.phase()) {
            case PREPARING -> pace.preparing();
            case INSTALLING -> pace.installing();
            case VALIDATING ->
                rollout.shadow()
                        .filter(Shadow::mayBeOpen)
                        .map(shadow -> shadow.since().isEmpty()
                                ? pace.shifting()
                                : shadow.watch().plus(pace.validating()))
                        .orElse(pace.validating());
            case SHIFTING ->
                rollout.awaitsApproval()
                        ? pace.approval()
                        : pace.shifting().plus(rollout.step().map(Step::longest).orElse(Duration.ZERO));
            case VERIFYING -> rollout.course().bake(pace.bake()).plus(pace.verifying());
            case PROMOTED, RETIRED, ROLLED_BACK ->
                throw new IllegalStateException(rollout.phase() + " has no deadline");
        };
        return since.plus(allowed);
    }

    /** While green is validated its shadow has a time of its own. */
    private static Optional<Instant> shadowSince(Rollout rollout) {
        return rollout.shadow()
                .filter(shadow -> rollout.phase() == Phase.VALIDATING)
                .flatMap(shadow -> shadow.since().or(shadow::askedAt));
    }

    /** Takes the rollout back, or keeps green where that would make nothing better. */
    public Decision retreat(Rollout rollout, Observation seen, Cause cause, String reason) {
        return rollout.course().retreat(seen, cause, reason);
    }

    static Instant seconds(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS);
    }

    static String undecided(Observation seen) {
        String open = Verdict.summary(seen.verdicts(), Outcome.INCONCLUSIVE);
        return open.isEmpty() ? "no check has answered" : open;
    }

    private static String trouble(Observation seen) {
        return seen.launchTrouble().map(t -> "; launches fail: " + t).orElse("");
    }
}
