package dev.greenlight.infra.traffic;

import dev.greenlight.infra.network.Place;
import dev.greenlight.infra.permit.Nag;
import dev.greenlight.service.Network;
import java.util.List;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnListener;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnLoadBalancer;
import software.constructs.Construct;

/** The load balancer and its listener: new ones, or some that are there already. */
public final class FrontDoor extends Construct {

    private static final String EVERYWHERE = "0.0.0.0/0";
    private static final String TLS = "ELBSecurityPolicy-TLS13-1-2-2021-06";

    private final Network.Listener listener;
    private final boolean secure;

    public FrontDoor(Construct scope, String id, Network network, Place place) {
        super(scope, id);
        this.listener = network.listener().orElseGet(() -> made(network, place));
        this.secure = network.listener()
                .map(existing -> existing.address().startsWith("https:"))
                .orElse(network.certificate().isPresent());
    }

    private Network.Listener made(Network network, Place place) {
        boolean secure = network.certificate().isPresent();
        CfnSecurityGroup group = group(network, place, secure);
        CfnLoadBalancer balancer = CfnLoadBalancer.Builder.create(this, "LoadBalancer")
                .type("application")
                .scheme(network.internal() ? "internal" : "internet-facing")
                .subnets(network.internal() ? place.privateSubnets() : place.publicSubnets())
                .securityGroups(List.of(group.getAttrGroupId()))
                .loadBalancerAttributes(List.of(attribute("routing.http.drop_invalid_header_fields.enabled", "true")))
                .build();
        Nag.accept(balancer, "AwsSolutions-ELB2", "access logs need a bucket and cost by volume: the owner decides");
        CfnListener listening = secure
                ? secure(balancer, network.certificate().orElseThrow())
                : plain(
                        balancer,
                        CfnListener.ActionProperty.builder()
                                .type("fixed-response")
                                .fixedResponseConfig(notFound())
                                .build());
        return new Network.Listener(
                listening.getAttrListenerArn(),
                balancer.getAttrLoadBalancerArn(),
                group.getAttrGroupId(),
                (secure ? "https://" : "http://") + balancer.getAttrDnsName());
    }

    private CfnSecurityGroup group(Network network, Place place, boolean secure) {
        List<CfnSecurityGroup.IngressProperty> open = secure ? List.of(from(443), from(80)) : List.of(from(80));
        CfnSecurityGroup group = CfnSecurityGroup.Builder.create(this, "SecurityGroup")
                .groupDescription("Requests to the load balancer")
                .vpcId(place.vpcId())
                .securityGroupIngress(open)
                .build();
        Nag.accept(
                group, "AwsSolutions-EC23", "it is the door of a web service; an internal one has no public address");
        return group;
    }

    private static CfnSecurityGroup.IngressProperty from(int port) {
        return CfnSecurityGroup.IngressProperty.builder()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .cidrIp(EVERYWHERE)
                .description("web requests")
                .build();
    }

    private CfnListener secure(CfnLoadBalancer balancer, String certificate) {
        plain(
                balancer,
                CfnListener.ActionProperty.builder()
                        .type("redirect")
                        .redirectConfig(CfnListener.RedirectConfigProperty.builder()
                                .protocol("HTTPS")
                                .port("443")
                                .statusCode("HTTP_301")
                                .build())
                        .build());
        return CfnListener.Builder.create(this, "SecureListener")
                .loadBalancerArn(balancer.getAttrLoadBalancerArn())
                .port(443)
                .protocol("HTTPS")
                .sslPolicy(TLS)
                .certificates(List.of(CfnListener.CertificateProperty.builder()
                        .certificateArn(certificate)
                        .build()))
                .defaultActions(List.of(CfnListener.ActionProperty.builder()
                        .type("fixed-response")
                        .fixedResponseConfig(notFound())
                        .build()))
                .build();
    }

    private CfnListener plain(CfnLoadBalancer balancer, CfnListener.ActionProperty action) {
        return CfnListener.Builder.create(this, "Listener")
                .loadBalancerArn(balancer.getAttrLoadBalancerArn())
                .port(80)
                .protocol("HTTP")
                .defaultActions(List.of(action))
                .build();
    }

    private static CfnListener.FixedResponseConfigProperty notFound() {
        return CfnListener.FixedResponseConfigProperty.builder()
                .statusCode("404")
                .contentType("text/plain")
                .messageBody("no service has this address")
                .build();
    }

    private static CfnLoadBalancer.LoadBalancerAttributeProperty attribute(String key, String value) {
        return CfnLoadBalancer.LoadBalancerAttributeProperty.builder()
                .key(key)
                .value(value)
                .build();
    }

    public String listenerArn() {
        return listener.arn();
    }

    public String loadBalancerArn() {
        return listener.loadBalancer();
    }

    /** The security group from which requests to the instances come. */
    public String securityGroup() {
        return listener.securityGroup();
    }

    /** Whether its address is one of HTTPS. */
    public boolean isSecure() {
        return secure;
    }

    /** {@code https://name.elb.amazonaws.com}. */
    public String address() {
        return listener.address();
    }
}
