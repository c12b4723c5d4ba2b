package dev.greenlight.sandbox.elb;

import dev.greenlight.sandbox.fault.Staleness;
import dev.greenlight.sandbox.world.InstanceState;
import dev.greenlight.sandbox.world.Rule;
import dev.greenlight.sandbox.world.TargetGroup;
import dev.greenlight.sandbox.world.TargetHealth;
import dev.greenlight.sandbox.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

/**
 * Elastic Load Balancing over a {@link World}. Operations that it does not know throw UnsupportedOperationException, as the SDK's
 * interface has it. Answers are never paged. Follows the "Elastic Load Balancing API
 * Reference", version 2015-12-01.
 */
public final class SimulatedLoadBalancing implements ElasticLoadBalancingV2Client {

    private final World world;
    private final Staleness staleness;
    private final ActionReader actions;

    public SimulatedLoadBalancing(World world, Staleness staleness) {
        this.world = world;
        this.staleness = staleness;
        this.actions = new ActionReader(world);
    }

    @Override
    public DescribeRulesResponse describeRules(DescribeRulesRequest request) {
        boolean byListener = request.listenerArn() != null;
        if (byListener == request.hasRuleArns()) {
            throw ElbErrors.invalid("Either listener ARN or rule ARNs must be specified");
        }
        List<Rule> rules = world.rulesAt(asOf("DescribeRules"));
        if (byListener) {
            knownListener(request.listenerArn());
        } else {
            Map<String, Rule> byArn = rules.stream().collect(Collectors.toMap(Rule::arn, Function.identity()));
            rules = request.ruleArns().stream().map(arn -> found(byArn, arn)).toList();
        }
        return DescribeRulesResponse.builder()
                .rules(rules.stream().map(RuleWriter::write).toList())
                .build();
    }

    @Override
    public ModifyRuleResponse modifyRule(ModifyRuleRequest request) {
        synchronized (world) {
            Rule rule = found(
                    world.rules().stream().collect(Collectors.toMap(Rule::arn, Function.identity())),
                    request.ruleArn());
            if (rule.priority().isEmpty()) {
                throw ElbErrors.notPermitted("Default rules are modified through their listener");
            }
            if (request.hasConditions()) {
                world.direct(rule.arn(), ConditionReader.read(request.conditions()));
            }
            // What a request leaves out stays as it is.
            if (request.hasActions()) {
                world.writeAction(rule.arn(), actions.read(request.actions()));
            }
            Rule written = world.rules().stream()
                    .filter(candidate -> candidate.arn().equals(rule.arn()))
                    .findFirst()
                    .orElseThrow();
            return ModifyRuleResponse.builder().rules(RuleWriter.write(written)).build();
        }
    }

    @Override
    public CreateRuleResponse createRule(CreateRuleRequest request) {
        synchronized (world) {
            knownListener(request.listenerArn());
            if (world.rules().stream().anyMatch(rule -> rule.priority().equals(Optional.of(request.priority())))) {
                throw ElbErrors.priorityInUse(request.priority());
            }
            Rule made = world.createRule(
                    request.priority(), ConditionReader.read(request.conditions()), actions.read(request.actions()));
            request.tags().forEach(tag -> world.tags(made.arn()).put(tag.key(), tag.value()));
            return CreateRuleResponse.builder().rules(RuleWriter.write(made)).build();
        }
    }

    @Override
    public DeleteRuleResponse deleteRule(DeleteRuleRequest request) {
        synchronized (world) {
            Rule rule = found(
                    world.rules().stream().collect(Collectors.toMap(Rule::arn, Function.identity())),
                    request.ruleArn());
            if (rule.priority().isEmpty()) {
                throw ElbErrors.notPermitted("Default rules go with their listener");
            }
            world.deleteRule(rule.arn());
            world.tags(rule.arn()).clear();
        }
        return DeleteRuleResponse.builder().build();
    }

    @Override
    public DescribeTargetHealthResponse describeTargetHealth(DescribeTargetHealthRequest request) {
        TargetGroup group = group(request.targetGroupArn());
        List<TargetHealth> health = world.targetHealthAt(group.arn(), asOf("DescribeTargetHealth"));
        if (request.hasTargets()) {
            Map<String, TargetHealth> byId =
                    health.stream().collect(Collectors.toMap(TargetHealth::instanceId, Function.identity()));
            health = request.targets().stream()
                    .map(target -> byId.getOrDefault(target.id(), TargetHealth.notRegistered(target.id())))
                    .toList();
        }
        return DescribeTargetHealthResponse.builder()
                .targetHealthDescriptions(health.stream()
                        .map(target -> TargetShapes.health(group, target))
                        .toList())
                .build();
    }

    @Override
    public RegisterTargetsResponse registerTargets(RegisterTargetsRequest request) {
        synchronized (world) {
            TargetGroup group = group(request.targetGroupArn());
            List<String> ids =
                    request.targets().stream().map(TargetDescription::id).toList();
            ids.forEach(this::knownRunning);
            ids.forEach(id -> world.register(group.arn(), id));
        }
        return RegisterTargetsResponse.builder().build();
    }

    @Override
    public DeregisterTargetsResponse deregisterTargets(DeregisterTargetsRequest request) {
        synchronized (world) {
            TargetGroup group = group(request.targetGroupArn());
            request.targets().forEach(target -> world.deregister(group.arn(), target.id()));
        }
        return DeregisterTargetsResponse.builder().build();
    }

    @Override
    public DescribeTargetGroupsResponse describeTargetGroups(DescribeTargetGroupsRequest request) {
        synchronized (world) {
            List<TargetGroup> groups = world.targetGroups();
            if (request.hasTargetGroupArns()) {
                groups = request.targetGroupArns().stream().map(this::group).toList();
            } else if (request.hasNames()) {
                groups = request.names().stream().map(this::groupNamed).toList();
            } else if (request.loadBalancerArn() != null) {
                knownLoadBalancer(request.loadBalancerArn());
                groups =
                        groups.stream().filter(group -> world.used(group.arn())).toList();
            }
            return DescribeTargetGroupsResponse.builder()
                    .targetGroups(groups.stream()
                            .map(group -> TargetShapes.group(
                                    group,
                                    world.used(group.arn())
                                            ? List.of(world.loadBalancer().arn())
                                            : List.of()))
                            .toList())
                    .build();
        }
    }

    @Override
    public DescribeTargetGroupAttributesResponse describeTargetGroupAttributes(
            DescribeTargetGroupAttributesRequest request) {
        return DescribeTargetGroupAttributesResponse.builder()
                .attributes(TargetShapes.attributes(group(request.targetGroupArn())))
                .build();
    }

    @Override
    public DescribeListenersResponse describeListeners(DescribeListenersRequest request) {
        if (request.loadBalancerArn() != null) {
            knownLoadBalancer(request.loadBalancerArn());
        }
        request.listenerArns().forEach(this::knownListener);
        List<Rule> rules = world.rulesAt(asOf("DescribeRules"));
        return DescribeListenersResponse.builder()
                .listeners(TargetShapes.listener(world.loadBalancer(), rules.get(rules.size() - 1)))
                .build();
    }

    @Override
    public DescribeLoadBalancersResponse describeLoadBalancers(DescribeLoadBalancersRequest request) {
        request.loadBalancerArns().forEach(this::knownLoadBalancer);
        request.names().stream()
                .filter(name -> !name.equals(world.loadBalancer().name()))
                .forEach(name -> {
                    throw ElbErrors.noLoadBalancer(name);
                });
        return DescribeLoadBalancersResponse.builder()
                .loadBalancers(TargetShapes.loadBalancer(world.loadBalancer(), world.account()))
                .build();
    }

    @Override
    public DescribeTagsResponse describeTags(DescribeTagsRequest request) {
        synchronized (world) {
            return DescribeTagsResponse.builder()
                    .tagDescriptions(request.resourceArns().stream()
                            .map(arn -> TagDescription.builder()
                                    .resourceArn(arn)
                                    .tags(TargetShapes.tags(world.tags(known(arn))))
                                    .build())
                            .toList())
                    .build();
        }
    }

    @Override
    public AddTagsResponse addTags(AddTagsRequest request) {
        synchronized (world) {
            request.resourceArns().forEach(this::known);
            request.resourceArns()
                    .forEach(arn -> request.tags()
                            .forEach(tag -> world.tags(arn).put(tag.key(), tag.value() == null ? "" : tag.value())));
        }
        return AddTagsResponse.builder().build();
    }

    @Override
    public RemoveTagsResponse removeTags(RemoveTagsRequest request) {
        synchronized (world) {
            request.resourceArns().forEach(this::known);
            request.resourceArns().forEach(arn -> world.tags(arn).keySet().removeAll(request.tagKeys()));
        }
        return RemoveTagsResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    private Instant asOf(String operation) {
        return world.clock().instant().minus(staleness.age(operation));
    }

    private static Rule found(Map<String, Rule> byArn, String arn) {
        if (!byArn.containsKey(arn)) {
            throw ElbErrors.noRule(arn);
        }
        return byArn.get(arn);
    }

    private TargetGroup group(String arn) {
        return world.targetGroups().stream()
                .filter(group -> group.arn().equals(arn))
                .findFirst()
                .orElseThrow(() -> ElbErrors.noTargetGroup(arn));
    }

    private TargetGroup groupNamed(String name) {
        return world.targetGroups().stream()
                .filter(group -> group.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ElbErrors.noTargetGroup(name));
    }

    private void knownRunning(String instanceId) {
        world.instance(instanceId)
                .filter(instance -> instance.running() && instance.state() != InstanceState.TERMINATED)
                .orElseThrow(() -> ElbErrors.badTarget(instanceId));
    }

    private void knownListener(String arn) {
        if (!arn.equals(world.loadBalancer().listenerArn())) {
            throw ElbErrors.noListener(arn);
        }
    }

    private void knownLoadBalancer(String arn) {
        if (!arn.equals(world.loadBalancer().arn())) {
            throw ElbErrors.noLoadBalancer(arn);
        }
    }

    /** The ARN itself, if it is one of this world: tags can be asked of every kind of thing. */
    private String known(String arn) {
        if (arn.contains(":listener-rule/")) {
            found(world.rules().stream().collect(Collectors.toMap(Rule::arn, Function.identity())), arn);
        } else if (arn.contains(":targetgroup/")) {
            group(arn);
        } else if (arn.contains(":listener/")) {
            knownListener(arn);
        } else {
            knownLoadBalancer(arn);
        }
        return arn;
    }
}
