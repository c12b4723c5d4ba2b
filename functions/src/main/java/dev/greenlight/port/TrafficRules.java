package dev.greenlight.port;

import dev.greenlight.domain.traffic.OwnedRule;
import dev.greenlight.domain.traffic.RuleWish;
import java.util.Optional;
import java.util.Set;

/** A listener's rules, for the one who owns those of a service. Weights are none of its business, but for a new rule's first. */
public interface TrafficRules {

    /** The rule with that ARN; empty where it is gone. */
    Optional<OwnedRule> rule(String arn);

    /** The rule of the wish's kind, service and listener, whoever made it. */
    Optional<OwnedRule> standing(RuleWish wish);

    /** The priorities that rules of the listener have. */
    Set<Integer> takenPriorities(String listener);

    /**
     * Makes the rule. One of production answers 503 until the first release; one for an audience does what production's does.
     *
     * @return empty where another rule has taken the priority meanwhile
     */
    Optional<OwnedRule> create(RuleWish wish, int priority);

    /** Lets a rule that was just made do what another one does by now. */
    void follow(String arn, String other);

    /** Gives the rule the wish's conditions, and leaves its action alone. */
    void direct(String arn, RuleWish wish);

    /** Deletes the rule; one that is gone already is no failure. */
    void delete(String arn);
}
