package dev.greenlight.infra.hook;

import dev.greenlight.infra.network.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;

/** The functions of an installation, but for the one that owns the production rule, on which these depend. */
public final class Hooks extends Construct {

    private final HookPermits permits;
    private final Place place;
    private CfnFunction.VpcConfigProperty network;

    public Hooks(Construct scope, String id, Surroundings around, Place place, Code code) {
        super(scope, id);
        this.permits = new HookPermits(around);
        this.place = place;
        List<HookName> names = HookName.of(around.config()).stream()
                .filter(HookName::isConfigured)
                .toList();
        Map<HookName, Hook> made = new java.util.EnumMap<>(HookName.class);
        for (HookName name : names) {
            made.put(
                    name,
                    new Hook(
                            this,
                            new Hook.Props(
                                    name,
                                    around.names(),
                                    code,
                                    HookEnvironment.of(name, around),
                                    permits.of(name),
                                    network(name))));
        }
        // A destination that is not there yet is refused.
        made.forEach((name, hook) -> {
            if (name.takesJobs()) {
                hook.getNode().addDependency(made.get(HookName.ANSWER_LOST_JOB));
            }
        });
    }

    private Optional<CfnFunction.VpcConfigProperty> network(HookName name) {
        return permits.isInVpc(name) ? Optional.of(probes()) : Optional.empty();
    }

    /** Where those stand that send smoke tests to an internal load balancer. */
    private CfnFunction.VpcConfigProperty probes() {
        if (network != null) {
            return network;
        }
        CfnSecurityGroup group = CfnSecurityGroup.Builder.create(this, "ProbeSecurityGroup")
                .groupDescription("Smoke tests to an internal load balancer")
                .vpcId(place.vpcId())
                .build();
        network = CfnFunction.VpcConfigProperty.builder()
                .subnetIds(place.privateSubnets())
                .securityGroupIds(List.of(group.getAttrGroupId()))
                .build();
        return network;
    }
}
