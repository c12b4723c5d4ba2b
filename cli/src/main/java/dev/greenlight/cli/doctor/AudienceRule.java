package dev.greenlight.cli.doctor;

import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/** The rule for an A/B test's audience: it stands before production, and does what that does but for a test's time. */
final class AudienceRule {

    private AudienceRule() {}

    /** Which weights by target group the rule and production's give; none where they answer by themselves. */
    record Given(Map<String, Integer> audience, Map<String, Integer> everybody) {

        private static Map<String, Integer> some(Map<String, Integer> weights) {
            return weights.entrySet().stream()
                    .filter(weight -> weight.getValue() > 0)
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }

        private boolean same() {
            return some(audience).equals(some(everybody));
        }

        /** All of the audience on one fleet, all others on the other one. */
        private boolean isTest() {
            return some(audience).size() == 1 && some(everybody).size() == 1;
        }
    }

    static void look(
            Place place,
            Part part,
            Rule rule,
            Rule production,
            Map<String, String> fleets,
            Given given,
            Notebook notebook) {
        Conditions live = Conditions.ofAudience(rule);
        Conditions wanted = Conditions.ofAudience(part.wanted());
        if (number(production) <= number(rule)) {
            notebook.missing(
                    place,
                    "it comes after production: priority %s, production has %s"
                            .formatted(rule.priority(), production.priority()),
                    "nobody of the audience tries green",
                    Remedy.of("aws elbv2 set-rule-priorities --rule-priorities RuleArn=%s,Priority=…, below %s"
                            .formatted(rule.ruleArn(), production.priority())));
        } else if (!wanted.same(live)) {
            notebook.missing(
                    place,
                    "it takes %s, deployed for %s".formatted(live.told(), wanted.told()),
                    "others than the audience try green, or nobody does",
                    Remedy.of("put the conditions back: a stack update that touches the rule does it, too"));
        } else if (!fleets.keySet().containsAll(given.audience().keySet()) || !given.same() && !given.isTest()) {
            notebook.missing(
                    place,
                    "it does something that no release writes",
                    "no release begins, and the audience gets what nobody meant it to get",
                    Remedy.of("let it do what the production rule does, or call RollBack"));
        } else {
            notebook.well(place, given.same() ? "does what production does" : "an A/B test is on");
        }
    }

    private static int number(Rule rule) {
        return rule.priority().matches("[0-9]{1,9}") ? Integer.parseInt(rule.priority()) : Integer.MAX_VALUE;
    }
}
