package dev.greenlight.adapter.elb;

import dev.greenlight.adapter.Aws;
import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.traffic.ClosedAnswer;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/**
 * The rules that carry weights, read by one DescribeRules: the production rule, and where there is one the rule for an A/B test's audience
 * above it, which does the same but for a test's time. A write keeps what comes before the action that it replaces.
 */
final class WeightedRules {

    private static final String DESCRIBE = "elasticloadbalancing:DescribeRules";

    private final ElasticLoadBalancingV2Client elb;
    private final Aws aws;
    private final String production;
    private final Optional<String> audience;
    private final Map<FleetName, String> groups;
    private final RuleReading reading;
    private final ClosedAnswer closed;

    /** Read by {@link #routing()} and good for one write: what comes before the action that a write replaces. */
    private volatile Map<String, List<Action>> lastRead = Map.of();

    WeightedRules(
            ElasticLoadBalancingV2Client elb,
            Aws aws,
            String production,
            Optional<String> audience,
            Fleet a,
            Fleet b,
            ClosedAnswer closed) {
        this.elb = elb;
        this.aws = aws;
        this.production = production;
        this.audience = audience;
        this.groups = Map.of(a.name(), a.targetGroup(), b.name(), b.targetGroup());
        this.reading = new RuleReading(List.of(a, b));
        this.closed = closed;
    }

    /** What both do. */
    Routing routing() {
        Map<String, List<Action>> read = readActions();
        Routing everybody = reading.read(read.get(production).getLast());
        return audience.map(read::get)
                .map(actions -> reading.read(actions.getLast()))
                .filter(some -> !some.equals(everybody))
                .map(some -> apart(everybody, some))
                .orElse(everybody);
    }

    /** A test, or what a dead call left of the way to one or from one: the audience has a fleet that nobody else has. */
    private static Routing apart(Routing everybody, Routing some) {
        return Stream.of(FleetName.values())
                .filter(fleet -> some.equals(Routing.full(fleet)))
                .filter(fleet -> everybody.equals(Routing.full(fleet.other())) || everybody instanceof Routing.Closed)
                .findFirst()
                .<Routing>map(Routing.Audience::new)
                .orElseGet(() -> new Routing.Foreign(
                        "the production rule shows %s, the audience's %s".formatted(everybody, some),
                        Stream.of(FleetName.values())
                                .filter(fleet -> everybody.routesTo(fleet) || some.routesTo(fleet))
                                .collect(Collectors.toSet())));
    }

    /** One that somebody deleted is left out: its requests are the production rule's. */
    private Map<String, List<Action>> readActions() {
        List<Rule> found = aws.repeatable(DESCRIBE, () -> {
            try {
                return elb.describeRules(r -> r.ruleArns(arns())).rules();
            } catch (RuleNotFoundException gone) {
                if (audience.isEmpty()) {
                    throw gone;
                }
                return elb.describeRules(r -> r.ruleArns(production)).rules();
            }
        });
        Map<String, List<Action>> read = new HashMap<>();
        for (Rule rule : found) {
            List<Action> actions = new ArrayList<>(rule.actions());
            actions.sort((x, y) -> Boolean.compare(RuleReading.isLast(x), RuleReading.isLast(y)));
            if (!actions.isEmpty()) {
                read.put(name(rule), List.copyOf(actions));
            }
        }
        if (!read.containsKey(production)) {
            throw Aws.unusable(DESCRIBE, "there is no rule " + production);
        }
        lastRead = Map.copyOf(read);
        return lastRead;
    }

    /** A single rule may be answered without its name; of two nobody would know which is which. */
    private String name(Rule rule) {
        return audience.isPresent()
                ? Aws.present(rule.ruleArn(), DESCRIBE, "RuleArn")
                : Optional.ofNullable(rule.ruleArn()).orElse(production);
    }

    private List<String> arns() {
        return Stream.concat(Stream.of(production), audience.stream()).toList();
    }

    /** The writes that bring users to green, or shut them out, in their order. */
    List<ModifyRuleRequest> forward(Routing to) {
        return switch (to) {
            case Routing.Audience test -> begin(test);
            case Routing.Weighted weighted -> requests(arns().reversed(), weighted);
            case Routing.Closed nobody -> requests(arns(), nobody);
            case Routing.Foreign foreign -> throw unwritten(to);
        };
    }

    private List<ModifyRuleRequest> begin(Routing.Audience test) {
        List<ModifyRuleRequest> one = requests(audience.stream().toList(), full(test.green()));
        if (one.isEmpty()) {
            throw Aws.unusable(
                    "elasticloadbalancing:ModifyRule",
                    "there is no rule for the audience: a stack update that changes one of its conditions makes it anew");
        }
        return one;
    }

    /** The writes that bring all users back, or shut them out, in their order. */
    List<ModifyRuleRequest> back(Routing to) {
        return switch (to) {
            case Routing.Weighted weighted -> requests(arns(), weighted);
            case Routing.Audience test -> throw unwritten(to);
            case Routing.Closed nobody -> requests(arns(), nobody);
            case Routing.Foreign foreign -> throw unwritten(to);
        };
    }

    private static Routing.Weighted full(FleetName fleet) {
        return new Routing.Weighted(Weights.full(fleet));
    }

    private static IllegalArgumentException unwritten(Routing to) {
        return new IllegalArgumentException("nothing is written that only others write: " + to);
    }

    private List<ModifyRuleRequest> requests(List<String> rules, Routing to) {
        Map<String, List<Action>> before = lastRead.isEmpty() ? readActions() : lastRead;
        lastRead = Map.of();
        return rules.stream()
                .filter(before::containsKey)
                .map(rule -> request(rule, before.get(rule), to))
                .toList();
    }

    private ModifyRuleRequest request(String rule, List<Action> before, Routing to) {
        List<Action> actions = new ArrayList<>();
        before.subList(0, before.size() - 1).forEach(a -> actions.add(asWritten(a)));
        Integer order = before.getLast().order();
        actions.add(to instanceof Routing.Weighted weighted ? forward(weighted, order) : closed(order));
        return ModifyRuleRequest.builder().ruleArn(rule).actions(actions).build();
    }

    /** Writes one rule; who is gone since needs no audience's weights. */
    ModifyRuleResponse modify(ModifyRuleRequest request) {
        try {
            return elb.modifyRule(request);
        } catch (RuleNotFoundException gone) {
            if (audience.filter(request.ruleArn()::equals).isPresent()) {
                return ModifyRuleResponse.builder().build();
            }
            throw gone;
        }
    }

    /** A rule's OIDC secret is never read out, so the write has to ask for the stored one. */
    private static Action asWritten(Action read) {
        return RuleReading.isOidc(read)
                ? read.toBuilder()
                        .authenticateOidcConfig(read.authenticateOidcConfig().toBuilder()
                                .clientSecret(null)
                                .useExistingClientSecret(true)
                                .build())
                        .build()
                : read;
    }

    private Action forward(Routing.Weighted to, Integer order) {
        return Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .order(order)
                .forwardConfig(f -> f.targetGroups(share(FleetName.A, to.weights()), share(FleetName.B, to.weights()))
                        .targetGroupStickinessConfig(s -> s.enabled(to.sticky().isPresent())
                                .durationSeconds(
                                        to.sticky().map(WeightedRules::seconds).orElse(null))))
                .build();
    }

    private Action closed(Integer order) {
        return Action.builder()
                .type(ActionTypeEnum.FIXED_RESPONSE)
                .order(order)
                .fixedResponseConfig(f -> f.statusCode(RuleReading.CLOSED)
                        .contentType(closed.contentType())
                        .messageBody(closed.body()))
                .build();
    }

    private static Integer seconds(Duration sticky) {
        return Math.toIntExact(sticky.toSeconds());
    }

    private TargetGroupTuple share(FleetName fleet, Weights weights) {
        return TargetGroupTuple.builder()
                .targetGroupArn(groups.get(fleet))
                .weight(weights.of(fleet))
                .build();
    }
}
