package dev.greenlight.usecase;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Ledger;
import dev.greenlight.domain.rollout.Observation;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Route;
import dev.greenlight.domain.rollout.RuleTags;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.RolloutStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Puts all traffic back on blue: first the one write to the rule, then everything that only remembers it. Each step may be
 * repeated; what a dead call left is done by the next one.
 */
final class TakeBack {

    /** A rollback wins against a rollout in flight: it tries its record again when somebody else wrote in between. */
    private static final int COMMITS = 5;

    private final Ports ports;
    private final InstantSource clock;

    TakeBack(Ports ports, InstantSource clock) {
        this.ports = ports;
        this.clock = clock;
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

    /** Lets the rule remember it, so that a rollout that never heard of it cannot move weights again. @return whether it does */
    boolean markRule(RuleTags tags, Cause cause) {
        return bestEffort("mark the rule", () -> ports.router().tag(tags.nowTakenBack(cause)));
    }

    /** Closes the record, frees the lock and quarantines the revision where it is to blame. */
    Optional<Rollout> close(RolloutId id, Cause cause, String reason, boolean reachedUsers, boolean quarantine) {
        for (int i = 0; i < COMMITS; i++) {
            Ledger ledger = ports.store().ledger();
            Optional<Rollout> found = ports.store().rollout(id);
            Instant now = clock.instant();
            if (cause.blamesRevision() && quarantine) {
                // Before the record is closed, a call that dies in between is taken up again; after it was closed for
                // another
                // cause, as by a call that saw nothing but the weights, this one still counts.
                found.ifPresent(r -> quarantine(r, reason, now));
            }
            if (found.isEmpty() || found.get().phase() == Phase.ROLLED_BACK) {
                return found;
            }
            Rollout rollout = found.get();
            Rollout seen = reachedUsers && !rollout.trafficMoved()
                    ? rollout.stepSeen(now, "the rule showed it when it was taken back")
                    : rollout;
            Rollout back = seen.takeBack(cause, now, reason);
            if (commit(ledger, back)) {
                stopInstallation(rollout);
                bestEffort("cancel the retirement", () -> ports.appointments().cancel(id));
                return Optional.of(back.stored());
            }
        }
        throw new CallFailed(CallFailed.Kind.UNAVAILABLE, "store", "the record of " + id + " changes too fast", null);
    }

    private void quarantine(Rollout rollout, String reason, Instant now) {
        ports.store()
                .quarantine(new RolloutStore.Quarantine(
                        rollout.revision().digest(), rollout.revision().name(), rollout.id(), reason, now));
    }

    private boolean commit(Ledger ledger, Rollout back) {
        return ledger.holder().equals(Optional.of(back.id()))
                ? ports.store().commit(ledger.release(), List.of(back))
                : ports.store().commit(back);
    }

    private void stopInstallation(Rollout rollout) {
        if (rollout.phase() == Phase.INSTALLING) {
            rollout.progress()
                    .deployment()
                    .ifPresent(id -> bestEffort(
                            "stop the deployment", () -> ports.installer().stop(id)));
        }
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
            ports.journal()
                    .tell(new dev.greenlight.port.Journal.Entry(
                            Optional.empty(),
                            "left to sweep",
                            what + ": " + failed.getMessage(),
                            Optional.empty(),
                            "",
                            ""));
            return false;
        }
    }
}
