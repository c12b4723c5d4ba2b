package dev.greenlight.port;

import dev.greenlight.domain.traffic.OwnedRule;
import dev.greenlight.domain.traffic.RuleWish;
import java.util.Optional;
import java.util.Set;

/** A listener's rules, for the one who owns a service's production rule. Weights are none of its business. */
public interface TrafficRules {

    /** The rule with that ARN; empty where it is gone. */
    Optional<OwnedRule> rule(String arn);

    /** The production rule of that service on a listener, whoever made it. */
    Optional<OwnedRule> ofService(String listener, String service);

    /** The priorities that rules of the listener have. */
    Set<Integer> takenPriorities(String listener);

    /**
     * Makes the rule, which answers 503 until the first release.
     *
     * @return empty where another rule has taken the priority meanwhile
     */
    Optional<OwnedRule> create(RuleWish wish, int priority);

    /** Gives the rule the wish's hosts and paths, and leaves its action alone. */
    void direct(String arn, RuleWish wish);

    /** Deletes the rule; one that is gone already is no failure. */
    void delete(String arn);
}
