package dev.greenlight.cli.doctor;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.HttpHeaderConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The production rule, which sends users to the two fleets and nowhere else, and before it a preview rule for each fleet. */
final class TrafficRules implements Subject {

    private static final String READ = "elasticloadbalancing:DescribeRules";
    private static final String SETTINGS = "lambda:GetFunctionConfiguration";
    private static final String PREVIEW_HEADER = "GREENLIGHT_PREVIEW_HEADER";

    private final ElasticLoadBalancingV2Client loadBalancing;
    private final LambdaClient lambda;

    TrafficRules(AccountClients clients) {
        this.loadBalancing = clients.loadBalancing();
        this.lambda = clients.lambda();
    }

    @Override
    public String name() {
        return "the rules";
    }

    @Override
    public void look(DeployedStack stack, Notebook notebook) {
        Map<String, String> fleets = fleets(stack.settings());
        Optional<Rule> production = Optional.empty();
        for (Part part : stack.parts("Custom::GreenlightTrafficRule")) {
            Place place = new Place("rule", "of production", part.physicalId());
            production = rule(
                    place,
                    notebook,
                    "users are not sent to this service: they get what the listener answers by itself",
                    Remedy.of(
                            "change a condition of it in the template and deploy: the stack makes it anew, answering 503;"
                                    + " then release"));
            production.ifPresent(rule -> production(place, part, rule, fleets, notebook));
        }
        for (Part part : stack.parts("Custom::GreenlightAudienceRule")) {
            audience(part, production, fleets, notebook);
        }
        Map<String, String> secrets =
                stack.parts("AWS::ElasticLoadBalancingV2::ListenerRule").isEmpty() ? Map.of() : sent(stack, notebook);
        for (Part part : stack.parts("AWS::ElasticLoadBalancingV2::ListenerRule")) {
            if (ShadowRules.isOne(part)) {
                shadow(part, production, fleets, notebook);
                continue;
            }
            preview(part, production, fleets, secrets, notebook);
        }
    }

    private void audience(Part part, Optional<Rule> production, Map<String, String> fleets, Notebook notebook) {
        Place place = new Place("rule", "of the audience", part.physicalId());
        Optional<Rule> live = rule(
                place,
                notebook,
                "nobody tries green: no A/B test begins",
                Remedy.of("change a condition of it in the template and deploy: the stack makes it anew"));
        live.ifPresent(rule -> {
            priority(place, part, rule, notebook);
            production.ifPresent(all -> AudienceRule.look(
                    place, part, rule, all, fleets, new AudienceRule.Given(given(rule), given(all)), notebook));
        });
    }

    /** What the action that ends a rule's list gives to whom; nothing where it does not forward. */
    private static Map<String, Integer> given(Rule rule) {
        return rule.actions().stream()
                .filter(action -> action.type() == ActionTypeEnum.FORWARD)
                .map(TrafficRules::weights)
                .reduce((before, last) -> last)
                .orElse(Map.of());
    }

    private void shadow(Part part, Optional<Rule> production, Map<String, String> fleets, Notebook notebook) {
        rule(
                        ShadowRules.place(part),
                        notebook,
                        ShadowRules.BREAKS,
                        Remedy.of("change it in the template, its priority say, and deploy"))
                .ifPresent(rule -> ShadowRules.look(part, rule, production, fleets.keySet(), notebook));
    }

    /** The fleets' target groups and names, as the functions are told them. */
    private static Map<String, String> fleets(Map<String, String> settings) {
        Map<String, String> fleets = new TreeMap<>();
        for (String fleet : List.of("A", "B")) {
            String group = settings.getOrDefault("GREENLIGHT_" + fleet + "_TARGET_GROUP", "");
            if (!group.isEmpty()) {
                fleets.put(group, fleet);
            }
        }
        return fleets;
    }

    private Optional<Rule> rule(Place place, Notebook notebook, String breaks, Remedy remedy) {
        return notebook.ask(
                        place,
                        READ,
                        () -> loadBalancing.describeRules(request -> request.ruleArns(place.id())),
                        () -> notebook.missing(place, "the rule is gone", breaks, remedy))
                .flatMap(answer -> answer.rules().stream().findFirst());
    }

    private static void production(Place place, Part part, Rule rule, Map<String, String> fleets, Notebook notebook) {
        int before = notebook.size();
        Conditions live = Conditions.of(rule);
        Conditions wanted = Conditions.ofProduction(part.wanted());
        if (!wanted.same(live)) {
            notebook.missing(
                    place,
                    "it takes %s, deployed for %s".formatted(live.told(), wanted.told()),
                    "users of other hosts or paths than deployed reach this service, or do not",
                    Remedy.of("put the conditions back: a stack update that touches the rule does it, too"));
        }
        priority(place, part, rule, notebook);
        // Others may stand before it, which sign users in: one action ends the list ("Rule actions", user guide).
        Action action = rule.actions().stream()
                .filter(a -> a.type() == ActionTypeEnum.FORWARD
                        || a.type() == ActionTypeEnum.REDIRECT
                        || a.type() == ActionTypeEnum.FIXED_RESPONSE)
                .findFirst()
                .orElseGet(() -> rule.actions().getLast());
        String routing;
        if (action.type() == ActionTypeEnum.FIXED_RESPONSE) {
            routing = "answers %s: nothing has been released yet"
                    .formatted(action.fixedResponseConfig().statusCode());
        } else if (action.type() == ActionTypeEnum.FORWARD) {
            routing = forwards(place, action, fleets, notebook);
        } else {
            routing = "";
            notebook.missing(
                    place,
                    "it does not forward: " + action.typeAsString(),
                    "users do not reach the fleets, and no release can begin",
                    Remedy.of("let it forward to both target groups again, all of it to the fleet that serves"));
        }
        if (notebook.size() == before) {
            notebook.well(place, routing);
        }
    }

    private static String forwards(Place place, Action action, Map<String, String> fleets, Notebook notebook) {
        Map<String, Integer> weights = weights(action);
        Set<String> foreign = new HashSet<>(weights.keySet());
        foreign.removeAll(fleets.keySet());
        if (!foreign.isEmpty()) {
            notebook.missing(
                    place,
                    "it forwards to a target group that is no fleet's: " + String.join(", ", foreign),
                    "weights that Greenlight did not write stop every release",
                    Remedy.of("take it out of the rule"));
        }
        if (weights.values().stream().allMatch(weight -> weight == 0)) {
            notebook.missing(
                    place,
                    "all weights are zero",
                    "users reach nobody",
                    Remedy.of("give all to the fleet that serves, or call RollBack"));
        }
        Map<String, String> left = new TreeMap<>(fleets);
        left.keySet().removeAll(weights.keySet());
        // A rule that names only the fleet that serves gives the other one nothing, which is what it would have.
        left.values()
                .forEach(fleet -> notebook.odd(
                        place,
                        "it does not name fleet " + fleet,
                        Remedy.of("add its target group with weight 0; the next shift does it, too")));
        return "forwards to "
                + weights.entrySet().stream()
                        .map(weight -> "fleet %s with weight %d"
                                .formatted(fleets.getOrDefault(weight.getKey(), "?"), weight.getValue()))
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    private static Map<String, Integer> weights(Action action) {
        if (action.forwardConfig() == null
                || action.forwardConfig().targetGroups().isEmpty()) {
            return action.targetGroupArn() == null ? Map.of() : Map.of(action.targetGroupArn(), 1);
        }
        return action.forwardConfig().targetGroups().stream()
                .collect(Collectors.toMap(
                        TargetGroupTuple::targetGroupArn,
                        group -> group.weight() == null ? 1 : group.weight(),
                        (one, other) -> other));
    }

    /** The header and the secrets that the smoke tests send; never told. */
    private Map<String, String> sent(DeployedStack stack, Notebook notebook) {
        return stack.function("BeforeAllowTraffic")
                .flatMap(function -> notebook.ask(
                        new Place("function", "BeforeAllowTraffic", function.physicalId()),
                        SETTINGS,
                        () -> lambda.getFunctionConfiguration(r -> r.functionName(function.physicalId())),
                        () -> {}))
                .filter(live -> live.environment() != null)
                .map(live -> live.environment().variables())
                .orElse(Map.of());
    }

    private void preview(
            Part part,
            Optional<Rule> production,
            Map<String, String> fleets,
            Map<String, String> sent,
            Notebook notebook) {
        String wanted =
                part.wanted().path("Actions").path(0).path("TargetGroupArn").asText();
        String fleet = fleets.getOrDefault(wanted, "?");
        Place place = new Place("rule", "of fleet %s's preview".formatted(fleet), part.physicalId());
        String breaks = "smoke tests do not reach fleet " + fleet + ": no release of it gets to users";
        Optional<Rule> live = rule(
                place,
                notebook,
                breaks,
                Remedy.of(
                        "change it in the template, its priority say, and deploy: CloudFormation makes it anew only if the"
                                + " template changes"));
        live.ifPresent(rule -> {
            int before = notebook.size();
            if (production.filter(p -> number(p) <= number(rule)).isPresent()) {
                after(place, rule, production.orElseThrow(), breaks, notebook);
            } else {
                priority(place, part, rule, notebook);
            }
            target(place, rule, wanted, fleet, breaks, notebook);
            conditions(place, part, rule, sent, fleet, breaks, notebook);
            if (notebook.size() == before) {
                notebook.well(place, "leads to its fleet, before production, for who knows its secret");
            }
        });
    }

    private static void after(Place place, Rule rule, Rule production, String breaks, Notebook notebook) {
        notebook.missing(
                place,
                "it comes after production: priority %s, production has %s"
                        .formatted(rule.priority(), production.priority()),
                breaks,
                Remedy.of("aws elbv2 set-rule-priorities --rule-priorities RuleArn=%s,Priority=…, below %s"
                        .formatted(rule.ruleArn(), production.priority())));
    }

    private static void priority(Place place, Part part, Rule rule, Notebook notebook) {
        String wanted = part.text("Priority");
        if (!wanted.isEmpty() && !wanted.equals(rule.priority())) {
            notebook.odd(
                    place,
                    "its priority is %s, deployed as %s: other rules may come before it now"
                            .formatted(rule.priority(), wanted),
                    Remedy.of("aws elbv2 set-rule-priorities --rule-priorities RuleArn=%s,Priority=%s"
                            .formatted(rule.ruleArn(), wanted)));
        }
    }

    private static int number(Rule rule) {
        return rule.priority().matches("[0-9]{1,9}") ? Integer.parseInt(rule.priority()) : Integer.MAX_VALUE;
    }

    private static void target(Place place, Rule rule, String wanted, String fleet, String breaks, Notebook notebook) {
        Set<String> targets = rule.actions().stream()
                .flatMap(action -> weights(action).keySet().stream())
                .collect(Collectors.toSet());
        if (!targets.equals(Set.of(wanted))) {
            notebook.missing(
                    place,
                    "it leads to %s, not to fleet %s alone".formatted(sorted(targets), fleet),
                    breaks,
                    Remedy.of("aws elbv2 modify-rule --rule-arn %s --actions Type=forward,TargetGroupArn=%s"
                            .formatted(rule.ruleArn(), wanted)));
        }
    }

    private static void conditions(
            Place place,
            Part part,
            Rule rule,
            Map<String, String> sent,
            String fleet,
            String breaks,
            Notebook notebook) {
        Optional<HttpHeaderConditionConfig> header = rule.conditions().stream()
                .map(RuleCondition::httpHeaderConfig)
                .filter(Objects::nonNull)
                .findFirst();
        Conditions live = Conditions.of(rule);
        Conditions wanted = Conditions.of(part.wanted().path("Conditions"));
        if (header.isEmpty()) {
            notebook.missing(
                    place,
                    "it asks for no secret header: anybody's requests go to fleet " + fleet,
                    "users reach a fleet that has not been released to them",
                    Remedy.of("put its conditions back as they stand in the template"));
        } else if (!wanted.same(live)) {
            notebook.missing(
                    place,
                    "it takes %s, deployed for %s".formatted(live.told(), wanted.told()),
                    breaks,
                    Remedy.of("put its conditions back as they stand in the template"));
        } else if (!answers(header.get(), sent, fleet)) {
            notebook.missing(
                    place,
                    "its header or secret is not the one that BeforeAllowTraffic sends",
                    breaks,
                    Remedy.of("deploy a change of the preview secrets, which gives both of them the same"));
        }
    }

    private static boolean answers(HttpHeaderConditionConfig header, Map<String, String> sent, String fleet) {
        String name = sent.getOrDefault(PREVIEW_HEADER, "");
        String secret = sent.getOrDefault("GREENLIGHT_PREVIEW_SECRET_" + fleet, "");
        return name.isEmpty()
                || secret.isEmpty()
                || name.equalsIgnoreCase(header.httpHeaderName())
                        && header.values().contains(secret);
    }

    private static String sorted(Set<String> values) {
        return values.isEmpty() ? "none" : values.stream().sorted().collect(Collectors.joining(", "));
    }
}
