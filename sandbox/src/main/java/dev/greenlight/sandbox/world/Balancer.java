package dev.greenlight.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SplittableRandom;

/** The load balancer: its rules in order, its target groups, and the choice of a target. Guarded by the world's lock. */
final class Balancer {

    private final List<RuleState> rules = new ArrayList<>();
    private final Map<String, TargetSet> groups = new LinkedHashMap<>();
    private final Duration lag;
    private final SplittableRandom random;

    Balancer(Duration lag, long seed) {
        this.lag = lag;
        this.random = new SplittableRandom(seed);
    }

    void add(TargetGroup group) {
        groups.put(group.arn(), new TargetSet(group));
    }

    void add(Rule rule, Instant now) {
        rules.add(new RuleState(rule, now));
        rules.sort(Comparator.comparingInt(RuleState::order));
        refreshUse(now);
    }

    void remove(String ruleArn, Instant now) {
        rules.remove(state(ruleArn));
        refreshUse(now);
    }

    void direct(String ruleArn, List<Condition> conditions) {
        state(ruleArn).direct(conditions);
    }

    /** Replaces a rule's action, whatever it was meanwhile: the last writer wins. */
    void write(String ruleArn, Action action, Instant now) {
        state(ruleArn).write(action, now, now.plus(lag));
    }

    /** Gives a rule an action that requests follow at once. */
    void found(String ruleArn, Action action, Instant now) {
        state(ruleArn).found(action, now);
        refreshUse(now);
    }

    /** Removes a group; an {@link IllegalStateException} while a rule names it. */
    void remove(TargetGroup group) {
        if (groups.get(group.arn()).used()) {
            throw new IllegalStateException(
                    "Target group '%s' is currently in use by a listener or a rule".formatted(group.arn()));
        }
        groups.remove(group.arn());
    }

    private RuleState state(String ruleArn) {
        return rules.stream()
                .filter(rule -> rule.arn().equals(ruleArn))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("rule " + ruleArn));
    }

    List<Rule> rulesWrittenBy(Instant at) {
        return rules.stream().map(rule -> rule.writtenBy(at)).toList();
    }

    Action actionWrittenBy(String ruleArn, Instant at) {
        return state(ruleArn).writtenBy(at).action();
    }

    /** Notes which groups the rules that are followed now name; to be called when a write takes effect. */
    void refreshUse(Instant now) {
        List<Action> followed = rules.stream().map(rule -> rule.followedAt(now)).toList();
        groups.values().forEach(set -> set.used(followed.stream().anyMatch(action -> names(action, set)), now));
    }

    Collection<TargetSet> sets() {
        return groups.values();
    }

    Optional<TargetSet> set(String targetGroupArn) {
        return Optional.ofNullable(groups.get(targetGroupArn));
    }

    /** What the first rule that matches does with the request. */
    Action route(Request request, Instant now) {
        for (RuleState rule : rules) {
            if (rule.matches(request)) {
                return rule.followedAt(now);
            }
        }
        throw new IllegalStateException("the listener has no default rule");
    }

    /** Where the request goes; there is no second try in another group. */
    Choice choose(Request request, Instant now) {
        return switch (route(request, now)) {
            case Action.Fixed fixed -> new Choice.Fixed(fixed.status(), fixed.contentType(), fixed.body());
            case Action.Forward forward -> choose(forward, request, now);
        };
    }

    private Choice choose(Action.Forward forward, Request request, Instant now) {
        Optional<String> remembered = forward.stickiness().flatMap(length -> GroupCookie.group(request, forward, now));
        String arn = remembered.orElseGet(() -> drawn(forward));
        Optional<Choice.Cookie> cookie = remembered.isPresent()
                ? Optional.empty()
                : forward.stickiness().map(length -> GroupCookie.naming(arn, length, now));
        return set(arn).flatMap(set -> set.next(now))
                .<Choice>map(id -> new Choice.Target(id, arn, cookie))
                .orElseGet(() -> new Choice.NoTarget(503, arn));
    }

    /** A group by weight; with all weights 0 the first one, which is as good a guess as any. */
    private String drawn(Action.Forward forward) {
        int total = forward.shares().stream().mapToInt(Action.Share::weight).sum();
        int draw = total == 0 ? 0 : random.nextInt(total);
        for (Action.Share share : forward.shares()) {
            draw -= share.weight();
            if (draw < 0) {
                return share.targetGroupArn();
            }
        }
        return forward.shares().get(0).targetGroupArn();
    }

    private static boolean names(Action action, TargetSet set) {
        return action instanceof Action.Forward forward
                && forward.names(set.group().arn());
    }
}
