package dev.greenlight.domain.traffic;

import java.util.List;
import java.util.Optional;

/**
 * A rule that an installation asks for: the production rule, or the one for an A/B test's audience above it.
 *
 * @param owner the installation; a rule that it made carries this name
 * @param listener ARN of the listener on which the rule stands
 * @param hosts host names, at least one
 * @param paths path patterns; all paths where it is empty
 * @param priority from 1 to 50,000; the first free one from there on is taken
 * @param audience present where the rule is for some of the requests only
 */
public record RuleWish(
        String owner,
        String service,
        String listener,
        List<String> hosts,
        List<String> paths,
        int priority,
        Optional<Audience> audience) {

    /** The highest priority of a rule. Source: Elastic Load Balancing API, CreateRule. */
    public static final int LAST_PRIORITY = 50_000;

    public RuleWish {
        hosts = List.copyOf(hosts);
        paths = List.copyOf(paths);
        if (hosts.isEmpty() || priority < 1 || priority > LAST_PRIORITY) {
            throw new IllegalArgumentException("a rule needs a host and a priority from 1 to " + LAST_PRIORITY);
        }
    }

    /** The production rule. */
    public RuleWish(
            String owner, String service, String listener, List<String> hosts, List<String> paths, int priority) {
        this(owner, service, listener, hosts, paths, priority, Optional.empty());
    }

    /**
     * Whose requests a rule takes before the production rule does.
     *
     * @param above ARN of the production rule, as which it begins
     * @param traits what all of these requests have, at least one
     */
    public record Audience(String above, List<Trait> traits) {
        public Audience {
            traits = List.copyOf(traits);
            if (traits.isEmpty()) {
                throw new IllegalArgumentException("an audience without a trait is everybody");
            }
        }
    }
}
