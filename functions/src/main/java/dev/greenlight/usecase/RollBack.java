package dev.greenlight.usecase;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Route;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.rollout.WayBack;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.Journal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes a rollout back in one write, or refuses with the reason. A person's call needs the load balancer and nothing else:
 * while the store is silent, the rule's own tags say who blue is. An event's call needs the store: only it knows whether the
 * rollout is promoted by now, and while it is silent the call fails as one that is worth a retry.
 */
public final class RollBack {

    /** A person waits: a store that hangs must not hold up what needs the load balancer only. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How many times longer an event waits: Lambda tries it again only after a minute. */
    private static final int EVENTS = 5;

    private final Duration patience;
    private final Ports ports;
    private final Terms terms;
    private final InstantSource clock;
    private final TakeBack takeBack;
    private final TakeBackOnOne onOne;
    private final TakeBackInTurn inTurn;

    public RollBack(Ports ports, Terms terms, InstantSource clock) {
        this(ports, terms, clock, PATIENCE);
    }

    RollBack(Ports ports, Terms terms, InstantSource clock, Duration patience) {
        this.patience = patience;
        this.ports = ports;
        this.terms = terms;
        this.clock = clock;
        this.takeBack = new TakeBack(ports, clock);
        this.onOne = new TakeBackOnOne(takeBack, clock);
        this.inTurn = new TakeBackInTurn(ports, terms, takeBack, clock);
    }

    /**
     * A person's call.
     *
     * @param named the rollout that is meant; empty for the one in flight or the latest promoted one
     * @param quarantine whether the revision is quarantined
     */
    public Answer byHand(Optional<RolloutId> named, String reason, boolean quarantine) {
        Memory memory = ports.within()
                .limit(
                        patience,
                        () -> Memory.recall(ports.store(), named),
                        () -> Memory.silent("no answer within %d ms".formatted(patience.toMillis())));
        return memory.refusal().isPresent()
                ? new Answer.Failed(Answer.Failure.ROLLOUT, memory.refusal().get())
                : takeBack(new Order(named, memory, Cause.BY_HAND, reason, quarantine));
    }

    /** The pipeline's stage ended badly. Only the rollout of that execution is taken back, and only while it is open. */
    public Answer stageEnded(RolloutId execution, String reason) {
        Optional<Rollout> rollout =
                remembered(patience.multipliedBy(EVENTS), () -> ports.store().rollout(execution));
        if (rollout.isEmpty() || !rollout.get().isOpen()) {
            return new Answer.Ignored("execution %s has no rollout in flight".formatted(execution));
        }
        return takeBack(Order.automatic(rollout.get(), Cause.STAGE_ENDED, reason));
    }

    /**
     * An alarm fired. It takes back the rollout in flight, and only while users are on green.
     *
     * @param since when the alarm changed: what was wrong before users came is not green's doing
     */
    public Answer alarmFired(String alarm, Instant since) {
        if (!terms.alarms().contains(alarm)) {
            return new Answer.Ignored("alarm %s is not one of this service's".formatted(alarm));
        }
        Optional<Rollout> rollout =
                remembered(patience.multipliedBy(EVENTS), this::holder).filter(this::hasUsers);
        if (rollout.isEmpty()) {
            return new Answer.Ignored("alarm %s fired while no rollout had users on green".formatted(alarm));
        }
        Optional<String> echo = onOne.echo(rollout.get());
        if (echo.isPresent()) {
            return new Answer.Ignored("alarm %s fired, and %s".formatted(alarm, echo.get()));
        }
        Instant users = rollout.get().usersSince();
        if (since.isBefore(users)) {
            return new Answer.Ignored(
                    "alarm %s has fired since %s, users reached green at %s".formatted(alarm, since, users));
        }
        String reason = "alarm %s fired".formatted(alarm);
        return takeBack(Order.automatic(rollout.get(), Cause.ALARM, reason));
    }

    /** What the store says, within the limit: a store that hangs is a store that does not answer. */
    private <T> T remembered(Duration limit, Supplier<T> asked) {
        return ports.within().limit(limit, asked, () -> {
            String late = "no answer within %d ms".formatted(limit.toMillis());
            throw new CallFailed(CallFailed.Kind.UNAVAILABLE, "store", late, null);
        });
    }

    private Optional<Rollout> holder() {
        return ports.store().ledger().holder().flatMap(ports.store()::rollout);
    }

    /** A call that died after its write to the rule could not tell the store of it. */
    private boolean hasUsers(Rollout rollout) {
        return rollout.trafficMoved()
                || rollout.mayHaveUsers(ports.router().route().routing());
    }

    /** Ends a rollout that nobody drives any more. */
    Answer orphaned(Rollout rollout, String reason) {
        return takeBack(Order.automatic(rollout, Cause.ORPHANED, reason));
    }

    private Answer takeBack(Order order) {
        Route route = ports.router().route();
        if (order.rollout().filter(Rollout::onOneFleet).isPresent()) {
            return onOne.takeBack(order, order.rollout().get(), route);
        }
        if (order.rollout().flatMap(Rollout::recreation).isPresent()) {
            return inTurn.takeBack(order, order.rollout().get(), route);
        }
        Optional<Answer> later = inTurn.withoutStore(order, route);
        if (later.isPresent()) {
            return later.get();
        }
        if (order.rollout().isEmpty()
                && terms.strategy().onOneFleet()
                && order.blue(route).isEmpty()) {
            return failed(
                    order.named(),
                    new Answer.Failed(
                            Answer.Failure.UNAVAILABLE,
                            "the store is silent, and only it knows what was there before: call again"),
                    route);
        }
        if (order.rollout().isEmpty()
                && order.named().isPresent()
                && !route.tags().rollout().equals(order.named())) {
            String reason = "the store is silent, and the rule does not remember rollout "
                    + order.named().get();
            return failed(order.named(), reason, route);
        }
        if (order.cause() != Cause.BY_HAND && order.nothingMoved(route)) {
            return closed(order, route, false, false);
        }
        return switch (takeBack.wayBack(order.blue(route), route.routing())) {
            case WayBack.Refused refused ->
                order.nothingMoved(route)
                        ? closed(order, route, false, false)
                        : failed(order.id(route), refused.reason(), route);
            case WayBack.AlreadyThere there -> closed(order, route, false, false);
            case WayBack.Write write -> written(order, route, write);
        };
    }

    private Answer written(Order order, Route before, WayBack.Write write) {
        // Before the write: should this call die after it, or read an old rule, whoever comes next must not take it for
        // a hand's edit.
        // The traffic does not wait for it.
        boolean marked = ports.within().limit(patience, () -> mark(order, before), () -> false);
        Route after = takeBack.write(write.to());
        if (after.routing().equals(write.to())) {
            return closed(order, before, true, marked);
        }
        order.rollout().ifPresent(rollout -> noteUsers(rollout.id(), "the rule showed it when it was taken back"));
        return failed(order.id(before), TakeBack.lagging(after), before);
    }

    private boolean mark(Order order, Route before) {
        return takeBack.markRule(order.tags(before), order.quarantine() ? order.cause() : Cause.SEEN_ON_RULE);
    }

    /** The traffic is where it should be: raise what blue lacks, remember it, and say what was done. */
    private Answer closed(Order order, Route before, boolean wrote, boolean isMarked) {
        List<String> said = new ArrayList<>();
        if (order.rollout().isEmpty() && !takeBack.closeShadow()) {
            // Who the store knows is closed with its record.
            said.add("a fleet may still get copies of requests: Sweep ends that");
        }
        boolean marked = isMarked || mark(order, before);
        // Before the record is closed: once it is, nobody looks at blue's size any more. A call that was repeated
        // raises it, too.
        if (wrote || order.mayLack(before)) {
            raise(order, before, said);
        }
        Optional<String> silence = close(order, before, said);
        silence.ifPresent(why -> said.add("the store is silent, Sweep will close the record: " + why));
        LastLook last = lastLook(order, before);
        if (last.standing().isPresent()) {
            return failed(order.id(before), last.standing().get(), before);
        }
        if (last.undone() && !wrote) {
            raise(order, before, said);
        }
        boolean moved = wrote || last.undone();
        said.addFirst(moved ? "all traffic is back on blue" : "no traffic had to move");
        Optional<RolloutId> id = order.id(before);
        boolean rejected = !moved && order.nobodyMet(before);
        tell(
                id,
                rejected ? "reject" : "roll back",
                moved || rejected ? order.reason() : "already back: " + order.reason(),
                before);
        if (silence.isPresent() && !marked) {
            said.add("neither the store nor the rule could be told why: call again");
            return new Answer.Failed(Answer.Failure.UNAVAILABLE, String.join("; ", said));
        }
        return new Answer.Done(
                String.join("; ", said),
                Map.of(
                        "rollout",
                        id.map(RolloutId::value).orElse("unknown"),
                        "cause",
                        order.cause().name()));
    }

    /**
     * What the last look at the rule found.
     *
     * @param undone whether green had users again, and has none now
     * @param standing why it still has some
     */
    private record LastLook(boolean undone, Optional<Answer.Failed> standing) {

        static final LastLook QUIET = new LastLook(false, Optional.empty());
    }

    /**
     * Looks at the rule once more: a forward write that was on its way while this call read the rule may have come after it.
     * By now the rule and the record say that the rollout was taken back, and none follows.
     */
    private LastLook lastLook(Order order, Route before) {
        Optional<FleetName> blue = order.blue(before);
        Routing now;
        try {
            now = ports.router().route().routing();
        } catch (CallFailed unseen) {
            // The rollback was seen on the rule before; what came after it is undone by Sweep.
            return LastLook.QUIET;
        }
        if (blue.filter(b -> now.routesTo(b.other())).isEmpty()) {
            return LastLook.QUIET;
        }
        Optional<Answer.Failed> standing = takeBack.undo(order.id(before), blue, now);
        order.rollout().ifPresent(rollout -> noteUsers(rollout.id(), TakeBack.OVERTAKEN));
        return new LastLook(standing.isEmpty(), standing);
    }

    /** The traffic does not hang on it: a store that is silent is told by Sweep. */
    private void noteUsers(RolloutId id, String why) {
        try {
            remembered(patience, () -> {
                takeBack.noteUsers(id, why);
                return Optional.empty();
            });
        } catch (CallFailed silent) {
            ports.journal().tell(TakeBack.leftToSweep("note that users met green", silent));
        }
    }

    /** Closes the record, where it is known. @return why the store could not be told; empty once it was */
    private Optional<String> close(Order order, Route before, List<String> said) {
        if (order.rollout().isEmpty()) {
            return order.memory().silence();
        }
        try {
            RolloutId id = order.rollout().get().id();
            boolean users = order.reachedUsers(before);
            if (order.mayHaveMet(before)) {
                noteUsers(id, "another call took it back");
            }
            remembered(patience, () -> takeBack.close(id, order.cause(), order.reason(), users, order.quarantine()))
                    .filter(r -> order.cause().blamesRevision() && order.quarantine())
                    .filter(r -> !order.rollout().get().wasBlamed())
                    .ifPresent(r -> said.add(
                            "revision %s is quarantined".formatted(r.revision().name())));
            return Optional.empty();
        } catch (CallFailed silent) {
            return Optional.of(silent.getMessage());
        }
    }

    private void raise(Order order, Route before, List<String> said) {
        try {
            order.blue(before)
                    .flatMap(blue -> takeBack.raiseBlue(blue, new Observe(ports, terms).base()))
                    .ifPresent(said::add);
        } catch (CallFailed failed) {
            said.add("blue's size is unknown: " + failed.getMessage());
        }
    }

    private Answer failed(Optional<RolloutId> id, String reason, Route route) {
        return failed(id, new Answer.Failed(Answer.Failure.ROLLOUT, reason), route);
    }

    /** What is worth another call is held, what is not is refused. */
    private Answer failed(Optional<RolloutId> id, Answer.Failed failed, Route route) {
        tell(id, failed.failure() == Answer.Failure.UNAVAILABLE ? "hold" : "refuse", failed.message(), route);
        return failed;
    }

    private void tell(Optional<RolloutId> id, String decision, String reason, Route route) {
        ports.journal()
                .tell(new Journal.Entry(
                        id,
                        decision,
                        reason,
                        Optional.empty(),
                        "back",
                        route.routing().toString()));
    }
}
