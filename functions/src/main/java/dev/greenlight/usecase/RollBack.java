package dev.greenlight.usecase;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Ledger;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Route;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.rollout.WayBack;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.Journal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a rollout back in one write, or refuses with the reason. It needs the load balancer and nothing else: while the
 * store is silent, the rule's own tags say who blue is.
 */
public final class RollBack {

    private final Ports ports;
    private final Terms terms;
    private final InstantSource clock;
    private final TakeBack takeBack;

    public RollBack(Ports ports, Terms terms, InstantSource clock) {
        this.ports = ports;
        this.terms = terms;
        this.clock = clock;
        this.takeBack = new TakeBack(ports, clock);
    }

    /**
     * A person's call.
     *
     * @param named the rollout that is meant; empty for the one in flight or the latest promoted one
     * @param quarantine whether the revision is quarantined
     */
    public Answer byHand(Optional<RolloutId> named, String reason, boolean quarantine) {
        Memory memory = recall(named);
        return memory.refusal().isPresent()
                ? new Answer.Failed(Answer.Failure.ROLLOUT, memory.refusal().get())
                : takeBack(named, memory, Cause.BY_HAND, reason, quarantine);
    }

    /** The pipeline's stage ended badly. Only the rollout of that execution is taken back, and only while it is open. */
    public Answer stageEnded(RolloutId execution, String reason) {
        Optional<Rollout> rollout = ports.store().rollout(execution);
        if (rollout.isEmpty() || !rollout.get().isOpen()) {
            return new Answer.Ignored("execution %s has no rollout in flight".formatted(execution));
        }
        return takeBack(Optional.of(execution), Memory.of(rollout.get()), Cause.STAGE_ENDED, reason, true);
    }

    /** An alarm fired. It takes back the rollout in flight, and only while users are on green. */
    public Answer alarmFired(String alarm) {
        if (!terms.alarms().contains(alarm)) {
            return new Answer.Ignored("alarm %s is not one of this service's".formatted(alarm));
        }
        Optional<Rollout> rollout =
                ports.store().ledger().holder().flatMap(ports.store()::rollout).filter(Rollout::trafficMoved);
        if (rollout.isEmpty()) {
            return new Answer.Ignored("alarm %s fired while no rollout had users on green".formatted(alarm));
        }
        String reason = "alarm %s fired".formatted(alarm);
        return takeBack(Optional.of(rollout.get().id()), Memory.of(rollout.get()), Cause.ALARM, reason, true);
    }

    /** Ends a rollout that nobody drives any more. */
    Answer orphaned(Rollout rollout, String reason) {
        return takeBack(Optional.of(rollout.id()), Memory.of(rollout), Cause.ORPHANED, reason, false);
    }

    /** What the store knows: a rollout, or a reason to refuse, or, while it is silent, nothing but that it is. */
    private record Memory(Optional<Rollout> rollout, Optional<String> refusal, Optional<String> silence) {

        static Memory of(Rollout rollout) {
            return new Memory(Optional.of(rollout), Optional.empty(), Optional.empty());
        }

        static Memory refused(String reason) {
            return new Memory(Optional.empty(), Optional.of(reason), Optional.empty());
        }

        static Memory silent(String why) {
            return new Memory(Optional.empty(), Optional.empty(), Optional.of(why));
        }
    }

    private Memory recall(Optional<RolloutId> named) {
        try {
            Ledger ledger = ports.store().ledger();
            Optional<RolloutId> id = named.or(ledger::latest);
            Optional<Rollout> rollout = id.flatMap(ports.store()::rollout);
            if (rollout.isEmpty()) {
                return Memory.refused(named.map(n -> "no rollout %s is known".formatted(n))
                        .orElse("this service has had no rollout"));
            }
            return refusal(rollout.get(), ledger).map(Memory::refused).orElseGet(() -> Memory.of(rollout.get()));
        } catch (CallFailed silent) {
            return Memory.silent(silent.getMessage());
        }
    }

    private static Optional<String> refusal(Rollout rollout, Ledger ledger) {
        if (!ledger.latest().equals(Optional.of(rollout.id()))) {
            return Optional.of("rollout %s is not the latest, %s is: its blue serves something else now"
                    .formatted(
                            rollout.id(), ledger.latest().map(RolloutId::value).orElse("none")));
        }
        if (rollout.phase() == Phase.RETIRED || rollout.phase() == Phase.PROMOTED && rollout.settled()) {
            return Optional.of(rollout.blue()
                    .map(blue -> "blue of rollout %s is retired: release the old revision anew".formatted(rollout.id()))
                    .orElse("rollout %s was a first release: there is no way back".formatted(rollout.id())));
        }
        return Optional.empty();
    }

    private Answer takeBack(Optional<RolloutId> named, Memory memory, Cause cause, String reason, boolean quarantine) {
        Route route = ports.router().route();
        Optional<FleetName> blue = memory.rollout().isPresent()
                ? memory.rollout().get().blue()
                : route.tags().blue();
        if (memory.rollout().isEmpty()
                && named.isPresent()
                && !route.tags().rollout().equals(named)) {
            return failed(named, "the store is silent, and the rule does not remember rollout " + named.get(), route);
        }
        Targets blueTargets = blue.map(ports.router()::targets).orElse(Targets.NONE);
        Targets greenTargets = blue.map(b -> ports.router().targets(b.other())).orElse(Targets.NONE);
        boolean reachedUsers =
                blue.filter(b -> route.routing().share(b.other()) > 0).isPresent();
        WayBack way = WayBack.decide(blue, route.routing(), blueTargets, greenTargets);
        return switch (way) {
            case WayBack.Refused refused ->
                memory.rollout()
                        .filter(r -> r.isOpen() && !reachedUsers && !r.trafficMoved())
                        .map(r -> closed(memory, named, cause, reason, route, false, quarantine))
                        .orElseGet(() -> failed(named, refused.reason(), route));
            case WayBack.AlreadyThere there -> closed(memory, named, cause, reason, route, reachedUsers, quarantine);
            case WayBack.Write write -> {
                Route after = takeBack.write(write.to());
                yield after.routing().equals(write.to())
                        ? closed(memory, named, cause, reason, route, reachedUsers, quarantine)
                        : failed(
                                named,
                                "written, but the rule still shows %s: call again".formatted(after.routing()),
                                route);
            }
        };
    }

    /** The traffic is where it should be: remember it, raise what blue lacks, and say what was done. */
    private Answer closed(
            Memory memory,
            Optional<RolloutId> named,
            Cause cause,
            String reason,
            Route before,
            boolean reachedUsers,
            boolean quarantine) {
        List<String> said = new ArrayList<>();
        Optional<RolloutId> id =
                memory.rollout().map(Rollout::id).or(() -> named).or(before.tags()::rollout);
        if (reachedUsers || memory.rollout().filter(Rollout::trafficMoved).isPresent()) {
            takeBack.markRule(before.tags(), cause);
        }
        said.add(reachedUsers ? "all traffic is back on blue" : "no traffic had to move");
        memory.silence().ifPresent(why -> said.add("the store is silent, Sweep will close the record: " + why));
        memory.rollout()
                .ifPresent(
                        r -> close(r, cause, reason, reachedUsers, quarantine).ifPresent(said::add));
        if (reachedUsers) {
            raise(memory.rollout()
                            .flatMap(Rollout::blue)
                            .or(before.tags()::blue)
                            .orElseThrow())
                    .ifPresent(said::add);
        }
        tell(id, reachedUsers ? "roll back" : "reject", reason, before);
        return new Answer.Done(
                String.join("; ", said),
                Map.of("rollout", id.map(RolloutId::value).orElse("unknown"), "cause", cause.name()));
    }

    private Optional<String> close(
            Rollout rollout, Cause cause, String reason, boolean reachedUsers, boolean quarantine) {
        try {
            Optional<Rollout> closed = takeBack.close(rollout.id(), cause, reason, reachedUsers, quarantine);
            return closed.filter(r -> cause.blamesRevision() && quarantine)
                    .map(r ->
                            "revision %s is quarantined".formatted(r.revision().name()));
        } catch (CallFailed silent) {
            return Optional.of("the store is silent, Sweep will close the record: " + silent.getMessage());
        }
    }

    private Optional<String> raise(FleetName blue) {
        try {
            return takeBack.raiseBlue(blue, new Observe(ports, terms).base());
        } catch (CallFailed failed) {
            return Optional.of("blue's size is unknown: " + failed.getMessage());
        }
    }

    private Answer failed(Optional<RolloutId> id, String reason, Route route) {
        tell(id, "refuse", reason, route);
        return new Answer.Failed(Answer.Failure.ROLLOUT, reason);
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
