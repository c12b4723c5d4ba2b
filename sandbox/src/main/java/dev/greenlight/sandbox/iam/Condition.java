package dev.greenlight.sandbox.iam;

import dev.greenlight.sandbox.world.Wildcard;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One condition of a statement: an operator, a key, and the values of which one must fit.
 *
 * <p>Follows the pages "IAM JSON policy elements: Condition operators" and "Set operators for multi-valued context keys". Knows
 * StringEquals, StringLike, ArnEquals and ArnLike, and ForAllValues before the first of them; every other operator is refused.
 */
public record Condition(String operator, String key, List<String> values) {

    private static final String FOR_ALL = "ForAllValues:";

    public Condition {
        values = List.copyOf(values);
        if (!List.of("StringEquals", "StringLike", "ArnEquals", "ArnLike", FOR_ALL + "StringEquals")
                .contains(operator)) {
            throw new IllegalArgumentException("the condition operator " + operator + " is not known here");
        }
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a condition without values: " + operator + " " + key);
        }
    }

    /** Whether it holds; a key that the call does not bring fails every operator but {@code ForAllValues}. */
    boolean holds(Map<String, List<String>> context) {
        Optional<List<String>> given = Optional.ofNullable(context.get(key));
        if (operator.startsWith(FOR_ALL)) {
            return given.map(all -> all.stream().allMatch(this::fits)).orElse(true);
        }
        return given.map(all -> all.size() == 1 && fits(all.getFirst())).orElse(false);
    }

    private boolean fits(String value) {
        // ArnEquals and ArnLike behave identically: both take wildcards.
        boolean exact = operator.endsWith("StringEquals");
        return values.stream().anyMatch(v -> exact ? v.equals(value) : Wildcard.matches(v, value));
    }
}
