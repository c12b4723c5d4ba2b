package dev.greenlight.infra.network;

import dev.greenlight.infra.permit.Nag;
import dev.greenlight.service.Network;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.Vpc;
import software.constructs.Construct;

/** The VPC: a new one with two zones and one NAT gateway, or one that is there already. */
public final class Place extends Construct {

    private final Network.Vpc vpc;
    private final boolean imported;

    public Place(Construct scope, String id, Optional<Network.Vpc> existing) {
        super(scope, id);
        this.imported = existing.isPresent();
        this.vpc = existing.orElseGet(this::made);
    }

    private Network.Vpc made() {
        Vpc made = Vpc.Builder.create(this, "Vpc")
                .maxAzs(2)
                .natGateways(1)
                // It would come with a function of CDK's own, and nothing here uses the default group.
                .restrictDefaultSecurityGroup(false)
                .build();
        Nag.accept(made, "AwsSolutions-VPC7", "flow logs cost by volume: the account's owner decides about them");
        return new Network.Vpc(made.getVpcId(), ids(made.getPublicSubnets()), ids(made.getPrivateSubnets()));
    }

    private static List<String> ids(List<ISubnet> subnets) {
        return subnets.stream().map(ISubnet::getSubnetId).toList();
    }

    public String vpcId() {
        return vpc.id();
    }

    /** Whether it was there already; then it may be another account's, which shares its subnets. */
    public boolean imported() {
        return imported;
    }

    public List<String> publicSubnets() {
        return vpc.publicSubnets();
    }

    /** The subnets of instances; what stands in them reaches AWS. */
    public List<String> privateSubnets() {
        return vpc.privateSubnets();
    }
}
