package dev.greenlight.usecase;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Ledger;
import dev.greenlight.domain.rollout.Observation;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Route;
import dev.greenlight.domain.rollout.RuleTags;
import dev.greenlight.domain.rollout.Shadow;
import dev.greenlight.domain.rollout.WayBack;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.Journal;
import dev.greenlight.port.RolloutStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Puts all traffic back on blue: first the one write to the rule, then everything that only remembers it. Each step may be
 * repeated; what a dead call left is done by the next one.
 */
final class TakeBack {

    /** A rollback wins against a rollout in flight: it tries its record again when somebody else wrote in between. */
    private static final int COMMITS = 5;

    /** Why the record of a rollout says that users met its green after it was taken back. */
    static final String OVERTAKEN = "a forward write came after the rollback";

    private final Ports ports;
    private final InstantSource clock;
    private final Restore restore;

    TakeBack(Ports ports, InstantSource clock) {
        this.ports = ports;
        this.clock = clock;
        this.restore = new Restore(ports);
    }

    /**
     * Writes {@code to} and reads it back.
     *
     * @return the rule as it was read after the write; it may lag, in which case the next call writes again
     */
    Route write(Routing to) {
        ports.router().write(to);
        return ports.router().route();
    }

    /** The write may stand, and its reading be old. */
    static Answer.Failed lagging(Route after) {
        return new Answer.Failed(
                Answer.Failure.UNAVAILABLE,
                "written, but the rule still shows %s: call again".formatted(after.routing()));
    }

    /** Lets no fleet get copies any more, where any may; what does not succeed is left to Sweep. @return whether none gets any */
    boolean closeShadow() {
        return bestEffort("close the shadow", () -> {
            if (!ports.shadow().route().isClosed()) {
                ports.shadow().close();
            }
        });
    }

    /** Whether and how all traffic can be put on {@code blue}, where {@code live} is what the rule shows. */
    WayBack wayBack(Optional<FleetName> blue, Routing live) {
        Targets blueTargets = blue.map(ports.router()::targets).orElse(Targets.NONE);
        Targets greenTargets = blue.map(b -> ports.router().targets(b.other())).orElse(Targets.NONE);
        return WayBack.decide(blue, live, blueTargets, greenTargets);
    }

    /**
     * Takes users from a green that was given them while it was taken back: a forward write was on its way.
     *
     * @param live what gives it users: what the rule shows, or what this call wrote to it
     * @return why it still has some; empty once it has none
     */
    Optional<Answer.Failed> undo(Optional<RolloutId> id, Optional<FleetName> blue, Routing live) {
        try {
            return switch (wayBack(blue, live)) {
                case WayBack.AlreadyThere there -> Optional.empty();
                case WayBack.Refused refused -> {
                    tell(id, "refuse", refused.reason(), live);
                    yield Optional.of(new Answer.Failed(Answer.Failure.ROLLOUT, refused.reason()));
                }
                case WayBack.Write write -> {
                    tell(id, "undo", "green was given traffic while it was taken back", live);
                    Route after = write(write.to());
                    yield after.routing().equals(write.to()) ? Optional.empty() : Optional.of(lagging(after));
                }
            };
        } catch (CallFailed failed) {
            return Optional.of(new Answer.Failed(
                    Answer.Failure.UNAVAILABLE,
                    "the rule shows %s again, and it could not be undone: %s: call again"
                            .formatted(live, failed.getMessage())));
        }
    }

    /** Lets the record say that users met a green that was to have none, or may have. */
    void noteUsers(RolloutId id, String why) {
        for (int i = 0; i < COMMITS; i++) {
            Optional<Rollout> found = ports.store().rollout(id);
            boolean back = found.filter(r -> r.phase() == Phase.ROLLED_BACK).isPresent();
            if (!back && found.filter(Rollout::isOpen).isEmpty()) {
                return;
            }
            Instant now = clock.instant();
            Rollout noted = back ? found.get().metUsers(now, why) : found.get().strayed(now);
            if (ports.store().commit(noted)) {
                return;
            }
        }
    }

    /** Lets the rule remember it, so that a rollout that never heard of it cannot move weights again. @return whether it does */
    boolean markRule(RuleTags tags, Cause cause) {
        return bestEffort("mark the rule", () -> ports.router().tag(tags.nowTakenBack(cause)));
    }

    /**
     * Closes the record, frees the lock and quarantines the revision where it is to blame, in one write: a call that dies says all of it or
     * nothing. Once, for a person may release it, and then a call that comes again must not take that back.
     */
    Optional<Rollout> close(RolloutId id, Cause cause, String reason, boolean reachedUsers, boolean quarantine) {
        for (int i = 0; i < COMMITS; i++) {
            Ledger ledger = ports.store().ledger();
            Optional<Rollout> found = ports.store().rollout(id);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Instant now = clock.instant();
            Rollout rollout = found.get();
            boolean met = reachedUsers && !rollout.onOneFleet();
            if (rollout.phase() == Phase.VALIDATING
                    && rollout.shadow().filter(Shadow::mayBeOpen).isPresent()) {
                closeShadow();
            }
            // Also where it was closed for another cause, as by a call that saw nothing but the weights: this one still
            // counts.
            boolean blames = cause.blamesRevision() && quarantine && !rollout.wasBlamed();
            Optional<RolloutStore.Quarantine> blamed =
                    blames ? newlyQuarantined(rollout, reason, now) : Optional.empty();
            if (rollout.phase() == Phase.ROLLED_BACK) {
                // Users that a hand gave it since are gone by now, and what they asked may run on.
                Rollout told = met ? rollout.metUsers(now, "the rule showed it when it was taken back again") : rollout;
                told = blames ? told.blamed() : told;
                if (told.equals(rollout)) {
                    return found;
                }
                if (ports.store().commit(told, blamed)) {
                    return Optional.of(told.stored());
                }
                continue;
            }
            Rollout seen = met && !rollout.trafficMoved()
                    ? rollout.stepSeen(1, now, "the rule showed it when it was taken back")
                    : rollout;
            Rollout back = restore.foundAnew(seen).takeBack(cause, now, reason);
            Rollout closed = blames ? back.blamed() : back;
            if (commit(ledger, closed, blamed)) {
                closed.leftInstalling()
                        .ifPresent(deployment -> bestEffort(
                                "stop the deployment", () -> ports.installer().stop(deployment)));
                bestEffort("cancel the retirement", () -> ports.appointments().cancel(id));
                return Optional.of(restoring(closed.stored()));
            }
        }
        throw new CallFailed(CallFailed.Kind.UNAVAILABLE, "store", "the record of " + id + " changes too fast", null);
    }

    /** On one fleet, the former revision begins to come back at once; where that cannot be now, Sweep does it. */
    private Rollout restoring(Rollout closed) {
        if (closed.restoration().isEmpty()) {
            return closed;
        }
        AtomicReference<Rollout> told = new AtomicReference<>(closed);
        bestEffort("restore " + closed.former(), () -> told.set(restore.begin(closed, clock.instant())));
        return told.get();
    }

    /** Empty where its content is quarantined already: the first reason stays. */
    private Optional<RolloutStore.Quarantine> newlyQuarantined(Rollout rollout, String reason, Instant now) {
        String digest = rollout.revision().digest();
        return ports.store().quarantine(digest).isPresent()
                ? Optional.empty()
                : Optional.of(
                        new RolloutStore.Quarantine(digest, rollout.revision().name(), rollout.id(), reason, now));
    }

    private boolean commit(Ledger ledger, Rollout back, Optional<RolloutStore.Quarantine> blamed) {
        return ledger.holder().equals(Optional.of(back.id()))
                ? ports.store().commit(ledger.release(), List.of(back), blamed)
                : ports.store().commit(back, blamed);
    }

    /**
     * Raises blue to what it has to carry now.
     *
     * @return what was raised, in words; empty where blue is large enough
     */
    Optional<String> raiseBlue(FleetName blue, Observation seen) {
        FleetState has = seen.fleet(blue);
        int needed = Math.toIntExact(seen.fleet(blue.other()).inService());
        if (has.scaling().desired() >= needed) {
            return Optional.empty();
        }
        Scaling now = has.scaling();
        ScalingPlan plan = ScalingPlan.pinned(needed, now, now.suspended());
        bestEffort("raise blue", () -> ports.fleets().apply(blue, plan, now));
        return Optional.of("fleet %s had %d instances and is raised to %d".formatted(blue, now.desired(), needed));
    }

    /** The rollback itself is done: what only tidies up may fail, and Sweep does it again. */
    private boolean bestEffort(String what, Runnable step) {
        try {
            step.run();
            return true;
        } catch (CallFailed failed) {
            ports.journal().tell(leftToSweep(what, failed));
            return false;
        }
    }

    static Journal.Entry leftToSweep(String what, CallFailed failed) {
        return new Journal.Entry(
                Optional.empty(), "left to sweep", what + ": " + failed.getMessage(), Optional.empty(), "", "");
    }

    private void tell(Optional<RolloutId> id, String decision, String reason, Routing live) {
        ports.journal().tell(new Journal.Entry(id, decision, reason, Optional.empty(), "back", live.toString()));
    }

    /** Tells the journal what becomes of a rollout's way back. */
    void tell(Rollout rollout, String decision, String reason, Route route) {
        ports.journal()
                .tell(new Journal.Entry(
                        Optional.of(rollout.id()),
                        decision,
                        reason,
                        Optional.of(rollout.green()),
                        "back",
                        route.routing().toString()));
    }
}
