package dev.greenlight.counterpart;

import dev.greenlight.adapter.Clients;
import dev.greenlight.adapter.Once;
import dev.greenlight.sandbox.dynamodb.DynamoDb;
import dev.greenlight.sandbox.dynamodb.TableSpec;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** What all landscapes in one place stand on: a network, a load balancer with a listener, a table. */
public final class Foundation {

    private static final String TABLE = "greenlight";
    private static final int FIRST_PRIORITY = 100;

    private final Clients clients;
    private final AtomicInteger priority = new AtomicInteger(FIRST_PRIORITY);
    private final Supplier<Network> network = Once.of(this::makeNetwork);
    private final Supplier<String> loadBalancer = Once.of(this::makeLoadBalancer);
    private final Supplier<String> listener = Once.of(this::makeListener);
    private final Supplier<String> table = Once.of(this::makeTable);

    record Network(String vpc, List<String> subnets) {}

    Foundation(Clients clients) {
        this.clients = clients;
    }

    Clients clients() {
        return clients;
    }

    Network network() {
        return network.get();
    }

    private Network makeNetwork() {
        String vpc =
                clients.ec2().createVpc(r -> r.cidrBlock("10.0.0.0/16")).vpc().vpcId();
        return new Network(vpc, List.of(subnet(vpc, "10.0.0.0/20", "a"), subnet(vpc, "10.0.16.0/20", "b")));
    }

    private String subnet(String vpc, String block, String zone) {
        return clients.ec2()
                .createSubnet(r -> r.vpcId(vpc).cidrBlock(block).availabilityZone("eu-west-1" + zone))
                .subnet()
                .subnetId();
    }

    String loadBalancer() {
        return loadBalancer.get();
    }

    private String makeLoadBalancer() {
        return clients.loadBalancing()
                .createLoadBalancer(r -> r.name("contract").subnets(network().subnets()))
                .loadBalancers()
                .getFirst()
                .loadBalancerArn();
    }

    String listener() {
        return listener.get();
    }

    private String makeListener() {
        return clients.loadBalancing()
                .createListener(r -> r.loadBalancerArn(loadBalancer())
                        .protocol(ProtocolEnum.HTTP)
                        .port(80)
                        .defaultActions(closed()))
                .listeners()
                .getFirst()
                .listenerArn();
    }

    /** An action that answers 503 by itself. */
    public static Action closed() {
        return Action.builder()
                .type(ActionTypeEnum.FIXED_RESPONSE)
                .fixedResponseConfig(
                        f -> f.statusCode("503").contentType("text/plain").messageBody("no release yet"))
                .build();
    }

    /** A rule for that host at a priority that nobody has. */
    String rule(String host, Action action) {
        return rule(clients, listener(), priority.incrementAndGet(), host, action);
    }

    /** Makes a rule for a host and returns its ARN. */
    public static String rule(Clients clients, String listener, int priority, String host, Action action) {
        RuleCondition condition = RuleCondition.builder()
                .field("host-header")
                .hostHeaderConfig(h -> h.values(host))
                .build();
        return clients.loadBalancing()
                .createRule(r -> r.listenerArn(listener)
                        .priority(priority)
                        .conditions(condition)
                        .actions(action))
                .rules()
                .getFirst()
                .ruleArn();
    }

    String table() {
        return table.get();
    }

    private String makeTable() {
        DynamoDb.over(clients.dynamoDb()).table(TableSpec.named(TABLE));
        return TABLE;
    }

    /** Simulations do not ask whether a role is there. */
    String role(String name) {
        return "arn:aws:iam::123456789012:role/" + name;
    }
}
