package dev.greenlight.usecase;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Aftercare;
import dev.greenlight.domain.rollout.Care;
import dev.greenlight.domain.rollout.Drain;
import dev.greenlight.domain.rollout.Ending;
import dev.greenlight.domain.rollout.Observation;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.Journal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Looks after a rollout that is closed but not settled: blue's size and time while it is warm, then everything's release. */
final class TakeCare {

    /** More than any closed rollout needs between two waits. */
    private static final int TURNS = 12;

    private static final String ANOTHER = "another call is at work on this rollout";

    private final Ports ports;
    private final Terms terms;
    private final InstantSource clock;
    private final Drain drain;
    private final Aftercare aftercare;
    private final Observe observe;
    private final TakeBack takeBack;
    private final Restore restore;

    TakeCare(Ports ports, Terms terms, InstantSource clock) {
        this.ports = ports;
        this.terms = terms;
        this.clock = clock;
        this.drain = new Drain(terms.drain());
        this.aftercare = new Aftercare(drain);
        this.observe = new Observe(ports, terms);
        this.takeBack = new TakeBack(ports, clock);
        this.restore = new Restore(ports);
    }

    /**
     * Begins the care of a rollout that was just promoted. The caller's answer does not hang on it: what fails here is done
     * by Sweep.
     */
    void afterClosing(Rollout rollout) {
        try {
            rollout.progress()
                    .warmUntil()
                    .ifPresent(until -> ports.appointments().retireBlue(rollout.id(), until));
            look(rollout);
        } catch (CallFailed failed) {
            tell(rollout, "left to sweep", failed.getMessage(), "");
        }
    }

    /**
     * Begins the way back of a rollout of whose fleets only one may run at a time: users are shut out, green leaves, blue starts. That blue is
     * proven to be what it was, and let in, is Sweep's to see.
     */
    void beginBack(Rollout rollout) {
        try {
            shutAgain(rollout);
            look(rollout, (closed, now) -> observe.base());
        } catch (CallFailed failed) {
            tell(rollout, "left to sweep", failed.getMessage(), "");
        }
    }

    /** Whoever let users in may have done so a moment ago, and the rule not show it yet. */
    private void shutAgain(Rollout rollout) {
        boolean mayBeIn = rollout.restoration().isPresent()
                && rollout.progress().usersSince().isPresent();
        if (mayBeIn && ports.router().route().routing() instanceof Routing.Closed shut) {
            ports.router().write(shut);
        }
    }

    /** Whoever blamed the revision while the store was silent, and after all was settled, told it to nobody but the rule. */
    void hear(Rollout settled) {
        if (settled.mayBeBlamed()) {
            ports.router()
                    .route()
                    .tags()
                    .blame(settled)
                    .ifPresent(cause -> takeBack.close(
                            settled.id(), cause, "the rule says that it was rolled back for it", false, true));
        }
    }

    /** Does what is due now. @return what it waits for, in words */
    String look(Rollout start) {
        return look(start, observe::closed);
    }

    private String look(Rollout start, BiFunction<Rollout, Instant, Observation> sight) {
        Rollout rollout = start;
        Set<FleetName> shrunk = EnumSet.noneOf(FleetName.class);
        for (int i = 0; i < TURNS; i++) {
            if (rollout.settled()) {
                return "settled";
            }
            Instant now = clock.instant();
            Observation seen = sight.apply(rollout, now);
            if (drain.strays(rollout, seen) && Drain.toBeNoted(rollout, now)) {
                Optional<Rollout> noted = commit(rollout.strayed(now));
                if (noted.isEmpty()) {
                    return ANOTHER;
                }
                rollout = noted.get();
                tell(
                        rollout,
                        "stray",
                        "users are where none are to be",
                        seen.route().routing().toString());
            }
            Care care = aftercare.next(rollout, seen, now);
            if (care instanceof Care.Rest rest) {
                return rest.reason();
            }
            if (care instanceof Care.Scale scale && shrinks(scale, seen)) {
                if (!shrunk.add(scale.fleet())) {
                    // One call removes one slice, whatever it sees after that of what is on its way out.
                    return "fleet %s has lost a slice just now".formatted(scale.fleet());
                }
                if (!ports.router().route().equals(seen.route())) {
                    // Requests were counted in between, and whoever was given users meanwhile needs what it has.
                    return "the rule has just changed";
                }
            }
            if (care instanceof Care.Open open && !ports.router().route().equals(seen.route())) {
                return "the rule has just changed";
            }
            if (care instanceof Care.Restore again) {
                tell(rollout, care, seen);
                restore.begin(rollout, now);
                return again.reason();
            }
            Optional<Rollout> next = act(care, rollout, seen, now);
            if (next.isEmpty()) {
                return ANOTHER;
            }
            if (care instanceof Care.Undo undo) {
                // Once a call: whoever looks again at once may be shown the rule from before, and would write it again
                // and again.
                return undo.reason();
            }
            if (care instanceof Care.CloseShadow close) {
                return close.reason();
            }
            if (care instanceof Care.Open open) {
                return open.reason();
            }
            if (care instanceof Care.Close close && !(ports.router().route().routing() instanceof Routing.Closed)) {
                return close.reason();
            }
            rollout = next.get();
        }
        return "still at work";
    }

    private static boolean shrinks(Care.Scale scale, Observation seen) {
        int now = seen.fleet(scale.fleet()).scaling().desired();
        return scale.plan().desired().orElse(now) < now;
    }

    private Optional<Rollout> act(Care care, Rollout rollout, Observation seen, Instant now) {
        tell(rollout, care, seen);
        return switch (care) {
            case Care.Rest rest -> Optional.of(rollout);
            case Care.TakenBack back -> {
                takeBack.markRule(seen.route().tags(), back.cause());
                boolean hadUsers = rollout.phase() != Phase.ROLLED_BACK;
                yield takeBack.close(rollout.id(), back.cause(), back.reason(), hadUsers, true);
            }
            case Care.Undo undo -> {
                takeBack.write(undo.to());
                yield rollout.ending().filter(Ending::trafficMoved).isPresent()
                        ? Optional.of(rollout)
                        : commit(rollout.metUsers(now, undo.reason()));
            }
            case Care.CloseShadow close -> {
                ports.shadow().close();
                yield Optional.of(rollout);
            }
            case Care.Close close -> {
                ports.router().write(new Routing.Closed());
                yield Optional.of(rollout);
            }
            case Care.Open open -> {
                ports.router().write(open.to());
                yield Optional.of(rollout);
            }
            case Care.Stay stay -> commit(rollout.stay(now, stay.reason()));
            case Care.Retire retire -> commit(rollout.retire(now, retire.reason()));
            case Care.ForgetBlue forget -> {
                ports.router().tag(forget.tags());
                yield Optional.of(rollout);
            }
            case Care.FollowLoad follow -> commit(rollout.keepBlueAt(follow.size()));
            case Care.Scale scale -> {
                ports.fleets()
                        .apply(
                                scale.fleet(),
                                scale.plan(),
                                seen.fleet(scale.fleet()).scaling());
                yield Optional.of(rollout);
            }
            case Care.Restore again -> throw new IllegalStateException("a call ends with it");
            case Care.RestoreAgain again -> commit(rollout.restoreAgain(again.next(), now, again.reason()));
            case Care.EndRestoration end -> commit(rollout.endRestoration(end.restored(), now, end.reason()));
            case Care.Settle settle -> {
                // Whoever took it back may not have reached CodeDeploy; the next rollout would wait behind this
                // deployment.
                rollout.leftInstalling().ifPresent(ports.installer()::stop);
                if (!settle.tags().equals(seen.route().tags())) {
                    ports.router().tag(settle.tags());
                }
                ports.appointments().cancel(rollout.id());
                yield commit(rollout.settle(now));
            }
        };
    }

    private Optional<Rollout> commit(Rollout next) {
        return ports.store().commit(next) ? Optional.of(next.stored()) : Optional.empty();
    }

    private void tell(Rollout rollout, Care care, Observation seen) {
        String routing = seen.route().routing().toString();
        switch (care) {
            case Care.Rest rest -> {
                // Nothing is done: its reason is the call's answer.
            }
            case Care.TakenBack back -> tell(rollout, "roll back", back.reason(), routing);
            case Care.Undo undo -> tell(rollout, "undo", undo.reason(), routing);
            case Care.CloseShadow close -> tell(rollout, "close shadow", close.reason(), routing);
            case Care.Close close -> tell(rollout, "close", close.reason(), routing);
            case Care.Open open -> tell(rollout, "open", open.reason(), routing);
            case Care.Stay stay -> tell(rollout, "stay", stay.reason(), routing);
            case Care.Retire retire -> tell(rollout, "retire", retire.reason(), routing);
            case Care.ForgetBlue forget -> tell(rollout, "forget blue", "no way back from here", routing);
            case Care.FollowLoad follow -> tell(rollout, "follow load", "blue to " + follow.size(), routing);
            case Care.Scale scale ->
                tell(rollout, "scale", "fleet %s %s".formatted(scale.fleet(), scale.reason()), routing);
            case Care.Restore again -> tell(rollout, "restore", again.reason(), routing);
            // What goes on trying has asked a person by then.
            case Care.RestoreAgain again ->
                tell(
                        rollout,
                        rollout.recreation().isPresent() ? "not restored" : "restore again",
                        again.reason(),
                        routing);
            case Care.EndRestoration end ->
                tell(rollout, end.restored() ? "restored" : "not restored", end.reason(), routing);
            case Care.Settle settle -> tell(rollout, "settle", "nothing is pinned any more", routing);
        }
    }

    private void tell(Rollout rollout, String decision, String reason, String routing) {
        String step = rollout.phase() == Phase.ROLLED_BACK
                ? "back"
                : "%d/%d".formatted(rollout.progress().steps(), rollout.steps().size());
        ports.journal()
                .tell(new Journal.Entry(
                        Optional.of(rollout.id()), decision, reason, Optional.of(rollout.green()), step, routing));
    }
}
