package dev.greenlight.adapter.elb;

import dev.greenlight.adapter.Aws;
import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Route;
import dev.greenlight.domain.rollout.RuleTags;
import dev.greenlight.domain.traffic.ClosedAnswer;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.TrafficRouter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/**
 * The production rule of an Application Load Balancer: its last action moves traffic, its tags remember who blue is.
 *
 * <p>ModifyRule replaces the whole list of actions and has no version check, so one write carries both weights, switches
 * group stickiness on or off, and repeats every action that was read before the last one (authentication, for one). Follows the
 * pages "Listener rules for your Application Load Balancer", "ModifyRule" and "TargetGroupStickinessConfig".
 */
public final class AlbTrafficRouter implements TrafficRouter {

    static final String ROLLOUT = "greenlight:rollout";
    static final String BLUE = "greenlight:blue";
    static final String TAKEN_BACK = "greenlight:taken-back";

    /** Stands for "none": a value that no rollout and no fleet can have, so that one AddTags call replaces all three. */
    static final String NONE = "@none";

    private static final String MODIFY = "elasticloadbalancing:ModifyRule";

    private final ElasticLoadBalancingV2Client elb;
    private final Aws aws;
    private final String rule;
    private final Map<FleetName, Fleet> fleets = new HashMap<>();
    private final WeightedRules rules;

    /** @param rule ARN of the production rule; it may not be a listener's default rule */
    public AlbTrafficRouter(ElasticLoadBalancingV2Client elb, Aws aws, String rule, Fleet a, Fleet b) {
        this(elb, aws, rule, Optional.empty(), a, b, ClosedAnswer.USUAL);
    }

    /**
     * @param audience ARN of the rule for an A/B test's audience
     * @param closed what users are answered while the service is closed
     */
    public AlbTrafficRouter(
            ElasticLoadBalancingV2Client elb,
            Aws aws,
            String rule,
            Optional<String> audience,
            Fleet a,
            Fleet b,
            ClosedAnswer closed) {
        this.elb = elb;
        this.aws = aws;
        this.rule = rule;
        this.fleets.put(a.name(), a);
        this.fleets.put(b.name(), b);
        this.rules = new WeightedRules(elb, aws, rule, audience, a, b, closed);
    }

    @Override
    public Route route() {
        return new Route(rules.routing(), readTags());
    }

    private RuleTags readTags() {
        Map<String, String> tags = new HashMap<>();
        aws.repeatable("elasticloadbalancing:DescribeTags", () -> elb.describeTags(r -> r.resourceArns(rule)))
                .tagDescriptions()
                .forEach(d -> d.tags().forEach(t -> tags.put(t.key(), t.value())));
        return new RuleTags(
                Optional.ofNullable(tags.get(ROLLOUT))
                        .filter(RolloutId::isValid)
                        .map(RolloutId::new),
                Optional.ofNullable(tags.get(BLUE)).flatMap(AlbTrafficRouter::fleetNamed),
                Optional.ofNullable(tags.get(TAKEN_BACK))
                        .filter(value -> !value.equals(NONE))
                        .map(AlbTrafficRouter::causeNamed));
    }

    /** Whoever writes something else there by hand means that it was taken back, too. */
    private static Cause causeNamed(String value) {
        return List.of(Cause.values()).stream()
                .filter(c -> c.name().equals(value))
                .findFirst()
                .orElse(Cause.SEEN_ON_RULE);
    }

    private static Optional<FleetName> fleetNamed(String value) {
        return List.of(FleetName.values()).stream()
                .filter(f -> f.name().equals(value))
                .findFirst();
    }

    @Override
    public Targets targets(FleetName fleet) {
        return count(describe(fleet));
    }

    @Override
    public Targets targets(FleetName fleet, String instance) {
        // The whole group is read: asking for one target that is not registered is answered in more than one way.
        return count(describe(fleet).stream()
                .filter(target -> target.target() != null
                        && instance.equals(target.target().id()))
                .toList());
    }

    private List<TargetHealthDescription> describe(FleetName fleet) {
        String group = fleets.get(fleet).targetGroup();
        return aws.repeatable(
                "elasticloadbalancing:DescribeTargetHealth",
                () -> elb.describeTargetHealth(r -> r.targetGroupArn(group)).targetHealthDescriptions());
    }

    private static Targets count(List<TargetHealthDescription> seen) {
        int healthy = 0;
        int initial = 0;
        int unhealthy = 0;
        int draining = 0;
        int unused = 0;
        for (TargetHealthDescription target : seen) {
            switch (state(target.targetHealth())) {
                case HEALTHY -> healthy++;
                // Unavailable means that nobody has checked: no verdict either way.
                case INITIAL, UNAVAILABLE -> initial++;
                case DRAINING, UNHEALTHY_DRAINING -> draining++;
                case UNUSED -> unused++;
                case UNHEALTHY, UNKNOWN_TO_SDK_VERSION -> unhealthy++;
            }
        }
        return new Targets(healthy, initial, unhealthy, draining, unused);
    }

    /** Of whom nothing is said, nothing good is known. */
    private static TargetHealthStateEnum state(TargetHealth health) {
        return health == null || health.state() == null ? TargetHealthStateEnum.UNKNOWN_TO_SDK_VERSION : health.state();
    }

    /** Production first: whatever comes between leaves the audience where it was, and everybody else on blue. */
    @Override
    public void write(Routing to) {
        rules.back(to).forEach(request -> aws.repeatable(MODIFY, () -> rules.modify(request)));
    }

    /** The audience first: whatever comes between leaves it on green, as a test does, and everybody else where they were. */
    @Override
    public void shift(Routing to) {
        rules.forward(to).forEach(request -> aws.once(MODIFY, () -> rules.modify(request)));
    }

    @Override
    public void tag(RuleTags tags) {
        List<Tag> values = List.of(
                tag(ROLLOUT, tags.rollout().map(RolloutId::value).orElse(NONE)),
                tag(BLUE, tags.blue().map(FleetName::name).orElse(NONE)),
                tag(TAKEN_BACK, tags.takenBack().map(Cause::name).orElse(NONE)));
        aws.repeatable(
                "elasticloadbalancing:AddTags",
                () -> elb.addTags(r -> r.resourceArns(rule).tags(values)));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
