package dev.greenlight.infra.fleet;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.network.Place;
import dev.greenlight.infra.permit.ExactRole;
import dev.greenlight.infra.permit.Permit;
import dev.greenlight.infra.revision.Revisions;
import dev.greenlight.service.Config;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnDeletionPolicy;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.ec2.CfnLaunchTemplate;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnTargetGroup;
import software.amazon.awscdk.services.iam.CfnInstanceProfile;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/** What every instance of both fleets is: image, role, security group, and what its first boot installs. */
final class Machine extends Construct {

    private final Names names;
    private final Config.Fleet fleet;
    private final Optional<Copying> copying;
    private final ExactRole role;
    private final CfnInstanceProfile profile;
    private final CfnSecurityGroup group;
    private final CfnParameter image;

    /**
     * @param requestsFrom the security group of the load balancer
     * @param more what the instances may do beside reading their revisions
     * @param copying what makes them copy requests
     */
    Machine(
            Construct scope,
            String id,
            Names names,
            Config.Fleet fleet,
            Place place,
            String requestsFrom,
            Revisions revisions,
            List<Permit> more,
            Optional<Copying> copying) {
        super(scope, id);
        this.copying = copying;
        this.names = names;
        this.fleet = fleet;
        this.role = new ExactRole(
                this,
                "Role",
                new ServicePrincipal("ec2.amazonaws.com"),
                Stream.of(
                                Stream.of(Permit.on(
                                        revisions.objects(),
                                        "ReadRevisions",
                                        "CodeDeploy's agent fetches the service's own revisions, whose keys CodePipeline chooses",
                                        "s3:GetObject",
                                        "s3:GetObjectVersion")),
                                more.stream(),
                                copying.stream().flatMap(copies -> copies.permits().stream()))
                        .flatMap(permits -> permits)
                        .toList());
        this.profile = CfnInstanceProfile.Builder.create(this, "Profile")
                .roles(List.of(role.name()))
                .build();
        this.group = group(place, requestsFrom);
        keepReplaced();
        // Looked up at each deployment of the stack, not at each launch: two instances never differ in between. The id
        // follows from the name: of a parameter that a stack has, the CDK CLI sends the value of before, not a new
        // default.
        this.image = CfnParameter.Builder.create(this, "Image" + fleet.image().replace('/', '-'))
                .type("AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>")
                .defaultValue(fleet.image())
                .description("SSM parameter of the machine image")
                .build();
    }

    /**
     * What a fleet launches from until its own turn names the old ones, after an update that replaced them. They cost nothing
     * ("UpdateReplacePolicy attribute").
     */
    private void keepReplaced() {
        Stream.of(role.cfn(), profile, group).forEach(named -> {
            named.getCfnOptions().setUpdateReplacePolicy(CfnDeletionPolicy.RETAIN);
            named.getCfnOptions().setDeletionPolicy(CfnDeletionPolicy.DELETE);
        });
    }

    private CfnSecurityGroup group(Place place, String requestsFrom) {
        return CfnSecurityGroup.Builder.create(this, "SecurityGroup")
                .groupDescription("Requests from the load balancer")
                .vpcId(place.vpcId())
                .securityGroupIngress(List.of(CfnSecurityGroup.IngressProperty.builder()
                        .ipProtocol("tcp")
                        .fromPort(fleet.port())
                        .toPort(fleet.port())
                        .sourceSecurityGroupId(requestsFrom)
                        .description("requests and health checks")
                        .build()))
                .build();
    }

    /**
     * Another port is opened only after the target groups took it. They cannot, because they have names: what serves must not lose its
     * port on the way to that refusal.
     */
    void opensAfter(CfnTargetGroup targets) {
        group.getNode().addDependency(targets);
    }

    String securityGroup() {
        return group.getAttrGroupId();
    }

    String roleArn() {
        return role.arn();
    }

    /** The launch template's data for instances with that name. */
    CfnLaunchTemplate.LaunchTemplateDataProperty launchedAs(String name) {
        return CfnLaunchTemplate.LaunchTemplateDataProperty.builder()
                .imageId(image.getValueAsString())
                .instanceType(fleet.instanceType())
                .securityGroupIds(List.of(group.getAttrGroupId()))
                .iamInstanceProfile(CfnLaunchTemplate.IamInstanceProfileProperty.builder()
                        .arn(profile.getAttrArn())
                        .build())
                .metadataOptions(CfnLaunchTemplate.MetadataOptionsProperty.builder()
                        .httpTokens("required")
                        .httpPutResponseHopLimit(1)
                        .build())
                .monitoring(CfnLaunchTemplate.MonitoringProperty.builder()
                        .enabled(true)
                        .build())
                .blockDeviceMappings(List.of(CfnLaunchTemplate.BlockDeviceMappingProperty.builder()
                        .deviceName("/dev/xvda")
                        .ebs(CfnLaunchTemplate.EbsProperty.builder()
                                .encrypted(true)
                                .volumeSize(fleet.diskGiB())
                                .volumeType("gp3")
                                .build())
                        .build()))
                .tagSpecifications(List.of(CfnLaunchTemplate.TagSpecificationProperty.builder()
                        .resourceType("volume")
                        .tags(List.of(software.amazon.awscdk.CfnTag.builder()
                                .key("Name")
                                .value(name)
                                .build()))
                        .build()))
                .userData(Fn.base64(firstBoot()))
                .build();
    }

    /** The agent comes last: what takes deployments has everything else already. */
    private String firstBoot() {
        String packages = String.join(" ", fleet.packages());
        return """
                #!/bin/bash
                set -euo pipefail
                dnf install -y ruby %s
                %scd /tmp
                curl --fail --silent --show-error --retry 5 --remote-name \
                    https://aws-codedeploy-%s.s3.%s.amazonaws.com/latest/install
                chmod +x install
                ./install auto
                """.formatted(
                        packages,
                        copying.map(copies -> copies.firstBoot(names.region())).orElse(""),
                        names.region(),
                        names.region());
    }
}
