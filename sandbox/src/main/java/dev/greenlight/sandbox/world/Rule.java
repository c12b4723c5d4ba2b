package dev.greenlight.sandbox.world;

import java.util.List;
import java.util.Optional;

/**
 * A listener rule as DescribeRules shows it.
 *
 * @param priority lower is asked first; empty for the listener's default rule
 * @param conditions all must hold; none for the default rule
 */
public record Rule(String arn, Optional<Integer> priority, List<Condition> conditions, Action action) {

    public Rule {
        conditions = List.copyOf(conditions);
    }

    /** The request, changed so that it meets each condition but those on where it goes, the host and the path. */
    public Request taking(Request request) {
        Request met = request;
        for (Condition condition : conditions) {
            met = switch (condition) {
                case Condition.Host host -> met;
                case Condition.Path path -> met;
                case Condition.Method method -> met;
                case Condition.Header header -> met.with(header.name(), plain(header.values()));
                case Condition.Query query -> met.asking(plain(query.values()));
                case Condition.Source source -> met.from(plain(source.values()).replaceAll("/.*", ""));
            };
        }
        return met;
    }

    /** What the first of some patterns matches. */
    private static String plain(List<String> patterns) {
        return patterns.getFirst().replace("*", "").replace('?', 'x');
    }
}
