package dev.greenlight.sandbox.elb;

import dev.greenlight.sandbox.world.Condition;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** Reads the conditions of CreateRule and ModifyRule, and refuses what the service would refuse. */
final class ConditionReader {

    private static final int MOST_VALUES = 5;

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
        return read;
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
            default -> throw ElbErrors.invalid("the sandbox does not know the condition " + condition.field());
        };
    }
}
