package dev.greenlight.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.sandbox.world.Account;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Ids and attributes of resources that exist on paper only: they look as AWS makes them, so that whoever reads them by their
 * form is content. The same stack name and salt give the same ids.
 *
 * <p>Follows the "Return values" of each type's page in the CloudFormation template reference.
 */
public final class Paper implements Physical {

    private static final List<String> NAMES = List.of(
            "FunctionName",
            "AutoScalingGroupName",
            "ApplicationName",
            "DeploymentGroupName",
            "RoleName",
            "LogGroupName",
            "TableName",
            "AlarmName",
            "ConnectionName",
            "Name");

    private final Account account;
    private final String stack;
    private final String salt;

    /** Names for a stack; another salt gives other ids. */
    public Paper(Account account, String stack, String salt) {
        this.account = account;
        this.stack = stack;
        this.salt = salt;
    }

    @Override
    public Optional<String> ref(Resource resource) {
        String name = name(resource);
        return Optional.of(
                switch (resource.type()) {
                    case "AWS::ElasticLoadBalancingV2::LoadBalancer" -> elb("loadbalancer/" + balancer());
                    case "AWS::ElasticLoadBalancingV2::Listener" ->
                        elb("listener/" + balancer() + "/" + hex(resource.id(), 16));
                    case "AWS::ElasticLoadBalancingV2::ListenerRule" ->
                        elb("listener-rule/" + balancer() + "/" + hex("listener", 16) + "/" + hex(resource.id(), 16));
                    case "AWS::ElasticLoadBalancingV2::TargetGroup" ->
                        elb("targetgroup/" + name + "/" + hex(resource.id(), 16));
                    case "AWS::SNS::Topic" -> account.arn("sns", name);
                    case "AWS::SecretsManager::Secret" ->
                        account.arn("secretsmanager", "secret:" + name + "-" + hex(resource.id(), 6));
                    case "AWS::IAM::OIDCProvider" -> iam("oidc-provider/" + name);
                    case "AWS::CodeConnections::Connection" ->
                        account.arn("codeconnections", "connection/" + uuid(resource));
                    case "AWS::EC2::VPC" -> "vpc-0" + hex(resource.id(), 16);
                    case "AWS::EC2::Subnet" -> "subnet-0" + hex(resource.id(), 16);
                    case "AWS::EC2::SecurityGroup" -> "sg-0" + hex(resource.id(), 16);
                    case "AWS::EC2::LaunchTemplate" -> "lt-0" + hex(resource.id(), 16);
                    default -> name;
                });
    }

    @Override
    public Optional<String> attribute(Resource resource, String attribute) {
        String ref = ref(resource).orElseThrow();
        return switch (resource.type() + "." + attribute) {
            case "AWS::ElasticLoadBalancingV2::LoadBalancer.LoadBalancerArn",
                    "AWS::ElasticLoadBalancingV2::Listener.ListenerArn",
                    "AWS::CodeConnections::Connection.ConnectionArn",
                    "AWS::EC2::SecurityGroup.GroupId" -> Optional.of(ref);
            case "AWS::ElasticLoadBalancingV2::LoadBalancer.DNSName" ->
                Optional.of(stack.toLowerCase(Locale.ROOT) + "-1234567890." + account.region() + ".elb.amazonaws.com");
            case "AWS::ElasticLoadBalancingV2::TargetGroup.TargetGroupFullName" ->
                Optional.of(ref.substring(ref.indexOf("targetgroup/")));
            case "AWS::ElasticLoadBalancingV2::TargetGroup.TargetGroupName" -> Optional.of(name(resource));
            case "AWS::EC2::LaunchTemplate.LatestVersionNumber", "AWS::Lambda::Version.Version" -> Optional.of("1");
            case "AWS::EC2::EIP.AllocationId" -> Optional.of("eipalloc-0" + hex(resource.id(), 16));
            case "AWS::IAM::Role.Arn" -> Optional.of(iam("role/" + ref));
            case "AWS::IAM::InstanceProfile.Arn" -> Optional.of(iam("instance-profile/" + ref));
            case "AWS::S3::Bucket.Arn" -> Optional.of("arn:aws:s3:::" + ref);
            case "AWS::Lambda::Function.Arn" -> Optional.of(account.arn("lambda", "function:" + ref));
            case "AWS::DynamoDB::Table.Arn" -> Optional.of(account.arn("dynamodb", "table/" + ref));
            case "AWS::Events::Rule.Arn" -> Optional.of(account.arn("events", "rule/" + ref));
            case "AWS::CodeBuild::Project.Arn" -> Optional.of(account.arn("codebuild", "project/" + ref));
            default -> Optional.empty();
        };
    }

    /** What was generated for the secret, 40 letters and digits. */
    @Override
    public Optional<String> secret(String id) {
        return Optional.of((hex("secret of " + id, 32) + hex("more of " + id, 8)));
    }

    /** The name that the template gives, or the one that CloudFormation makes up from the stack's and the logical id. */
    private String name(Resource resource) {
        for (String property : NAMES) {
            JsonNode given = resource.properties().path(property);
            if (given.isTextual() && !given.asText().isEmpty()) {
                return given.asText();
            }
        }
        String made = stack + "-" + resource.id() + "-" + hex(resource.id(), 12).toUpperCase(Locale.ROOT);
        return resource.type().equals("AWS::S3::Bucket") ? made.toLowerCase(Locale.ROOT) : made;
    }

    private String balancer() {
        return "app/" + stack + "/" + hex("balancer", 16);
    }

    private String elb(String resource) {
        return account.arn("elasticloadbalancing", resource);
    }

    private String iam(String resource) {
        return "arn:aws:iam::" + account.id() + ":" + resource;
    }

    private String uuid(Resource resource) {
        return UUID.nameUUIDFromBytes(seed(resource.id())).toString();
    }

    /** Up to 32 digits. */
    private String hex(String of, int digits) {
        return UUID.nameUUIDFromBytes(seed(of)).toString().replace("-", "").substring(0, digits);
    }

    private byte[] seed(String of) {
        return (stack + "/" + salt + "/" + of).getBytes(StandardCharsets.UTF_8);
    }
}
