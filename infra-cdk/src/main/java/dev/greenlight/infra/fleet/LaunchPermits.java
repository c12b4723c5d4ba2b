package dev.greenlight.infra.fleet;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.network.Place;
import dev.greenlight.infra.permit.Permit;
import java.util.ArrayList;
import java.util.List;

/**
 * What Auto Scaling asks of whoever gives a group a version of a launch template: it tries a launch without making it, in the
 * caller's name. Follows "Control Amazon EC2 launch template usage in Auto Scaling groups".
 *
 * @param templates ids of the launch templates
 * @param instanceRole ARN of the instances' role
 * @param place where the instances stand
 * @param securityGroup the instances' own
 */
record LaunchPermits(Names names, List<String> templates, String instanceRole, Place place, String securityGroup) {

    List<Permit> all() {
        return List.of(
                Permit.on(
                                launched(),
                                "CheckLaunch",
                                "a group that is given a launch template asks for what its launch would; bound to these templates",
                                "ec2:RunInstances")
                        .when("ArnEquals", "ec2:LaunchTemplate", templateArns()),
                Permit.on(
                                List.of(names.arn("ec2", "instance/*"), names.arn("ec2", "volume/*")),
                                "TagLaunched",
                                "the same check asks for the tags of what is launched, which has no id before",
                                "ec2:CreateTags")
                        .when("StringEquals", "ec2:CreateAction", "RunInstances"),
                Permit.on(
                                instanceRole,
                                "PassInstanceRole",
                                "the same check asks for the instances' role",
                                "iam:PassRole")
                        .when("StringEquals", "iam:PassedToService", "ec2.amazonaws.com"));
    }

    /** Everything that a launch touches: what it makes has no id before, and the image follows from the template. */
    private List<String> launched() {
        List<String> resources = new ArrayList<>(templateArns());
        // An image belongs to no account, or to somebody else's.
        resources.add("arn:%s:ec2:%s::image/*".formatted(names.partition(), names.region()));
        resources.add(names.arn("ec2", "instance/*"));
        resources.add(names.arn("ec2", "network-interface/*"));
        resources.add(names.arn("ec2", "security-group/" + securityGroup));
        place.privateSubnets().forEach(subnet -> resources.add(subnet(subnet)));
        resources.add(names.arn("ec2", "volume/*"));
        return resources;
    }

    /** A shared subnet has its owner's account in its ARN ("Share your VPC subnets with other accounts"); the id is exact. */
    private String subnet(String id) {
        return place.imported()
                ? "arn:%s:ec2:%s:*:subnet/%s".formatted(names.partition(), names.region(), id)
                : names.arn("ec2", "subnet/" + id);
    }

    private List<String> templateArns() {
        return templates.stream()
                .map(id -> names.arn("ec2", "launch-template/" + id))
                .toList();
    }
}
