package dev.greenlight.usecase;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.rollout.Aftercare;
import dev.greenlight.domain.rollout.Care;
import dev.greenlight.domain.rollout.Drain;
import dev.greenlight.domain.rollout.Ledger;
import dev.greenlight.domain.rollout.Observation;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Revision;
import dev.greenlight.domain.rollout.Roles;
import dev.greenlight.domain.rollout.Rolling;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.strategy.Strategy;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.Fleets;
import dev.greenlight.port.Journal;
import dev.greenlight.port.RolloutStore.Quarantine;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * Begins a rollout: takes the service's lock, finds blue from the live routing, remembers how both fleets were set, sizes
 * green from what blue serves now, and waits for green's first instance.
 */
public final class PrepareGreen {

    private final Ports ports;
    private final Terms terms;
    private final InstantSource clock;
    private final Drive drive;
    private final TakeBack takeBack;
    private final Drain drain;
    private final Aftercare aftercare;
    private final Plan plan;

    public PrepareGreen(Ports ports, Terms terms, InstantSource clock) {
        this.ports = ports;
        this.terms = terms;
        this.clock = clock;
        this.drive = new Drive(ports, terms, clock);
        this.takeBack = new TakeBack(ports, clock);
        this.drain = new Drain(terms.drain());
        this.aftercare = new Aftercare(drain);
        this.plan = new Plan(ports.installer(), terms);
    }

    /** Begins the rollout {@code id} or goes on with it; refuses where another holds the lock or the revision is quarantined. */
    public Answer prepare(RolloutId id, Revision revision, Token token) {
        if (ports.store().rollout(id).isEmpty()) {
            Optional<Answer> refused = begin(id, revision, token);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        return drive.through(Phase.PREPARING, id, Optional.empty(), token);
    }

    private Optional<Answer> begin(RolloutId id, Revision revision, Token token) {
        Instant now = clock.instant();
        Ledger ledger = ports.store().ledger();
        Optional<Rollout> latest = ledger.latest().flatMap(ports.store()::rollout);
        Optional<Rollout> unsettled = latest.filter(r -> !r.settled());
        Optional<String> refusal = lockHeld(ledger)
                .or(() -> quarantined(revision))
                .or(() -> stillWarm(unsettled))
                .or(() -> leftAlone(unsettled));
        if (refusal.isPresent()) {
            return refuse(id, refusal.get());
        }
        Map<FleetName, Fleets.Group> groups = ports.fleets().groups();
        Observe observe = new Observe(ports, terms);
        Observation seen = observe.base(groups);
        Routing live = seen.route().routing();
        Optional<Rollout> before = unsettled.map(rollout -> asTheRuleSays(rollout, seen, now));
        Optional<String> half = halfWritten(live, before, seen, now);
        Optional<String> unclear = unclear(live, before.or(() -> latest))
                .or(() -> misdirected(live, seen, before))
                .or(() -> before.flatMap(r -> toBeMended(r, seen, now)))
                .or(() -> unrestorable(live))
                .or(() -> cannotRoll(live, seen));
        if (half.isEmpty() && unclear.isPresent()) {
            return refuse(id, unclear.get());
        }
        Optional<String> wait = half.or(
                        () -> before.flatMap(rollout -> leftToSweep(rollout, observe.withShadow(seen, rollout), now)))
                .or(() -> before.flatMap(this::stillAsleep))
                .or(() -> before.or(() -> latest).flatMap(rollout -> cooling(rollout, now)))
                .or(() -> before.flatMap(rollout -> stillUsed(rollout, observe, seen, now)));
        if (wait.isPresent()) {
            tell(id, "hold", wait.get(), null, live.toString());
            return Optional.of(new Answer.InProgress(wait.get(), token));
        }
        Rollout rollout = plan.of(
                id,
                ledger.fence() + 1,
                revision,
                before.flatMap(previous -> shutOut(live, previous))
                        .or(() -> roles(live))
                        .orElseThrow(),
                new Plan.Known(latest, before, seen, groups),
                now);
        // A person may take it back meanwhile, although it is settled: then this call has read old news.
        Optional<Rollout> last = before.or(() -> latest.filter(Rollout::outlivesItsSettling));
        return lock(ledger, rollout, last, live, now)
                ? Optional.empty()
                : Optional.of(new Answer.InProgress("another rollout was just begun, ended or blamed", token));
    }

    private boolean lock(Ledger ledger, Rollout rollout, Optional<Rollout> before, Routing live, Instant now) {
        Rollout begun = before.filter(this::isWarm)
                .map(warm -> rollout.tell(now, "took the warm fleet", lostWayBack(warm)))
                .orElse(rollout);
        // Somebody may have blamed its revision since this call asked: whoever merges the same again is refused by the
        // next one.
        if (!ports.store().begin(ledger.acquire(rollout.id()), begun, before.map(previous -> settled(previous, now)))) {
            return false;
        }
        before.ifPresent(previous -> cancelRetirement(previous.id()));
        tell(rollout.id(), "begin", begun.history().getLast().why(), rollout.green(), live.toString());
        return true;
    }

    private static Rollout settled(Rollout previous, Instant now) {
        return previous.settled() ? previous : previous.settle(now);
    }

    /** What the rule says of the rollout before, which nobody may have noticed yet. */
    private Rollout asTheRuleSays(Rollout before, Observation seen, Instant now) {
        if (aftercare.next(before, seen, now) instanceof Care.TakenBack back) {
            boolean hadUsers = before.phase() != Phase.ROLLED_BACK;
            return takeBack.close(before.id(), back.cause(), back.reason(), hadUsers, true)
                    .orElse(before);
        }
        return before;
    }

    /** A rolled-back fleet that has traffic again is no blue, and nobody but a person can put that right. */
    private Optional<String> toBeMended(Rollout before, Observation seen, Instant now) {
        boolean again = before.phase() == Phase.ROLLED_BACK
                && Drain.left(before).filter(seen.route().routing()::routesTo).isPresent();
        return again && leftToSweep(before, seen, now).isEmpty()
                ? Optional.of(
                        "rollout %s was rolled back, and the rule routes to its fleet %s again (%s): mend the other fleet or the rule, then start again"
                                .formatted(
                                        before.id(),
                                        before.green(),
                                        seen.route().routing()))
                : Optional.empty();
    }

    /** What RollBack is just writing, or Sweep puts right within its minute: perhaps only the reading is old. */
    private Optional<String> leftToSweep(Rollout before, Observation seen, Instant now) {
        Care care = aftercare.next(before, seen, now);
        if (care instanceof Care.Undo undo) {
            return Optional.of(
                    "rollout %s was rolled back, and %s: Sweep puts that right".formatted(before.id(), undo.reason()));
        }
        if (care instanceof Care.CloseShadow close) {
            return Optional.of("%s: Sweep puts that right".formatted(close.reason()));
        }
        if (care instanceof Care.Close close) {
            return Optional.of("%s: Sweep puts that right".formatted(close.reason()));
        }
        return care instanceof Care.Stay stay
                ? Optional.of("rollout %s was taken back, and %s: Sweep writes that down"
                        .formatted(before.id(), stay.reason()))
                : Optional.empty();
    }

    /** Whoever wrote one of two rules and died, or a share after it was taken back, has left it to Sweep to put that right. */
    private Optional<String> halfWritten(Routing live, Optional<Rollout> before, Observation seen, Instant now) {
        return before.filter(rollout -> roles(live).isEmpty()).flatMap(rollout -> leftToSweep(rollout, seen, now));
    }

    private static Optional<String> unclear(Routing live, Optional<Rollout> latest) {
        if (roles(live).isEmpty()) {
            return Optional.of("it is not clear which fleet is blue, the rule shows %s".formatted(live));
        }
        return latest.filter(
                        r -> live instanceof Routing.Closed && shutOut(live, r).isEmpty())
                .filter(r -> r.blue().isPresent() || r.phase() != Phase.ROLLED_BACK)
                .map(r -> "the rule is closed although the service was released by rollout %s: open it first"
                        .formatted(r.id()));
    }

    /** Whom a release serves that finds the rule closed by the one before it, which was taken back and whose blue has not come back. */
    private static Optional<Roles> shutOut(Routing live, Rollout before) {
        return before.restoration()
                .filter(back -> live instanceof Routing.Closed)
                .flatMap(back -> before.blue())
                .map(Roles::replacing);
    }

    /** Nothing would bring back what a release empties, where its group has never installed anything. */
    private Optional<String> unrestorable(Routing live) {
        return roles(live)
                .flatMap(Roles::blue)
                .filter(blue -> terms.strategy().inTurn())
                .filter(blue -> ports.installer().standing(blue).isEmpty())
                .map(blue ->
                        "nobody knows what fleet %s would be launched with, so there would be no way back: its deployment group has installed nothing yet"
                                .formatted(blue));
    }

    /**
     * A hand sent users to a fleet that sleeps, or that was woken since and cannot serve: it is no way back, and the other one is what they
     * need, not what may be installed over. Once all is settled, no fleet but the one that serves has healthy targets.
     */
    private static Optional<String> misdirected(Routing live, Observation seen, Optional<Rollout> unsettled) {
        return roles(live)
                .flatMap(Roles::blue)
                .map(seen::fleet)
                .filter(blue -> blue.targets().healthy() == 0)
                .filter(blue -> unsettled.isEmpty()
                        || blue.instances().isEmpty() && blue.scaling().desired() == 0)
                .filter(blue -> seen.fleet(blue.name().other()).targets().healthy() > 0)
                .map(blue ->
                        "the rule shows %s, but fleet %s has no healthy target, and fleet %s has (%s): put the traffic back, then start again"
                                .formatted(
                                        live,
                                        blue.name(),
                                        blue.name().other(),
                                        seen.fleet(blue.name().other()).targets()));
    }

    private Optional<String> cannotRoll(Routing live, Observation seen) {
        return terms.strategy() instanceof Strategy.Rolling rolling
                ? roles(live).flatMap(Roles::blue).flatMap(serving -> Rolling.refusal(rolling, seen.fleet(serving)))
                : Optional.empty();
    }

    private Optional<String> lockHeld(Ledger ledger) {
        return ledger.holder()
                .map(holder ->
                        "rollout %s is in flight: promote it or roll it back, then start again".formatted(holder));
    }

    private Optional<String> quarantined(Revision revision) {
        Optional<Quarantine> found = ports.store().quarantine(revision.digest());
        return found.map(q ->
                "revision %s is quarantined since %s, rollout %s was taken back: %s. A person can release it by its digest %s"
                        .formatted(q.revision(), q.since(), q.rollout(), q.reason(), q.digest()));
    }

    private Optional<String> stillWarm(Optional<Rollout> last) {
        return last.filter(r -> !terms.replaceWarm() && isWarm(r))
                .map(r -> "blue of rollout %s is kept warm until %s, and the settings say not to replace it"
                        .formatted(r.id(), r.progress().warmUntil().orElseThrow()));
    }

    /** Whoever keeps no fleet warm has no use for one that is, and would not put it to sleep. */
    private Optional<String> leftAlone(Optional<Rollout> last) {
        return last.filter(r -> !terms.strategy().keepsBlueWarm() && isWarm(r))
                .map(r ->
                        "blue of rollout %s is kept warm until %s, and this release has no use for it: retire it, or wait, then start again"
                                .formatted(r.id(), r.progress().warmUntil().orElseThrow()));
    }

    /** What a rollout with two fleets has left is put to sleep first: the next one looks after what it needs itself. */
    private Optional<String> stillAsleep(Rollout before) {
        boolean goesOn = terms.strategy().inTurn() && before.recreation().isPresent();
        return !terms.strategy().keepsBlueWarm() && before.blue().isPresent() && !goesOn
                ? Optional.of("rollout %s is tidied up: Sweep does that within its minutes".formatted(before.id()))
                : Optional.empty();
    }

    /** What follows a release that users met and that was taken back waits a little: the next one may be no better. */
    private Optional<String> cooling(Rollout last, Instant now) {
        return last.coolsUntil(terms.cooldown())
                .filter(now::isBefore)
                .map(until -> "cooling down until %s, after rollout %s was rolled back: %s. A person can release it"
                        .formatted(
                                until.truncatedTo(ChronoUnit.SECONDS),
                                last.id(),
                                last.ending().orElseThrow().reason()));
    }

    /** Once the wait for stragglers is over, nobody asks for their count: it may not be to be had. */
    private Optional<String> stillUsed(Rollout before, Observe observe, Observation seen, Instant now) {
        Observation counted = drain.isPatient(before, now) ? observe.withRequests(seen, before, now) : seen;
        return drain.notToBeTaken(before, counted, now);
    }

    private boolean isWarm(Rollout rollout) {
        return rollout.phase() == Phase.PROMOTED
                && rollout.blue().isPresent()
                && rollout.recreation().isEmpty();
    }

    private static String lostWayBack(Rollout previous) {
        return "the way back from %s is lost: fleet %s is green now"
                .formatted(previous.revision().name(), previous.blue().orElseThrow());
    }

    private static Optional<Roles> roles(Routing live) {
        return switch (live) {
            case Routing.Closed closed -> Optional.of(Roles.firstRelease());
            case Routing.Audience audience -> Optional.empty();
            case Routing.Foreign foreign -> Optional.empty();
            case Routing.Weighted weighted ->
                live.equals(Routing.full(FleetName.A))
                        ? Optional.of(Roles.replacing(FleetName.A))
                        : live.equals(Routing.full(FleetName.B))
                                ? Optional.of(Roles.replacing(FleetName.B))
                                : Optional.empty();
        };
    }

    private void cancelRetirement(RolloutId previous) {
        try {
            ports.appointments().cancel(previous);
        } catch (CallFailed harmless) {
            // The appointment names a rollout that is settled: RetireBlue ignores it.
        }
    }

    private Optional<Answer> refuse(RolloutId id, String reason) {
        tell(id, "refuse", reason, null, "");
        return Optional.of(new Answer.Failed(Answer.Failure.ROLLOUT, reason));
    }

    private void tell(RolloutId id, String decision, String reason, FleetName green, String routing) {
        ports.journal()
                .tell(new Journal.Entry(Optional.of(id), decision, reason, Optional.ofNullable(green), "0", routing));
    }
}
