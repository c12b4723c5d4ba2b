package dev.greenlight.counterpart;

import dev.greenlight.adapter.Clients;
import dev.greenlight.adapter.Once;
import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Two fleets of one service, through the API: A with two instances, B with none. */
final class BuiltFleets {

    /** One of the images that simulations bring along. */
    private static final String IMAGE = "ami-12c6146b";

    private static final int MOST = 10;

    private final Foundation foundation;
    private final String service;
    private final Supplier<Fleet> a = Once.of(() -> make(FleetName.A, 2));
    private final Supplier<Fleet> b = Once.of(() -> make(FleetName.B, 0));

    BuiltFleets(Foundation foundation, String service) {
        this.foundation = foundation;
        this.service = service;
    }

    Fleet a() {
        return a.get();
    }

    Fleet b() {
        return b.get();
    }

    /** The action of a rule that gives A everything. */
    Action allToA() {
        return Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .forwardConfig(f -> f.targetGroups(share(a(), 100), share(b(), 0)))
                .build();
    }

    private static TargetGroupTuple share(Fleet fleet, int weight) {
        return TargetGroupTuple.builder()
                .targetGroupArn(fleet.targetGroup())
                .weight(weight)
                .build();
    }

    /** Gives the template one more version. */
    static LaunchSource.Template revised(Clients clients, LaunchSource.Template template) {
        long version = clients.ec2()
                .createLaunchTemplateVersion(r -> r.launchTemplateId(template.id())
                        .sourceVersion(template.version())
                        .launchTemplateData(d -> d.instanceType("t3.micro")))
                .launchTemplateVersion()
                .versionNumber();
        return new LaunchSource.Template(template.id(), Long.toString(version));
    }

    private Fleet make(FleetName fleet, int instances) {
        String name = service + "-" + fleet.name().toLowerCase(Locale.ROOT);
        String targets = targetGroup(name);
        String template = launchTemplate(name);
        foundation
                .clients()
                .autoScaling()
                .createAutoScalingGroup(r -> r.autoScalingGroupName(name)
                        .minSize(instances)
                        .maxSize(MOST)
                        .desiredCapacity(instances)
                        .launchTemplate(t -> t.launchTemplateId(template).version("1"))
                        .vpcZoneIdentifier(String.join(",", foundation.network().subnets()))
                        .targetGroupARNs(targets));
        return new Fleet(fleet, name, targets, name, Optional.empty());
    }

    private String targetGroup(String name) {
        return foundation
                .clients()
                .loadBalancing()
                .createTargetGroup(r -> r.name(name)
                        .protocol(ProtocolEnum.HTTP)
                        .port(8080)
                        .vpcId(foundation.network().vpc())
                        .targetType(TargetTypeEnum.INSTANCE))
                .targetGroups()
                .getFirst()
                .targetGroupArn();
    }

    private String launchTemplate(String name) {
        return foundation
                .clients()
                .ec2()
                .createLaunchTemplate(r -> r.launchTemplateName(name)
                        .launchTemplateData(d -> d.imageId(IMAGE).instanceType("t3.micro")))
                .launchTemplate()
                .launchTemplateId();
    }
}
