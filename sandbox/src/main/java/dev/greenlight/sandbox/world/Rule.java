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
}
