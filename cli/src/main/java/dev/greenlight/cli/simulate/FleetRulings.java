package dev.greenlight.cli.simulate;

import dev.greenlight.cli.simulate.Sight.Side;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Aftercare;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.InstanceState;
import dev.greenlight.sandbox.world.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whoever deploys to a fleet or makes it smaller: rule 2, and rule 11's cap on what one call removes. */
final class FleetRulings {

    private final Rulings rulings;
    private final Duration drain;
    /** CloudWatch shows a minute three minutes after its end at the latest: of so many, whoever looks sees two. */
    private static final Duration COUNTED = Duration.ofMinutes(6);

    private final Counted requests;

    private final Map<FleetName, Left> left = new EnumMap<>(FleetName.class);
    private final Map<FleetName, Instant> handSince = new EnumMap<>(FleetName.class);
    private final Map<String, Set<FleetName>> read = new HashMap<>();
    private final Set<FleetName> known = EnumSet.noneOf(FleetName.class);
    private final Map<String, Set<FleetName>> idle = new HashMap<>();
    private final Set<String> stored = new HashSet<>();
    private final Map<String, Map<FleetName, Left>> untold = new HashMap<>();
    private final Map<String, Integer> removed = new HashMap<>();

    /** When users left a fleet, and the instances that were in service for them. */
    private record Left(Instant at, Set<String> asked) {}

    /** How many requests reached a fleet, in truth. */
    @FunctionalInterface
    interface Counted {
        double on(FleetName fleet, Instant from, Instant to);
    }

    FleetRulings(Rulings rulings, Duration drain, Counted requests) {
        this.requests = requests;
        this.rulings = rulings;
        this.drain = drain;
    }

    /**
     * Traffic may have left a fleet; where nothing could serve it, no request is left. What a hand gave and took between two looks of
     * Greenlight is nothing that it can know of; and while it has no rollout to care for, it does not look. What a hand gave to a fleet
     * that had been taken back, a call can only tell the store: while that is silent, the rule says that it was taken back as before.
     *
     * @param invocation whose write it was; empty for the world's
     */
    void moved(Sight before, Sight now, String invocation) {
        boolean byFunction = !invocation.isEmpty();
        for (FleetName fleet : FleetName.values()) {
            boolean had = before.side(fleet).hasUsers();
            boolean has = now.side(fleet).hasUsers();
            if (!had && has && !byFunction) {
                handSince.put(fleet, now.at());
                known.remove(fleet);
            } else if (!had && has) {
                handSince.remove(fleet);
            }
            boolean served = had && before.side(fleet).count(TargetState.HEALTHY) > 0;
            boolean looks = now.latest().filter(rollout -> !rollout.settled()).isPresent();
            boolean hands = handSince.containsKey(fleet) && !known.contains(fleet);
            if (served && !has && (byFunction || looks && !hands)) {
                Left users = new Left(now.at(), inService(before.side(fleet)));
                boolean closed = now.latest()
                        .filter(rollout -> rollout.phase() == Phase.ROLLED_BACK)
                        .isPresent();
                if (hands && closed && !stored.contains(invocation)) {
                    untold.computeIfAbsent(invocation, i -> new EnumMap<>(FleetName.class))
                            .put(fleet, users);
                } else {
                    left.put(fleet, users);
                }
            }
        }
    }

    /** A function knows of what it has read once it has stored something after that: until then it may have died. */
    void called(Call call, Sight now) {
        if (call.operation().equals("DescribeRules")) {
            idle.put(
                    call.invocation(),
                    EnumSet.allOf(FleetName.class).stream()
                            .filter(fleet -> !now.side(fleet).hasUsers())
                            .collect(Collectors.toSet()));
            for (FleetName fleet : FleetName.values()) {
                Instant since = handSince.get(fleet);
                if (now.side(fleet).hasUsers() && since != null && !call.at().isBefore(since.plus(Sight.LAG))) {
                    read.computeIfAbsent(call.invocation(), i -> EnumSet.noneOf(FleetName.class))
                            .add(fleet);
                }
            }
        } else if (call.service().equals("dynamodb") && call.ok() && RulesWatch.writes(call)) {
            known.addAll(read.getOrDefault(call.invocation(), Set.of()));
            stored.add(call.invocation());
            Optional.ofNullable(untold.remove(call.invocation())).ifPresent(left::putAll);
        }
    }

    /** The invocation has ended. */
    void over(String invocation) {
        removed.remove(invocation);
        idle.remove(invocation);
        stored.remove(invocation);
        untold.remove(invocation);
        read.remove(invocation);
    }

    /** @param unseen whether no reading of the rule could show what a hand wrote to it last */
    void judge(Written write, boolean unseen) {
        for (FleetName fleet : FleetName.values()) {
            if (write.concerns(fleet)) {
                deployed(write, fleet, unseen);
                int fewer = write.before().side(fleet).desired()
                        - write.now().side(fleet).desired();
                if (fewer > 0) {
                    shrunk(write, fleet, fewer, unseen);
                }
            }
        }
    }

    private void deployed(Written write, FleetName fleet, boolean unseen) {
        Side side = write.now().side(fleet);
        if (write.call().operation().equals("CreateDeployment") && InPlaceRulings.on(fleet, write.now())) {
            InPlaceRulings.deployed(rulings, write, fleet);
        } else if (write.call().operation().equals("CreateDeployment")) {
            rulings.holds(
                    2,
                    (!side.hasUsers() || unseen) && !stillDraining(write.before(), fleet),
                    write.call(),
                    () -> "deployed to a fleet with users on it: " + side);
        }
    }

    private void shrunk(Written write, FleetName fleet, int fewer, boolean unseen) {
        Sight now = write.now();
        Side side = now.side(fleet);
        // Who is shut out asks nobody, and what they asked before ends while its instance's group waits for that.
        boolean inTurn = RecreateRulings.concern(now);
        int inAll = removed.merge(write.call().invocation(), fewer, Integer::sum);
        rulings.holds(
                11, inAll <= Aftercare.SLICE, write.call(), () -> "%d instances removed by one call".formatted(inAll));
        rulings.holds(
                2,
                (!side.hasUsers() || unseen || overtaken(write, side))
                        && (inTurn || !stillDraining(write.before(), fleet)),
                write.call(),
                () -> "shrunk while requests reach it: " + side);
        rulings.holds(
                2,
                inTurn || now.latest().filter(Rollout::isOpen).isPresent() || !stillReached(now, fleet),
                write.call(),
                () -> "shrunk although requests were counted on it, minute after minute: " + side);
        boolean blue = now.latest().flatMap(Rollout::blue).equals(Optional.of(fleet));
        Phase phase = now.latest().map(Rollout::phase).orElse(Phase.RETIRED);
        boolean stillNeeded = phase.isOpen()
                        && !now.latest().filter(RecreateRulings::gaveUpBlue).isPresent()
                || phase == Phase.PROMOTED
                        && !inTurn
                        && side.desired() < now.side(fleet.other()).inService();
        rulings.holds(
                2,
                !(blue && stillNeeded),
                write.call(),
                () -> "blue was shrunk while %s: %s".formatted(Sight.words(phase), side));
    }

    /**
     * Users came between the last reading of the rule and this write, which has no condition: what is left is as much as the other
     * fleet serves with, and what goes is drained by its group.
     */
    private boolean overtaken(Written write, Side side) {
        boolean hadNone = idle.getOrDefault(write.call().invocation(), Set.of()).contains(side.name());
        return hadNone
                && side.desired() >= write.now().side(side.name().other()).inService();
    }

    /**
     * Asked of the load balancer itself: users left it in this rollout, and yet each of so many minutes that can be seen by now had
     * requests. Where none of its users came, only smoke tests asked it.
     */
    private boolean stillReached(Sight now, FleetName fleet) {
        Instant last = left.containsKey(fleet) ? left.get(fleet).at() : Instant.MIN;
        // A retirement that was decided when nothing came goes on, slice by slice: there is no way back any more.
        Instant decided = now.latest()
                .filter(rollout -> rollout.phase() == Phase.RETIRED)
                .map(rollout -> rollout.progress().phaseSince())
                .orElse(now.at());
        Instant since = decided.minus(COUNTED).truncatedTo(ChronoUnit.MINUTES);
        boolean inThisRollout = now.latest()
                .filter(rollout -> last.isAfter(rollout.history().getFirst().at()))
                .isPresent();
        if (!inThisRollout || last.isAfter(since)) {
            return false;
        }
        return Stream.iterate(since, minute -> minute.plusSeconds(60))
                .limit(COUNTED.toMinutes())
                .allMatch(minute -> requests.on(fleet, minute, minute.plusSeconds(60)) > 0);
    }

    /** Requests may run on the instances that had users; where all of these have left or are leaving, there is nothing to wait for. */
    private boolean stillDraining(Sight now, FleetName fleet) {
        Left users = left.get(fleet);
        return users != null
                && now.at().isBefore(users.at().plus(drain))
                && !Collections.disjoint(users.asked(), inService(now.side(fleet)));
    }

    private static Set<String> inService(Side side) {
        return side.group().instances().stream()
                .filter(instance -> instance.state() == InstanceState.IN_SERVICE)
                .map(Instance::id)
                .collect(Collectors.toSet());
    }
}
