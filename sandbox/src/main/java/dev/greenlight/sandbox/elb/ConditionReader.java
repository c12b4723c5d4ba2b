package dev.greenlight.sandbox.elb;

import dev.greenlight.sandbox.world.Condition;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/**
 * Reads the conditions of CreateRule and ModifyRule, and refuses what the service would refuse. Follows "Condition types for listener rules"
 * and "Quotas for your Application Load Balancers".
 */
final class ConditionReader {

    private static final int MOST_VALUES = 5;
    private static final int MOST_IN_ONE = 3;
    private static final int MOST_WILDCARDS = 5;
    private static final int LONGEST = 128;
    private static final int LONGEST_NAME = 40;

    /** Addresses that are refused: "You can't specify 255.255.255.255/32". */
    private static final String BROADCAST = "255.255.255.255/32";

    private ConditionReader() {}

    static List<Condition> read(List<RuleCondition> conditions) {
        List<Condition> read = conditions.stream().map(ConditionReader::read).toList();
        if (read.isEmpty()) {
            throw ElbErrors.invalid("A rule needs a condition");
        }
        int values = read.stream().mapToInt(c -> c.values().size()).sum();
        if (values > MOST_VALUES) {
            throw ElbErrors.invalid("A rule has at most " + MOST_VALUES + " condition values, this one has " + values);
        }
        read.forEach(ConditionReader::bounded);
        once("host-header", conditions);
        once("path-pattern", conditions);
        once("http-request-method", conditions);
        once("source-ip", conditions);
        long wildcards = read.stream()
                .flatMap(c -> c.values().stream())
                .flatMapToInt(String::chars)
                .filter(c -> c == '*' || c == '?')
                .count();
        if (wildcards > MOST_WILDCARDS) {
            throw ElbErrors.invalid(
                    "A rule has at most %d wildcards, this one has %d".formatted(MOST_WILDCARDS, wildcards));
        }
        return read;
    }

    private static void bounded(Condition condition) {
        if (condition.values().size() > MOST_IN_ONE) {
            throw ElbErrors.invalid("A condition has at most " + MOST_IN_ONE + " values");
        }
        boolean tooLong = condition instanceof Condition.Query query
                ? query.pairs().stream()
                        .anyMatch(pair -> pair.value().length() > LONGEST
                                || pair.key().orElse("").length() > LONGEST)
                : condition.values().stream().anyMatch(value -> value.length() > LONGEST);
        if (tooLong) {
            throw ElbErrors.invalid("A condition value has at most " + LONGEST + " characters");
        }
        if (condition instanceof Condition.Header header
                && (header.name().length() > LONGEST_NAME || header.name().equalsIgnoreCase("host"))) {
            throw ElbErrors.invalid("The header '%s' cannot be a condition".formatted(header.name()));
        }
    }

    private static void once(String field, List<RuleCondition> conditions) {
        if (conditions.stream().filter(c -> field.equals(c.field())).count() > 1) {
            throw ElbErrors.invalid("A rule has at most one condition " + field);
        }
    }

    private static Condition addresses(List<String> blocks) {
        try {
            if (!blocks.contains(BROADCAST)) {
                return new Condition.Source(blocks);
            }
        } catch (IllegalArgumentException e) {
            // Told below, like the one that is refused.
        }
        throw ElbErrors.invalid("Not all of these are CIDR blocks that a rule takes: " + blocks);
    }

    private static Condition read(RuleCondition condition) {
        return switch (condition.field()) {
            case "host-header" ->
                new Condition.Host(condition.hostHeaderConfig().values());
            case "path-pattern" ->
                new Condition.Path(condition.pathPatternConfig().values());
            case "http-header" ->
                new Condition.Header(
                        condition.httpHeaderConfig().httpHeaderName(),
                        condition.httpHeaderConfig().values());
            case "http-request-method" ->
                new Condition.Method(condition.httpRequestMethodConfig().values());
            case "query-string" ->
                new Condition.Query(condition.queryStringConfig().values().stream()
                        .map(pair -> new Condition.Query.Pair(Optional.ofNullable(pair.key()), pair.value()))
                        .toList());
            case "source-ip" -> addresses(condition.sourceIpConfig().values());
            default -> throw ElbErrors.invalid("the sandbox does not know the condition " + condition.field());
        };
    }
}
