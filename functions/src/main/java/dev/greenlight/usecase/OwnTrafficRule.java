package dev.greenlight.usecase;

import dev.greenlight.domain.traffic.OwnedRule;
import dev.greenlight.domain.traffic.RuleWish;
import dev.greenlight.port.TrafficRules;
import java.util.Optional;
import java.util.Set;

/**
 * Owns a service's production rule for its installation: makes it once, keeps its live weights whatever the installation
 * becomes, and refuses to delete it while it carries traffic. The same for the rule of an A/B test's audience, which is made as a second
 * production rule, above it, and may always go: its requests are production's then. Every call may come twice.
 */
public final class OwnTrafficRule {

    /** Others may take priorities between our look and our write; more than a few in a row is no coincidence. */
    private static final int TRIES = 5;

    private final TrafficRules rules;

    public OwnTrafficRule(TrafficRules rules) {
        this.rules = rules;
    }

    /** What became of the rule. */
    public sealed interface Result {

        /** It stands. */
        record Stands(OwnedRule rule) implements Result {}

        /** There is none any more. */
        record Gone() implements Result {}

        /** Nothing was changed. */
        record Refused(String reason) implements Result {}
    }

    /** Makes the rule, or takes the one that this installation made before. */
    public Result create(RuleWish wish) {
        Optional<OwnedRule> there = rules.standing(wish);
        if (there.isPresent()) {
            return there.get().owner().equals(wish.owner())
                    ? directed(there.get(), wish)
                    : new Result.Refused("the listener has %s of service %s already, %s: delete it first"
                            .formatted(
                                    wish.audience().isPresent() ? "an audience's rule" : "a production rule",
                                    wish.service(),
                                    there.get().arn()));
        }
        if (wish.audience().isEmpty()) {
            return made(wish, RuleWish.LAST_PRIORITY, "no priority from %d on is free".formatted(wish.priority()));
        }
        String above = wish.audience().get().above();
        return rules.rule(above)
                .map(production -> made(
                        wish,
                        production.priority() - 1,
                        "no priority from %d on and before the production rule's, %d, is free: aws elbv2 set-rule-priorities --rule-priorities RuleArn=%s,Priority=%d, then deploy again"
                                .formatted(
                                        wish.priority(),
                                        production.priority(),
                                        production.arn(),
                                        production.priority() + 1)))
                .orElseGet(() -> new Result.Refused("the production rule is gone: " + above));
    }

    private Result made(RuleWish wish, int last, String noneFree) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Integer> free = firstFree(wish, last);
            if (free.isEmpty()) {
                return new Result.Refused(noneFree);
            }
            Optional<OwnedRule> made = rules.create(wish, free.get());
            if (made.isPresent()) {
                // A rollout may have written production's weights between the look at them and the new rule.
                wish.audience().ifPresent(audience -> rules.follow(made.get().arn(), audience.above()));
                return new Result.Stands(made.get());
            }
        }
        return new Result.Refused("others took every priority that was free, %d times in a row".formatted(TRIES));
    }

    private Optional<Integer> firstFree(RuleWish wish, int last) {
        Set<Integer> taken = rules.takenPriorities(wish.listener());
        for (int priority = wish.priority(); priority <= last; priority++) {
            if (!taken.contains(priority)) {
                return Optional.of(priority);
            }
        }
        return Optional.empty();
    }

    /**
     * Gives the rule other conditions. Its weights and its priority stay as they are; a rule that somebody deleted is
     * made anew.
     */
    public Result update(String arn, RuleWish wish) {
        Optional<OwnedRule> there = rules.rule(arn);
        if (there.isEmpty()) {
            return create(wish);
        }
        if (!there.get().listener().equals(wish.listener())) {
            return new Result.Refused(
                    "a rule cannot move to another listener: its weights would be lost. Install the service anew");
        }
        return directed(there.get(), wish);
    }

    private Result directed(OwnedRule rule, RuleWish wish) {
        rules.direct(rule.arn(), wish);
        return new Result.Stands(rule);
    }

    /**
     * Deletes the rule.
     *
     * @param arn of the rule, or anything else where none was made
     * @param force whether a production rule goes although it carries traffic
     */
    public Result delete(String arn, RuleWish wish, boolean force) {
        // A creation whose answer was lost may have made one all the same.
        Optional<OwnedRule> there = rules.rule(arn)
                .or(() -> rules.standing(wish).filter(rule -> rule.owner().equals(wish.owner())));
        boolean needed = wish.audience().isEmpty() && !force;
        if (needed && there.filter(OwnedRule::carriesTraffic).isPresent()) {
            return new Result.Refused("rule %s carries traffic: set network.removal to force, deploy, and delete again"
                    .formatted(there.get().arn()));
        }
        there.ifPresent(rule -> rules.delete(rule.arn()));
        return new Result.Gone();
    }
}
