package dev.greenlight.adapter.elb;

import dev.greenlight.adapter.Aws;
import dev.greenlight.domain.traffic.OwnedRule;
import dev.greenlight.domain.traffic.RuleWish;
import dev.greenlight.port.TrafficRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PriorityInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;

/**
 * The rules of an Application Load Balancer's listener. Two tags say whose a rule is, and a third one which. ModifyRule with conditions
 * alone leaves a rule's actions as they are. Follows "CreateRule", "ModifyRule", "DeleteRule" and "DescribeRules".
 */
public final class AlbTrafficRules implements TrafficRules {

    static final String SERVICE = "greenlight:service";
    static final String OWNER = "greenlight:owner";

    /** Which of a service's rules it is; the production rule, which was there first, does not say so. */
    static final String KIND = "greenlight:rule";

    private static final String AUDIENCE = "audience";

    private static final String CLOSED = "503";
    private static final int TAGS_PER_CALL = 20;

    /** Far beyond the rules that a listener may have ("Quotas for your Application Load Balancers"). */
    private static final int PAGES_AT_MOST = 40;

    private static final String DESCRIBE = "elasticloadbalancing:DescribeRules";
    private static final String MODIFY = "elasticloadbalancing:ModifyRule";
    private static final String DEFAULT = "default";

    private final ElasticLoadBalancingV2Client elb;
    private final Aws aws;

    public AlbTrafficRules(ElasticLoadBalancingV2Client elb, Aws aws) {
        this.elb = elb;
        this.aws = aws;
    }

    @Override
    public Optional<OwnedRule> rule(String arn) {
        // Anything else would be refused as invalid, and means that no rule was ever made.
        if (!arn.contains(":listener-rule/app/")) {
            return Optional.empty();
        }
        List<Rule> found = aws.repeatable(DESCRIBE, () -> {
            try {
                return elb.describeRules(r -> r.ruleArns(arn)).rules();
            } catch (RuleNotFoundException e) {
                return List.of();
            }
        });
        return found.stream()
                .findFirst()
                .map(rule -> owned(rule, tags(List.of(arn)).getOrDefault(arn, Map.of())));
    }

    @Override
    public Optional<OwnedRule> standing(RuleWish wish) {
        List<Rule> all = rules(wish.listener());
        Map<String, Map<String, String>> tags =
                tags(all.stream().map(AlbTrafficRules::arn).toList());
        return all.stream()
                .filter(rule -> isOf(wish, tags.getOrDefault(rule.ruleArn(), Map.of())))
                .findFirst()
                .map(rule -> owned(rule, tags.get(rule.ruleArn())));
    }

    private static boolean isOf(RuleWish wish, Map<String, String> tags) {
        return wish.service().equals(tags.get(SERVICE))
                && wish.audience().isPresent() == AUDIENCE.equals(tags.get(KIND));
    }

    @Override
    public Set<Integer> takenPriorities(String listener) {
        Set<Integer> taken = new HashSet<>();
        rules(listener).forEach(rule -> taken.add(priority(rule)));
        return taken;
    }

    /** All but the default rule; none where the listener itself is gone. */
    private List<Rule> rules(String listener) {
        List<Rule> all = new ArrayList<>();
        String marker = null;
        int pages = 0;
        do {
            String from = marker;
            DescribeRulesResponse page = aws.repeatable(DESCRIBE, () -> {
                try {
                    return elb.describeRules(r -> r.listenerArn(listener).marker(from));
                } catch (ListenerNotFoundException e) {
                    return DescribeRulesResponse.builder().build();
                }
            });
            page.rules().stream()
                    .filter(r -> !Boolean.TRUE.equals(r.isDefault()) && !DEFAULT.equals(r.priority()))
                    .forEach(all::add);
            marker = page.nextMarker();
        } while (marker != null && ++pages < PAGES_AT_MOST);
        return all;
    }

    private Map<String, Map<String, String>> tags(List<String> arns) {
        Map<String, Map<String, String>> tags = new HashMap<>();
        for (int from = 0; from < arns.size(); from += TAGS_PER_CALL) {
            List<String> some = arns.subList(from, Math.min(arns.size(), from + TAGS_PER_CALL));
            aws.repeatable("elasticloadbalancing:DescribeTags", () -> elb.describeTags(r -> r.resourceArns(some)))
                    .tagDescriptions()
                    .forEach(d -> d.tags()
                            .forEach(t -> tags.computeIfAbsent(d.resourceArn(), a -> new HashMap<>())
                                    .put(t.key(), t.value())));
        }
        return tags;
    }

    private static OwnedRule owned(Rule rule, Map<String, String> tags) {
        return new OwnedRule(
                arn(rule),
                listenerOf(arn(rule)),
                tags.getOrDefault(OWNER, ""),
                priority(rule),
                rule.actions().stream().anyMatch(AlbTrafficRules::carriesTraffic));
    }

    private static String arn(Rule rule) {
        return Aws.present(rule.ruleArn(), DESCRIBE, "RuleArn");
    }

    private static int priority(Rule rule) {
        String priority = Aws.present(rule.priority(), DESCRIBE, "Priority");
        try {
            return Integer.parseInt(priority);
        } catch (NumberFormatException e) {
            throw Aws.unusable(DESCRIBE, "the priority is no number: " + priority);
        }
    }

    /** A rule's ARN is its listener's, with another kind and an id of its own behind. */
    private static String listenerOf(String rule) {
        return rule.substring(0, rule.lastIndexOf('/')).replace(":listener-rule/", ":listener/");
    }

    private static boolean carriesTraffic(Action action) {
        if (action.type() != ActionTypeEnum.FORWARD) {
            return action.type() == ActionTypeEnum.REDIRECT;
        }
        return action.forwardConfig() == null
                || action.forwardConfig().targetGroups().stream().anyMatch(g -> g.weight() == null || g.weight() > 0);
    }

    @Override
    public Optional<OwnedRule> create(RuleWish wish, int priority) {
        List<Action> actions =
                wish.audience().map(audience -> actions(audience.above())).orElseGet(() -> List.of(closed()));
        return aws.once("elasticloadbalancing:CreateRule", () -> {
            try {
                Rule made = elb.createRule(r -> r.listenerArn(wish.listener())
                                .priority(priority)
                                .conditions(RuleConditions.of(wish))
                                .actions(actions)
                                .tags(tags(wish)))
                        .rules()
                        .getFirst();
                return Optional.of(owned(made, Map.of(OWNER, wish.owner())));
            } catch (PriorityInUseException e) {
                return Optional.empty();
            }
        });
    }

    /** What a rule does. The secret with which it may sign users in is never read out, so nothing that does so can be made like it. */
    private List<Action> actions(String arn) {
        List<Action> actions = aws
                .repeatable(
                        DESCRIBE, () -> elb.describeRules(r -> r.ruleArns(arn)).rules())
                .stream()
                .findFirst()
                .map(Rule::actions)
                .orElseGet(List::of);
        if (actions.isEmpty() || actions.stream().anyMatch(RuleReading::isOidc)) {
            throw Aws.unusable(
                    DESCRIBE,
                    actions.isEmpty()
                            ? "there is no rule " + arn
                            : "rule %s signs users in by OIDC, with a secret that no other rule can be given"
                                    .formatted(arn));
        }
        return actions;
    }

    @Override
    public void follow(String arn, String other) {
        List<Action> wanted = actions(other);
        if (!actions(arn).equals(wanted)) {
            aws.repeatable(MODIFY, () -> elb.modifyRule(r -> r.ruleArn(arn).actions(wanted)));
        }
    }

    private static List<Tag> tags(RuleWish wish) {
        List<Tag> tags = new ArrayList<>(List.of(tag(SERVICE, wish.service()), tag(OWNER, wish.owner())));
        wish.audience().ifPresent(audience -> tags.add(tag(KIND, AUDIENCE)));
        return tags;
    }

    private static Action closed() {
        return Action.builder()
                .type(ActionTypeEnum.FIXED_RESPONSE)
                .fixedResponseConfig(
                        f -> f.statusCode(CLOSED).contentType("text/plain").messageBody("no release yet"))
                .build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    @Override
    public void direct(String arn, RuleWish wish) {
        aws.repeatable(MODIFY, () -> elb.modifyRule(r -> r.ruleArn(arn).conditions(RuleConditions.of(wish))));
    }

    @Override
    public void delete(String arn) {
        aws.repeatable("elasticloadbalancing:DeleteRule", () -> {
            try {
                return Optional.of(elb.deleteRule(r -> r.ruleArn(arn)));
            } catch (RuleNotFoundException e) {
                return Optional.empty();
            }
        });
    }
}
