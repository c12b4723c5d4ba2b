package dev.greenlight.service;

import java.util.List;
import java.util.Optional;

/**
 * Where the service stands and what of the load balancer's requests is its own.
 *
 * @param vpc an existing VPC; a new one is made where it is empty
 * @param listener an existing load balancer's listener; a new load balancer is made where it is empty
 * @param internal whether a new load balancer, or the existing one, is reached from inside the VPC only
 * @param certificate ACM certificate of a new load balancer; plain HTTP where it is empty
 * @param hosts host names of the service, the first of which smoke tests use
 * @param paths path patterns; all paths where it is empty
 * @param priority the first preview rule's priority; the second takes the next, the one after those is kept for an A/B test's audience, and production takes the first free one behind it
 * @param previewSecrets counts the preview rules' secrets: another number makes other ones
 * @param forceRemoval whether the production rule may be deleted although it carries traffic
 */
public record Network(
        Optional<Vpc> vpc,
        Optional<Listener> listener,
        boolean internal,
        Optional<String> certificate,
        List<String> hosts,
        List<String> paths,
        int priority,
        int previewSecrets,
        boolean forceRemoval) {

    public Network {
        hosts = List.copyOf(hosts);
        paths = List.copyOf(paths);
    }

    /** A VPC that is there already. Instances stand in the private subnets, which must reach AWS by NAT or endpoints. */
    public record Vpc(String id, List<String> publicSubnets, List<String> privateSubnets) {
        public Vpc {
            publicSubnets = List.copyOf(publicSubnets);
            privateSubnets = List.copyOf(privateSubnets);
        }
    }

    /**
     * A load balancer that is there already.
     *
     * @param arn of the listener
     * @param loadBalancer ARN of the load balancer
     * @param securityGroup from which its requests come
     * @param address how it is reached, {@code https://name.elb.amazonaws.com}
     */
    public record Listener(String arn, String loadBalancer, String securityGroup, String address) {}
}
