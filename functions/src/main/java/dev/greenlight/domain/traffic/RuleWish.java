package dev.greenlight.domain.traffic;

import java.util.List;

/**
 * The production rule that an installation asks for.
 *
 * @param owner the installation; a rule that it made carries this name
 * @param listener ARN of the listener on which the rule stands
 * @param hosts host names, at least one
 * @param paths path patterns; all paths where it is empty
 * @param priority from 1 to 50,000; the first free one from there on is taken
 */
public record RuleWish(
        String owner, String service, String listener, List<String> hosts, List<String> paths, int priority) {

    /** The highest priority of a rule. Source: Elastic Load Balancing API, CreateRule. */
    public static final int LAST_PRIORITY = 50_000;

    public RuleWish {
        hosts = List.copyOf(hosts);
        paths = List.copyOf(paths);
        if (hosts.isEmpty() || priority < 1 || priority > LAST_PRIORITY) {
            throw new IllegalArgumentException("a rule needs a host and a priority from 1 to " + LAST_PRIORITY);
        }
    }
}
