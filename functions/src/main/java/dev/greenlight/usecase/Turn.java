package dev.greenlight.usecase;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.rollout.Decision;
import dev.greenlight.domain.rollout.Drain;
import dev.greenlight.domain.rollout.Observation;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutPolicy;
import dev.greenlight.domain.rollout.Route;
import dev.greenlight.domain.rollout.RuleTags;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.Installer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One call's work on one rollout, turn by turn: each does the one thing that was decided, and tells the store and the journal.
 */
final class Turn {

    /** What all turns of a call work with. */
    record Means(
            Ports ports,
            Terms terms,
            InstantSource clock,
            RolloutPolicy policy,
            Observe observe,
            Drain drain,
            TakeBack takeBack,
            TakeCare takeCare) {}

    private final Means means;
    private final Phase goal;
    private final Optional<RevisionLocation> revision;
    private final Logbook book;

    /** @param revision where the revision lies; needed by the hook that installs it */
    Turn(Means means, Logbook book, Phase goal, Optional<RevisionLocation> revision) {
        this.means = means;
        this.book = book;
        this.goal = goal;
        this.revision = revision;
    }

    /** Sees, decides and acts once; empty where the next turn can begin at once. */
    Optional<Answer> take() {
        Instant now = means.clock().instant();
        Observation seen = means.observe().open(rollout(), now);
        if (rollout().strays(seen.route()) && Drain.toBeNoted(rollout(), now)) {
            Optional<Answer> stale = book.commit(rollout().strayed(now));
            if (stale.isPresent()) {
                return stale;
            }
            book.tell("stray", "users are, or were, where none are to be", seen);
        }
        return act(means.policy().next(rollout(), seen, now), seen, now);
    }

    private Optional<Answer> act(Decision decision, Observation seen, Instant now) {
        return switch (decision) {
            case Decision.Hold hold -> hold(hold, seen);
            case Decision.Steady steady ->
                book.commit(rollout().read(steady.reads(), now)).or(() -> book.progress("hold", steady.reason(), seen));
            case Decision.TagRule tag -> {
                means.ports().router().tag(tag.tags());
                book.tell("tag", "the rule remembers this rollout and its blue", seen);
                yield Optional.empty();
            }
            case Decision.Scale scale -> {
                resize(scale.fleet(), scale.plan(), seen);
                book.tell("scale", "fleet %s: %s".formatted(scale.fleet(), scale.plan()), seen);
                yield Optional.empty();
            }
            case Decision.LaunchFrom launch -> {
                means.ports().fleets().launchFrom(launch.fleet(), launch.version());
                book.tell("launch from", "fleet %s: %s".formatted(launch.fleet(), launch.version()), seen);
                yield Optional.empty();
            }
            case Decision.Leave leave -> {
                resize(leave.fleet(), leave.plan(), seen);
                yield book.progress("scale", leave.reason(), seen);
            }
            case Decision.Close close -> closeRule(seen, now);
            case Decision.Recreated places ->
                book.remember(
                        rollout().recreating(places.next()).tell(now, "changes places", places.reason()),
                        "change places",
                        places.reason(),
                        seen);
            case Decision.Install install -> install(seen, now);
            case Decision.Installed installed ->
                book.remember(rollout().installed(now, installed.reason()), "installed", installed.reason(), seen);
            case Decision.GrowGreen grow ->
                book.remember(
                        rollout().growGreen(grow.size(), now),
                        "grow",
                        "green to %d, as blue did".formatted(grow.size()),
                        seen);
            case Decision.BeginShifting begin ->
                book.remember(rollout().shiftingAskedAt(now), "ask", "shifting was asked for", seen);
            case Decision.Shift shift -> shift(shift, seen, now);
            case Decision.StepSeen step ->
                book.remember(rollout().stepSeen(step.step(), now, step.reason()), "step seen", step.reason(), seen);
            case Decision.OpenShadow open -> {
                means.ports().shadow().open(open.fleet());
                yield book.progress("open shadow", "fleet %s gets copies of requests".formatted(open.fleet()), seen);
            }
            case Decision.CloseShadow close -> {
                means.ports().shadow().close();
                yield book.progress("close shadow", close.reason(), seen);
            }
            case Decision.Shadowed shadowed ->
                book.remember(
                        rollout().shadowed(shadowed.next()).tell(now, "shadow", shadowed.reason()),
                        "shadow",
                        shadowed.reason(),
                        seen);
            case Decision.Rolled rolled ->
                book.remember(
                        rollout().rolled(rolled.next()).tell(now, "zone", rolled.reason()),
                        "zone",
                        rolled.reason(),
                        seen);
            case Decision.StopInstalling stop -> {
                rollout().progress().deployment().ifPresent(means.ports().installer()::stop);
                yield book.progress("stop installing", stop.reason(), seen);
            }
            case Decision.Advance advance -> advance(advance, seen, now);
            case Decision.Promote promote -> promote(promote, seen, now);
            case Decision.TakeBack back -> takeBack(back, seen);
            case Decision.Keep keep -> keep(keep, seen, now);
        };
    }

    /** No pipeline waits for days: what a test comes to is Sweep's to see. */
    Optional<Answer> hold(Decision.Hold hold, Observation seen) {
        Optional<Answer> later = book.progress("hold", hold.reason(), seen);
        return rollout().onTrial() ? Optional.of(Reached.onTrial(rollout(), hold.reason())) : later;
    }

    private void resize(FleetName fleet, ScalingPlan plan, Observation seen) {
        means.ports().fleets().apply(fleet, plan, seen.fleet(fleet).scaling());
    }

    private Optional<Answer> install(Observation seen, Instant now) {
        if (revision.isEmpty()) {
            return Optional.of(new Answer.Failed(
                    Answer.Failure.CONFIGURATION, "this call names no revision: give the action an input artifact"));
        }
        Optional<String> strays =
                means.drain().strayedLately(rollout(), rollout().green(), now);
        if (strays.isPresent()) {
            return act(means.policy().hold(rollout(), seen, strays.get(), now), seen, now);
        }
        // On one fleet users are on it from here on: whoever takes this rollout back must know that before it is
        // true.
        Optional<Answer> late = rollout().onOneFleet() && !rollout().trafficMoved()
                ? book.commit(rollout().usersFrom(now, rollout().sizing().green()))
                : Optional.empty();
        if (late.isPresent()) {
            return late;
        }
        Installer.Started started = started(revision.get());
        return switch (started) {
            case Installer.Started.By by -> {
                Rollout installing = rollout().installingBy(by.deployment(), now);
                Optional<Answer> answer = book.remember(installing, "install", "deployment " + by.deployment(), seen);
                if (answer.filter(Answer.Failed.class::isInstance).isPresent()) {
                    // Whoever took it back did not know of this deployment yet.
                    means.ports().installer().stop(by.deployment());
                }
                yield answer;
            }
            case Installer.Started.Busy busy ->
                act(means.policy().hold(rollout(), seen, busy.detail(), now), seen, now);
        };
    }

    /** Users are about to feel it: whoever takes this rollout back must know that before it is true. */
    private Optional<Answer> closeRule(Observation seen, Instant now) {
        Optional<Answer> stale = book.commit(
                rollout().recreating(rollout().recreation().orElseThrow().closing(now)));
        if (stale.isPresent() || !means.ports().router().route().equals(seen.route())) {
            return stale;
        }
        means.ports().router().shift(new Routing.Closed());
        book.tell("close", "only one fleet runs at a time", seen);
        Routing after = means.ports().router().route().routing();
        return after instanceof Routing.Closed
                ? Optional.empty()
                : book.progress("hold", "written that nobody is served, the rule shows " + after, seen);
    }

    private Installer.Started started(RevisionLocation location) {
        Instant since = rollout().progress().phaseSince();
        return rollout()
                .rolling()
                .map(rolling -> means.ports()
                        .installer()
                        .startByZone(rollout().green(), location, rollout().id(), rolling.attempt(), since))
                .orElseGet(() -> means.ports()
                        .installer()
                        .start(rollout().green(), location, rollout().id(), since));
    }

    private Optional<Answer> shift(Decision.Shift shift, Observation seen, Instant now) {
        // Before the write: should this call die after it, an alarm that fires meanwhile is green's all the same.
        // And the fence once more: the checks took their time.
        Optional<Answer> stale = book.commit(
                rollout().usersFrom(now, seen.fleet(rollout().green()).targets().healthy()));
        if (stale.isPresent()) {
            return stale;
        }
        // The write has no condition, so this reading is the last thing before it: see docs/adr/0013.
        if (!means.ports().router().route().equals(seen.route())) {
            return Optional.empty();
        }
        means.ports().router().shift(shift.to());
        book.tell("shift", shift.reason(), seen);
        Route after = means.ports().router().route();
        if (!after.routing().equals(shift.to())) {
            String lagging = "written %s, the rule shows %s".formatted(shift.to(), after.routing());
            return undoIfTakenBack(shift.to()).or(() -> book.progress("hold", lagging, seen));
        }
        return book.commit(rollout().stepSeen(shift.step(), now, "%s: %s".formatted(shift.to(), shift.reason())))
                .map(late -> undoIfTakenBack(shift.to()).orElse(late));
    }

    /**
     * Somebody may have taken the rollout back while this call wrote the rule: then what it wrote goes, whatever a reading that
     * may be old shows. Where that does not succeed, Sweep undoes it.
     */
    private Optional<Answer> undoIfTakenBack(Routing written) {
        Optional<Rollout> back =
                means.ports().store().rollout(rollout().id()).filter(current -> current.phase() == Phase.ROLLED_BACK);
        back.ifPresent(current -> {
            means.takeBack().undo(Optional.of(current.id()), current.blue(), written);
            means.takeBack().noteUsers(current.id(), TakeBack.OVERTAKEN);
        });
        return back.map(Reached::by);
    }

    private Optional<Answer> advance(Decision.Advance advance, Observation seen, Instant now) {
        Rollout launched = seen.launching()
                .filter(launching -> rollout().phase() == Phase.PREPARING)
                .map(launching -> rollout().launchedFrom(rollout().launches().green(launching.newest())))
                .orElse(rollout());
        Optional<Answer> stale = book.commit(launched.advance(now, advance.reason()));
        if (stale.isPresent()) {
            return stale;
        }
        book.tell(Reached.words(rollout().phase()), advance.reason(), seen);
        return rollout().phase().compareTo(goal) >= 0 ? Optional.of(Reached.by(rollout())) : Optional.empty();
    }

    private Optional<Answer> promote(Decision.Promote promote, Observation seen, Instant now) {
        return close(rollout().promote(warmUntil(now), now, promote.reason()), "promote", promote.reason(), seen);
    }

    private Optional<Answer> keep(Decision.Keep keep, Observation seen, Instant now) {
        RuleTags tags = seen.route().tags();
        if (tags.takenBack(rollout().id()).isPresent()) {
            // A call that meant to take it back marked the rule and died; a kept rollout is not taken back.
            means.ports().router().tag(RuleTags.begin(rollout().id(), rollout().blue()));
        }
        Rollout kept = rollout().keep(keep.cause(), warmUntil(now), now, keep.reason());
        return close(kept, "keep", keep.reason(), seen);
    }

    private Optional<Instant> warmUntil(Instant now) {
        return rollout()
                .blue()
                .filter(blue -> rollout().recreation().isEmpty())
                .map(blue -> now.plus(means.terms().pace().blueLifetime()));
    }

    private Optional<Answer> close(Rollout closed, String decision, String reason, Observation seen) {
        Optional<Answer> stale = book.close(closed);
        if (stale.isPresent()) {
            return stale;
        }
        book.tell(decision, reason, seen);
        means.takeCare().afterClosing(rollout());
        return Optional.of(Reached.by(rollout()));
    }

    private Optional<Answer> takeBack(Decision.TakeBack back, Observation seen) {
        boolean reachedUsers = seen.route().routing().routesTo(rollout().green());
        if (rollout().trafficMoved() || reachedUsers) {
            // Before the write: a call that dies in between is taken up with this cause, not as a hand's edit.
            means.takeBack().markRule(seen.route().tags(), back.cause());
        }
        if (back.write().isPresent()) {
            Route after = means.takeBack().write(back.write().get());
            if (!after.routing().equals(back.write().get())) {
                return book.progress("hold", "rolling back: the rule still shows " + after.routing(), seen);
            }
        }
        means.takeBack()
                .close(rollout().id(), back.cause(), back.reason(), reachedUsers, true)
                .ifPresent(book::goOnFrom);
        book.tell(rollout().trafficMoved() ? "roll back" : "reject", back.reason(), seen);
        if (rollout().recreation().isPresent()) {
            means.takeCare().beginBack(rollout());
        } else {
            rollout()
                    .blue()
                    .filter(blue -> rollout().trafficMoved())
                    .ifPresent(blue -> means.takeBack().raiseBlue(blue, seen));
        }
        return Optional.of(Reached.by(rollout()));
    }

    private Rollout rollout() {
        return book.rollout();
    }
}
