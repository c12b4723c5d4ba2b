package dev.greenlight.usecase;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.rollout.Decision;
import dev.greenlight.domain.rollout.Drain;
import dev.greenlight.domain.rollout.Ledger;
import dev.greenlight.domain.rollout.Observation;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.RolloutPolicy;
import dev.greenlight.domain.rollout.Route;
import dev.greenlight.domain.rollout.RuleTags;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.Installer;
import dev.greenlight.port.Journal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Takes an open rollout up and moves it towards a phase: observe, decide, act, until the policy says wait or the phase is
 * reached. Every turn does one thing; the store is told after each, and its fence is checked before the first.
 */
final class Drive {

    /** More turns than any rollout needs between two waits; reaching it means that deciding and seeing disagree. */
    private static final int TURNS = 32;

    private final Ports ports;
    private final Terms terms;
    private final InstantSource clock;
    private final RolloutPolicy policy;
    private final Observe observe;
    private final Drain drain;
    private final TakeBack takeBack;
    private final TakeCare takeCare;

    Drive(Ports ports, Terms terms, InstantSource clock) {
        this.ports = ports;
        this.terms = terms;
        this.clock = clock;
        this.policy = new RolloutPolicy(terms.pace());
        this.observe = new Observe(ports, terms);
        this.drain = new Drain(terms.drain());
        this.takeBack = new TakeBack(ports, clock);
        this.takeCare = new TakeCare(ports, terms, clock);
    }

    /**
     * Drives the rollout through {@code phase}, as that phase's hook.
     *
     * @param revision where the revision lies; needed by the hook that installs it
     */
    Answer through(Phase phase, RolloutId id, Optional<RevisionLocation> revision, Token token) {
        Optional<Rollout> found = ports.store().rollout(id);
        if (found.isEmpty()) {
            return new Answer.Failed(
                    Answer.Failure.CONFIGURATION, "no rollout %s is known: PrepareGreen begins one".formatted(id));
        }
        Rollout rollout = found.get();
        if (rollout.isOpen() && !rollout.onTrial() && rollout.phase().compareTo(phase) < 0) {
            return new Answer.Failed(
                    Answer.Failure.CONFIGURATION,
                    "rollout %s is still %s: this hook comes later".formatted(id, Reached.words(rollout.phase())));
        }
        return onwards(rollout, phase.next(), revision, token);
    }

    /** Drives an open rollout from where it is until {@code goal} is reached. */
    Answer onwards(Rollout start, Phase goal, Optional<RevisionLocation> revision, Token token) {
        if (start.phase().compareTo(goal) >= 0) {
            return Reached.by(start);
        }
        Turn turn = new Turn(start, goal, revision, token);
        Optional<Answer> stale = turn.commit(start.beat(clock.instant()));
        if (stale.isPresent()) {
            return stale.get();
        }
        for (int i = 0; i < TURNS; i++) {
            Optional<Answer> answer = turn.take();
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        return new Answer.InProgress("still at work after %d turns".formatted(TURNS), token);
    }

    /**
     * Looks at a rollout that may stay as it is for days, and brings it on where there is something to do. A look that finds nothing
     * leaves nothing in the store.
     */
    Answer watch(Rollout rollout, Token token) {
        Instant now = clock.instant();
        Observation seen = observe.open(rollout, now);
        return policy.next(rollout, seen, now) instanceof Decision.Hold hold
                ? new Turn(rollout, Phase.PROMOTED, Optional.empty(), token)
                        .hold(hold, seen)
                        .orElseThrow()
                : onwards(rollout, Phase.PROMOTED, Optional.empty(), token);
    }

    /** One call's work on one rollout: holds the record as this call last stored it. */
    private final class Turn {

        private final Phase goal;
        private final Optional<RevisionLocation> revision;
        private final Token token;
        private Rollout rollout;

        Turn(Rollout start, Phase goal, Optional<RevisionLocation> revision, Token token) {
            this.rollout = start;
            this.goal = goal;
            this.revision = revision;
            this.token = token;
        }

        Optional<Answer> take() {
            Instant now = clock.instant();
            Observation seen = observe.open(rollout, now);
            if (rollout.strays(seen.route()) && Drain.toBeNoted(rollout, now)) {
                Optional<Answer> stale = commit(rollout.strayed(now));
                if (stale.isPresent()) {
                    return stale;
                }
                tell("stray", "users are, or were, where none are to be", seen);
            }
            return act(policy.next(rollout, seen, now), seen, now);
        }

        private Optional<Answer> act(Decision decision, Observation seen, Instant now) {
            return switch (decision) {
                case Decision.Hold hold -> hold(hold, seen);
                case Decision.Steady steady ->
                    commit(rollout.read(steady.reads(), now)).or(() -> progress("hold", steady.reason(), seen));
                case Decision.TagRule tag -> {
                    ports.router().tag(tag.tags());
                    tell("tag", "the rule remembers this rollout and its blue", seen);
                    yield Optional.empty();
                }
                case Decision.Scale scale -> {
                    resize(scale.fleet(), scale.plan(), seen);
                    tell("scale", "fleet %s: %s".formatted(scale.fleet(), scale.plan()), seen);
                    yield Optional.empty();
                }
                case Decision.LaunchFrom launch -> {
                    ports.fleets().launchFrom(launch.fleet(), launch.version());
                    tell("launch from", "fleet %s: %s".formatted(launch.fleet(), launch.version()), seen);
                    yield Optional.empty();
                }
                case Decision.Leave leave -> {
                    resize(leave.fleet(), leave.plan(), seen);
                    yield progress("scale", leave.reason(), seen);
                }
                case Decision.Close close -> close(seen, now);
                case Decision.Recreated places ->
                    remember(
                            rollout.recreating(places.next()).tell(now, "changes places", places.reason()),
                            "change places",
                            places.reason(),
                            seen);
                case Decision.Install install -> install(seen, now);
                case Decision.Installed installed ->
                    remember(rollout.installed(now, installed.reason()), "installed", installed.reason(), seen);
                case Decision.GrowGreen grow ->
                    remember(
                            rollout.growGreen(grow.size(), now),
                            "grow",
                            "green to %d, as blue did".formatted(grow.size()),
                            seen);
                case Decision.BeginShifting begin ->
                    remember(rollout.shiftingAskedAt(now), "ask", "shifting was asked for", seen);
                case Decision.Shift shift -> shift(shift, seen, now);
                case Decision.StepSeen step ->
                    remember(rollout.stepSeen(step.step(), now, step.reason()), "step seen", step.reason(), seen);
                case Decision.OpenShadow open -> {
                    ports.shadow().open(open.fleet());
                    yield progress("open shadow", "fleet %s gets copies of requests".formatted(open.fleet()), seen);
                }
                case Decision.CloseShadow close -> {
                    ports.shadow().close();
                    yield progress("close shadow", close.reason(), seen);
                }
                case Decision.Shadowed shadowed ->
                    remember(
                            rollout.shadowed(shadowed.next()).tell(now, "shadow", shadowed.reason()),
                            "shadow",
                            shadowed.reason(),
                            seen);
                case Decision.Rolled rolled ->
                    remember(
                            rollout.rolled(rolled.next()).tell(now, "zone", rolled.reason()),
                            "zone",
                            rolled.reason(),
                            seen);
                case Decision.StopInstalling stop -> {
                    rollout.progress().deployment().ifPresent(ports.installer()::stop);
                    yield progress("stop installing", stop.reason(), seen);
                }
                case Decision.Advance advance -> advance(advance, seen, now);
                case Decision.Promote promote -> promote(promote, seen, now);
                case Decision.TakeBack back -> takeBack(back, seen);
                case Decision.Keep keep -> keep(keep, seen, now);
            };
        }

        /** No pipeline waits for days: what a test comes to is Sweep's to see. */
        private Optional<Answer> hold(Decision.Hold hold, Observation seen) {
            Optional<Answer> later = progress("hold", hold.reason(), seen);
            return rollout.onTrial() ? Optional.of(Reached.onTrial(rollout, hold.reason())) : later;
        }

        private void resize(FleetName fleet, ScalingPlan plan, Observation seen) {
            ports.fleets().apply(fleet, plan, seen.fleet(fleet).scaling());
        }

        private Optional<Answer> install(Observation seen, Instant now) {
            if (revision.isEmpty()) {
                return Optional.of(new Answer.Failed(
                        Answer.Failure.CONFIGURATION,
                        "this call names no revision: give the action an input artifact"));
            }
            Optional<String> strays = drain.strayedLately(rollout, rollout.green(), now);
            if (strays.isPresent()) {
                return act(policy.hold(rollout, seen, strays.get(), now), seen, now);
            }
            // On one fleet users are on it from here on: whoever takes this rollout back must know that before it is
            // true.
            Optional<Answer> late = rollout.onOneFleet() && !rollout.trafficMoved()
                    ? commit(rollout.usersFrom(now, rollout.sizing().green()))
                    : Optional.empty();
            if (late.isPresent()) {
                return late;
            }
            Installer.Started started = started(revision.get());
            return switch (started) {
                case Installer.Started.By by -> {
                    Rollout installing = rollout.installingBy(by.deployment(), now);
                    Optional<Answer> answer = remember(installing, "install", "deployment " + by.deployment(), seen);
                    if (answer.filter(Answer.Failed.class::isInstance).isPresent()) {
                        // Whoever took it back did not know of this deployment yet.
                        ports.installer().stop(by.deployment());
                    }
                    yield answer;
                }
                case Installer.Started.Busy busy -> act(policy.hold(rollout, seen, busy.detail(), now), seen, now);
            };
        }

        /** Users are about to feel it: whoever takes this rollout back must know that before it is true. */
        private Optional<Answer> close(Observation seen, Instant now) {
            Optional<Answer> stale =
                    commit(rollout.recreating(rollout.recreation().orElseThrow().closing(now)));
            if (stale.isPresent() || !ports.router().route().equals(seen.route())) {
                return stale;
            }
            ports.router().shift(new Routing.Closed());
            tell("close", "only one fleet runs at a time", seen);
            Routing after = ports.router().route().routing();
            return after instanceof Routing.Closed
                    ? Optional.empty()
                    : progress("hold", "written that nobody is served, the rule shows " + after, seen);
        }

        private Installer.Started started(RevisionLocation location) {
            Instant since = rollout.progress().phaseSince();
            return rollout.rolling()
                    .map(rolling -> ports.installer()
                            .startByZone(rollout.green(), location, rollout.id(), rolling.attempt(), since))
                    .orElseGet(() -> ports.installer().start(rollout.green(), location, rollout.id(), since));
        }

        private Optional<Answer> shift(Decision.Shift shift, Observation seen, Instant now) {
            // Before the write: should this call die after it, an alarm that fires meanwhile is green's all the same.
            // And the fence once more: the checks took their time.
            Optional<Answer> stale = commit(
                    rollout.usersFrom(now, seen.fleet(rollout.green()).targets().healthy()));
            if (stale.isPresent()) {
                return stale;
            }
            // The write has no condition, so this reading is the last thing before it: see docs/adr/0013.
            if (!ports.router().route().equals(seen.route())) {
                return Optional.empty();
            }
            ports.router().shift(shift.to());
            tell("shift", shift.reason(), seen);
            Route after = ports.router().route();
            if (!after.routing().equals(shift.to())) {
                String lagging = "written %s, the rule shows %s".formatted(shift.to(), after.routing());
                return undoIfTakenBack(shift.to()).or(() -> progress("hold", lagging, seen));
            }
            return commit(rollout.stepSeen(shift.step(), now, "%s: %s".formatted(shift.to(), shift.reason())))
                    .map(late -> undoIfTakenBack(shift.to()).orElse(late));
        }

        /**
         * Somebody may have taken the rollout back while this call wrote the rule: then what it wrote goes, whatever a reading that
         * may be old shows. Where that does not succeed, Sweep undoes it.
         */
        private Optional<Answer> undoIfTakenBack(Routing written) {
            Optional<Rollout> back =
                    ports.store().rollout(rollout.id()).filter(current -> current.phase() == Phase.ROLLED_BACK);
            back.ifPresent(current -> {
                takeBack.undo(Optional.of(current.id()), current.blue(), written);
                takeBack.noteUsers(current.id(), TakeBack.OVERTAKEN);
            });
            return back.map(Reached::by);
        }

        private Optional<Answer> advance(Decision.Advance advance, Observation seen, Instant now) {
            Rollout launched = seen.launching()
                    .filter(launching -> rollout.phase() == Phase.PREPARING)
                    .map(launching -> rollout.launchedFrom(rollout.launches().green(launching.newest())))
                    .orElse(rollout);
            Optional<Answer> stale = commit(launched.advance(now, advance.reason()));
            if (stale.isPresent()) {
                return stale;
            }
            tell(Reached.words(rollout.phase()), advance.reason(), seen);
            return rollout.phase().compareTo(goal) >= 0 ? Optional.of(Reached.by(rollout)) : Optional.empty();
        }

        private Optional<Answer> promote(Decision.Promote promote, Observation seen, Instant now) {
            return close(rollout.promote(warmUntil(now), now, promote.reason()), "promote", promote.reason(), seen);
        }

        private Optional<Answer> keep(Decision.Keep keep, Observation seen, Instant now) {
            RuleTags tags = seen.route().tags();
            if (tags.takenBack(rollout.id()).isPresent()) {
                // A call that meant to take it back marked the rule and died; a kept rollout is not taken back.
                ports.router().tag(RuleTags.begin(rollout.id(), rollout.blue()));
            }
            Rollout kept = rollout.keep(keep.cause(), warmUntil(now), now, keep.reason());
            return close(kept, "keep", keep.reason(), seen);
        }

        private Optional<Instant> warmUntil(Instant now) {
            return rollout.blue()
                    .filter(blue -> rollout.recreation().isEmpty())
                    .map(blue -> now.plus(terms.pace().blueLifetime()));
        }

        private Optional<Answer> close(Rollout closed, String decision, String reason, Observation seen) {
            Ledger ledger = ports.store().ledger();
            if (!ports.store().commit(ledger.release(), List.of(closed))) {
                return stale();
            }
            rollout = closed.stored();
            tell(decision, reason, seen);
            takeCare.afterClosing(rollout);
            return Optional.of(Reached.by(rollout));
        }

        private Optional<Answer> takeBack(Decision.TakeBack back, Observation seen) {
            boolean reachedUsers = seen.route().routing().routesTo(rollout.green());
            if (rollout.trafficMoved() || reachedUsers) {
                // Before the write: a call that dies in between is taken up with this cause, not as a hand's edit.
                takeBack.markRule(seen.route().tags(), back.cause());
            }
            if (back.write().isPresent()) {
                Route after = takeBack.write(back.write().get());
                if (!after.routing().equals(back.write().get())) {
                    return progress("hold", "rolling back: the rule still shows " + after.routing(), seen);
                }
            }
            Optional<Rollout> closed = takeBack.close(rollout.id(), back.cause(), back.reason(), reachedUsers, true);
            rollout = closed.orElse(rollout);
            tell(rollout.trafficMoved() ? "roll back" : "reject", back.reason(), seen);
            if (rollout.recreation().isPresent()) {
                takeCare.beginBack(rollout);
            } else {
                rollout.blue().filter(blue -> rollout.trafficMoved()).ifPresent(blue -> takeBack.raiseBlue(blue, seen));
            }
            return Optional.of(Reached.by(rollout));
        }

        /** Stores the record; if the store has moved on meanwhile, this call is stale and says so. */
        Optional<Answer> commit(Rollout next) {
            if (!ports.store().commit(next)) {
                return stale();
            }
            rollout = next.stored();
            return Optional.empty();
        }

        /** Stores the record, and tells what was decided. */
        private Optional<Answer> remember(Rollout next, String decision, String reason, Observation seen) {
            Optional<Answer> stale = commit(next);
            if (stale.isEmpty()) {
                tell(decision, reason, seen);
            }
            return stale;
        }

        /** Whoever took the rollout back has ended this call's job, too. */
        private Optional<Answer> stale() {
            Answer busy = new Answer.InProgress("another call is at work on this rollout", token);
            return Optional.of(ports.store()
                    .rollout(rollout.id())
                    .filter(current -> current.phase() == Phase.ROLLED_BACK)
                    .map(Reached::by)
                    .orElse(busy));
        }

        private Optional<Answer> progress(String decision, String reason, Observation seen) {
            tell(decision, reason, seen);
            return Optional.of(new Answer.InProgress(reason, token));
        }

        private void tell(String decision, String reason, Observation seen) {
            ports.journal()
                    .tell(new Journal.Entry(
                            Optional.of(rollout.id()),
                            decision,
                            reason,
                            Optional.of(rollout.green()),
                            "%d/%d"
                                    .formatted(
                                            rollout.progress().steps(),
                                            rollout.steps().size()),
                            seen.route().routing().toString()));
        }
    }
}
