package dev.greenlight.sandbox.paper;

import dev.greenlight.sandbox.cloudformation.Physical;
import dev.greenlight.sandbox.cloudformation.Resource;
import dev.greenlight.sandbox.world.Account;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Ids as CloudFormation makes them: the name that the template gives, or one of stack and logical id; ARNs where {@code Ref} is one. */
final class PaperIds implements Physical {

    private static final Map<String, String> NAMES = Map.of(
            "AWS::Lambda::Function", "FunctionName",
            "AWS::AutoScaling::AutoScalingGroup", "AutoScalingGroupName",
            "AWS::CodePipeline::Pipeline", "Name",
            "AWS::CodeBuild::Project", "Name",
            "AWS::CodeDeploy::Application", "ApplicationName",
            "AWS::CodeDeploy::DeploymentGroup", "DeploymentGroupName",
            "AWS::Scheduler::ScheduleGroup", "Name",
            "AWS::Logs::LogGroup", "LogGroupName");

    private final Account account;
    private final String stack;

    PaperIds(Account account, String stack) {
        this.account = account;
        this.stack = stack;
    }

    @Override
    public Optional<String> ref(Resource resource) {
        String given = NAMES.containsKey(resource.type())
                ? resource.properties().path(NAMES.get(resource.type())).asText("")
                : "";
        String made = stack + "-" + resource.id() + "-1A2B3C4D5E6F";
        return Optional.of(
                switch (resource.type()) {
                    case "AWS::ElasticLoadBalancingV2::LoadBalancer" ->
                        account.arn("elasticloadbalancing", "loadbalancer/app/front/0123456789abcdef");
                    case "AWS::ElasticLoadBalancingV2::Listener" ->
                        account.arn("elasticloadbalancing", "listener/app/front/0123456789abcdef/" + hex(resource));
                    case "AWS::ElasticLoadBalancingV2::ListenerRule", "Custom::GreenlightTrafficRule" ->
                        account.arn(
                                "elasticloadbalancing",
                                "listener-rule/app/front/0123456789abcdef/fedcba9876543210/" + hex(resource));
                    case "AWS::ElasticLoadBalancingV2::TargetGroup" ->
                        account.arn(
                                "elasticloadbalancing",
                                "targetgroup/" + resource.id().toLowerCase(Locale.ROOT) + "/" + hex(resource));
                    case "AWS::SecretsManager::Secret" -> account.arn("secretsmanager", "secret:" + made);
                    case "AWS::SNS::Topic" -> account.arn("sns", made);
                    case "AWS::SNS::Subscription" ->
                        account.arn(
                                "sns",
                                stack + ":0a1b2c3d-0000-4000-8000-"
                                        + hex(resource).substring(4));
                    case "AWS::CodeConnections::Connection" ->
                        account.arn("codeconnections", "connection/0a1b2c3d-0000-4000-8000-0123456789ab");
                    case "AWS::Lambda::Version", "AWS::Lambda::Alias" ->
                        account.arn("lambda", "function:" + resource.id() + ":7");
                    default -> given.isEmpty() ? made : given;
                });
    }

    @Override
    public Optional<String> attribute(Resource resource, String attribute) {
        String id = ref(resource).orElseThrow();
        if (attribute.endsWith("Arn")) {
            return Optional.of(id.startsWith("arn:") ? id : arn(resource.type(), id));
        }
        return Optional.of(
                switch (attribute) {
                    case "Version" -> "7";
                    case "LatestVersionNumber" -> "1";
                    case "DNSName" -> "front-123456789.ap-northeast-2.elb.amazonaws.com";
                    case "TargetGroupFullName" -> id.substring(id.lastIndexOf(':') + 1);
                    default -> id;
                });
    }

    private String arn(String type, String id) {
        return switch (type) {
            case "AWS::IAM::Role" -> "arn:aws:iam::%s:role/%s".formatted(account.id(), id);
            case "AWS::S3::Bucket" -> "arn:aws:s3:::" + id;
            case "AWS::Lambda::Function" -> account.arn("lambda", "function:" + id);
            case "AWS::DynamoDB::Table" -> account.arn("dynamodb", "table/" + id);
            case "AWS::Events::Rule" -> account.arn("events", "rule/" + id);
            case "AWS::Logs::LogGroup" -> account.arn("logs", "log-group:" + id + ":*");
            case "AWS::CodeBuild::Project" -> account.arn("codebuild", "project/" + id);
            default -> account.arn("paper", id);
        };
    }

    @Override
    public Optional<String> secret(String id) {
        return Optional.of("secret-" + Integer.toHexString(id.hashCode()));
    }

    private static String hex(Resource resource) {
        return "%016x".formatted((long) resource.id().hashCode() & 0xffffffffL);
    }
}
