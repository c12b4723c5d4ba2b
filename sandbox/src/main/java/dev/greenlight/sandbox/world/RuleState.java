package dev.greenlight.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A rule with the recent history of its action: what was written when, and from when requests follow it. */
final class RuleState {

    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final String arn;
    private final Optional<Integer> priority;
    private List<Condition> conditions;
    private final List<Version> versions = new ArrayList<>();

    RuleState(Rule first, Instant now) {
        this.arn = first.arn();
        this.priority = first.priority();
        this.conditions = first.conditions();
        versions.add(new Version(now, now, first.action()));
    }

    String arn() {
        return arn;
    }

    int order() {
        return priority.orElse(Integer.MAX_VALUE);
    }

    /** Replaces the conditions, at once. */
    void direct(List<Condition> other) {
        conditions = List.copyOf(other);
    }

    /** Replaces the action as if it had never been another. */
    void found(Action action, Instant now) {
        versions.clear();
        versions.add(new Version(now, now, action));
    }

    /** Replaces the action; requests follow it from {@code effective} on. */
    void write(Action action, Instant now, Instant effective) {
        versions.add(new Version(now, effective, action));
        Instant forgotten = now.minus(REMEMBERED);
        while (versions.size() > 1 && versions.get(1).effective().isBefore(forgotten)) {
            versions.remove(0);
        }
    }

    /** The rule as it was written by {@code at}. */
    Rule writtenBy(Instant at) {
        return with(last(Version::written, at));
    }

    /** The action that requests follow at {@code at}. */
    Action followedAt(Instant at) {
        return last(Version::effective, at);
    }

    /** Whether it is the rule's business what becomes of the request. */
    boolean matches(Request request) {
        for (Condition condition : conditions) {
            if (!condition.holds(request)) {
                return false;
            }
        }
        return true;
    }

    private Action last(Function<Version, Instant> since, Instant at) {
        for (int i = versions.size() - 1; i > 0; i--) {
            if (!since.apply(versions.get(i)).isAfter(at)) {
                return versions.get(i).action();
            }
        }
        return versions.get(0).action();
    }

    private Rule with(Action action) {
        return new Rule(arn, priority, conditions, action);
    }

    private record Version(Instant written, Instant effective, Action action) {}
}
