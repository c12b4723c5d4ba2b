package dev.greenlight.sandbox.world;

import dev.greenlight.sandbox.clock.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The targets of one group and what the load balancer thinks of each; remembers what it thought for ten minutes. */
final class TargetSet {

    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private TargetGroup group;
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final Deque<Snapshot> history = new ArrayDeque<>();
    /** Whom requests may be sent to; null until somebody asks after a change. */
    private List<String> eligible;

    /** What each target is; null until somebody asks after a change. */
    private List<TargetHealth> health;

    /** What each target gets while one of them warms up, and what rounding owes them. */
    private final Map<String, Double> owed = new LinkedHashMap<>();

    /** Until when some target warms up. */
    private Instant warm = Instant.MIN;

    private boolean used;
    private int turn;

    TargetSet(TargetGroup group) {
        this.group = group;
    }

    TargetGroup group() {
        return group;
    }

    /** Gives the group other attributes; checks that run keep their interval. */
    void group(TargetGroup other) {
        group = other;
    }

    boolean used() {
        return used;
    }

    /** Notes whether a rule names the group; targets that come into use are checked as if they were new. */
    void used(boolean now, Instant at) {
        if (now != used) {
            used = now;
            targets.values().stream()
                    .filter(target -> target.health.state() != TargetState.DRAINING)
                    .forEach(target -> target.becomes(fresh(target.id)));
            remember(at);
        }
    }

    Optional<Target> target(String instanceId) {
        return Optional.ofNullable(targets.get(instanceId));
    }

    /** Adds the target; one that drains is taken back; one that is there already stays as it is. */
    Optional<Target> register(String instanceId, Instant at) {
        Target old = targets.get(instanceId);
        if (old != null && old.health.state() != TargetState.DRAINING) {
            return Optional.empty();
        }
        Target target = new Target(instanceId, fresh(instanceId));
        targets.put(instanceId, target);
        remember(at);
        return Optional.of(target);
    }

    /** Starts the draining and says for how long; empty when the target is not registered or nothing uses the group. */
    Optional<Duration> deregister(String instanceId, Instant at) {
        Target target = targets.get(instanceId);
        if (target == null || target.health.state() == TargetState.DRAINING) {
            return Optional.empty();
        }
        target.checks.cancel();
        if (!used || group.deregistrationDelay().isZero()) {
            targets.remove(instanceId);
            remember(at);
            return Optional.empty();
        }
        target.becomes(TargetHealth.draining(instanceId));
        remember(at);
        return Optional.of(group.deregistrationDelay());
    }

    /** Ends the draining of a target, if it was not registered again meanwhile. */
    void drained(Target target, Instant at) {
        if (targets.remove(target.id, target)) {
            remember(at);
        }
    }

    /** Takes in the outcome of one health check. */
    void checked(Target target, Health outcome, Instant at) {
        TargetState state = target.health.state();
        if (targets.get(target.id) != target || state == TargetState.DRAINING || state == TargetState.UNUSED) {
            return;
        }
        target.count(outcome.passed());
        if (state == TargetState.INITIAL && !outcome.passed()) {
            target.health = TargetHealth.checking(target.id);
            health = null;
        }
        int needed = state == TargetState.INITIAL ? 1 : group.healthCheck().healthyThreshold();
        if (target.passed >= needed) {
            warmUp(target, state, at);
            target.health = TargetHealth.healthy(target.id);
            health = null;
        } else if (target.failed >= group.healthCheck().unhealthyThreshold()) {
            target.health = TargetHealth.unhealthy(target.id, outcome);
            target.warm = at;
            health = null;
        }
        if (target.health.state() != state) {
            remember(at);
        }
    }

    /**
     * A target that becomes healthy beside one that is warm gets more and more of its share; one that finds none such gets all of it at once (user guide,
     * "Edit target group attributes", Slow start mode).
     */
    private void warmUp(Target target, TargetState before, Instant at) {
        if (before == TargetState.HEALTHY || group.slowStart().isZero()) {
            return;
        }
        boolean joins = targets.values().stream()
                .anyMatch(other -> other.health.state() == TargetState.HEALTHY && !at.isBefore(other.warm));
        target.warm = joins ? at.plus(group.slowStart()) : at;
        warm = target.warm.isAfter(warm) ? target.warm : warm;
    }

    /** Makes the target healthy without a check. */
    void healthy(String instanceId, Instant at) {
        if (used) {
            targets.get(instanceId).becomes(TargetHealth.healthy(instanceId));
            remember(at);
        }
    }

    /** What each target is now. */
    List<TargetHealth> health() {
        if (health == null) {
            health = targets.values().stream().map(target -> target.health).toList();
        }
        return health;
    }

    /** What each target was at {@code at}, as far as it is remembered. */
    List<TargetHealth> healthAt(Instant at) {
        return history.stream()
                .filter(snapshot -> !snapshot.at().isAfter(at))
                .reduce((first, second) -> second)
                .or(() -> Optional.ofNullable(history.peekFirst()))
                .map(Snapshot::health)
                .orElse(List.of());
    }

    /**
     * Whom a request may be sent to: the healthy targets; without any, all that are registered and do not drain (fail-open; user
     * guide, "Health checks for Application Load Balancer target groups"). Initial targets are among these, because a group answers
     * 503 only when it has no registered target or only unused ones ("Troubleshoot your Application Load Balancers").
     */
    List<String> eligible() {
        if (eligible == null) {
            List<String> healthy = ids(EnumSet.of(TargetState.HEALTHY));
            eligible = healthy.isEmpty() ? ids(EnumSet.of(TargetState.UNHEALTHY, TargetState.INITIAL)) : healthy;
        }
        return eligible;
    }

    long count(TargetState state) {
        return targets.values().stream()
                .filter(target -> target.health.state() == state)
                .count();
    }

    /** How many of so many requests each target gets, in the order of {@link #eligible()}; all even unless one warms up. */
    Map<String, Long> apportioned(long requests, Instant now) {
        return Apportioning.byWeight(requests, weights(now), owed);
    }

    /** Whether some target gets less than its share. */
    boolean warmsUp(Instant now) {
        return now.isBefore(warm);
    }

    private Map<String, Integer> weights(Instant now) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        for (String id : eligible()) {
            weights.put(id, targets.get(id).weight(now, group.slowStart()));
        }
        return weights;
    }

    /** The next target in turn; empty when there is none to send to. */
    Optional<String> next(Instant now) {
        List<String> eligible = eligible();
        if (warmsUp(now) && !eligible.isEmpty()) {
            return Optional.of(Apportioning.one(weights(now), owed));
        }
        return eligible.isEmpty()
                ? Optional.empty()
                : Optional.of(eligible.get(Math.floorMod(turn++, eligible.size())));
    }

    private List<String> ids(Set<TargetState> states) {
        return targets.values().stream()
                .filter(target -> states.contains(target.health.state()))
                .map(target -> target.id)
                .toList();
    }

    private TargetHealth fresh(String instanceId) {
        return used ? TargetHealth.registering(instanceId) : TargetHealth.notInUse(instanceId);
    }

    /** To be called after every change of a target's state. */
    private void remember(Instant at) {
        eligible = null;
        health = null;
        history.addLast(new Snapshot(at, health()));
        Instant forgotten = at.minus(REMEMBERED);
        while (history.size() > 1 && history.peekFirst().at().isBefore(forgotten)) {
            history.removeFirst();
        }
    }

    private record Snapshot(Instant at, List<TargetHealth> health) {}

    /** One registration of an instance; registering it again after its draining makes another. */
    static final class Target {
        private static final int FULL = 1000;

        private final String id;
        private TargetHealth health;
        private int passed;
        private int failed;
        private Timer checks = () -> {};
        private boolean beingChecked;

        /** From when on it gets its share. */
        private Instant warm = Instant.MIN;

        Target(String id, TargetHealth health) {
            this.id = id;
            this.health = health;
        }

        String id() {
            return id;
        }

        TargetState state() {
            return health.state();
        }

        void checkedBy(Timer timer) {
            checks = timer;
        }

        /** Whether a check may start: on a fast clock the one before may still be under way. */
        boolean startsCheck() {
            boolean free = !beingChecked;
            beingChecked = true;
            return free;
        }

        void endsCheck() {
            beingChecked = false;
        }

        private void becomes(TargetHealth other) {
            health = other;
            passed = 0;
            failed = 0;
        }

        /** A thousandth at least: the load balancer sends a target that warms up something from the beginning. */
        private int weight(Instant now, Duration slowStart) {
            if (!now.isBefore(warm)) {
                return FULL;
            }
            long left = Duration.between(now, warm).toMillis();
            return (int) Math.max(1, FULL - FULL * left / slowStart.toMillis());
        }

        private void count(boolean pass) {
            passed = pass ? passed + 1 : 0;
            failed = pass ? 0 : failed + 1;
        }
    }
}
