package dev.greenlight.cli.doctor;

import java.util.Collection;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/** The rules for copies of requests: at rest they answer by themselves, and a release may let one of them lead to green. */
final class ShadowRules {

    static final String BREAKS =
            "copies of requests come to production as if users had sent them, or never reach a release that waits for them";

    private ShadowRules() {}

    /** Whether the template means a rule for copies: a preview leads to a fleet. */
    static boolean isOne(Part part) {
        return part.wanted().path("Actions").path(0).path("Type").asText().equals("fixed-response");
    }

    static Place place(Part part) {
        return new Place("rule", "of copies of requests", part.physicalId());
    }

    /** @param fleets the target groups of both fleets */
    static void look(Part part, Rule rule, Optional<Rule> production, Collection<String> fleets, Notebook notebook) {
        Place place = place(part);
        Conditions live = Conditions.of(rule);
        Conditions wanted = Conditions.of(part.wanted().path("Conditions"));
        Action action = rule.actions().getLast();
        boolean rests = action.type() == ActionTypeEnum.FIXED_RESPONSE;
        boolean leads = action.type() == ActionTypeEnum.FORWARD && fleets.contains(action.targetGroupArn());
        if (production.filter(p -> number(p) <= number(rule)).isPresent()) {
            notebook.missing(
                    place,
                    "it comes after production: priority " + rule.priority(),
                    BREAKS,
                    Remedy.of("aws elbv2 set-rule-priorities --rule-priorities RuleArn=%s,Priority=%s"
                            .formatted(rule.ruleArn(), part.text("Priority"))));
        } else if (!wanted.same(live)) {
            notebook.missing(
                    place,
                    "it takes %s, deployed for %s".formatted(live.told(), wanted.told()),
                    BREAKS,
                    Remedy.of("put its conditions back as they stand in the template"));
        } else if (!rests && !leads) {
            notebook.missing(
                    place,
                    "it does something that no release writes: " + action.typeAsString(),
                    BREAKS,
                    Remedy.of(
                            "aws elbv2 modify-rule --rule-arn %s --actions Type=fixed-response,FixedResponseConfig={StatusCode=204}"
                                    .formatted(rule.ruleArn())));
        } else {
            notebook.well(
                    place, rests ? "answers copies by itself" : "leads to a fleet: a release is watched on copies");
        }
    }

    private static int number(Rule rule) {
        return rule.priority().matches("[0-9]{1,9}") ? Integer.parseInt(rule.priority()) : Integer.MAX_VALUE;
    }
}
