package dev.greenlight.adapter.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.adapter.Clients;
import dev.greenlight.sandbox.cloudformation.Paper;
import dev.greenlight.sandbox.cloudformation.Physical;
import dev.greenlight.sandbox.cloudformation.Resolver;
import dev.greenlight.sandbox.cloudformation.Resource;
import dev.greenlight.sandbox.cloudformation.Template;
import dev.greenlight.sandbox.world.Account;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;

/**
 * What the functions of the festival example's template work on: on paper, or made of the template through AWS's own APIs, in its
 * order, as far as functions look. What the template has functions make is left to them.
 */
final class FestivalLandscape implements Physical {

    /** Makes a resource of the template's own kinds, as CloudFormation has a function make it. */
    interface Maker {
        Made make(Resource resource, JsonNode properties) throws Exception;
    }

    /** What came of it: the answer's id and data. */
    record Made(String id, Map<String, String> attributes) {}

    /** Nobody listens there: a smoke test that goes out finds that green does not answer. */
    private static final String NOBODY = "127.0.0.1:9";

    private final Template template;
    private final Account account;
    private final Paper paper;
    private final Map<String, Made> standing = new HashMap<>();

    FestivalLandscape(Template template, Account account) {
        this.template = template;
        this.account = account;
        this.paper = new Paper(account, InstalledFunction.STACK, "process");
    }

    /** Makes what stands, in the template's order. */
    void build(Clients aws, Maker functions) throws Exception {
        List<String> subnets = aws.ec2().describeSubnets().subnets().stream()
                .map(Subnet::subnetId)
                .limit(2)
                .toList();
        String network = aws.ec2().describeVpcs().vpcs().getFirst().vpcId();
        for (Resource resource : template.inOrder()) {
            JsonNode wanted = resource.properties();
            switch (resource.type()) {
                case "AWS::ElasticLoadBalancingV2::LoadBalancer" ->
                    stands(resource, balancer(aws.loadBalancing(), subnets));
                case "AWS::ElasticLoadBalancingV2::Listener" ->
                    stands(resource, listener(aws.loadBalancing(), properties(resource)));
                case "AWS::ElasticLoadBalancingV2::TargetGroup" ->
                    stands(resource, targets(aws.loadBalancing(), wanted, network));
                case "AWS::EC2::LaunchTemplate" -> stands(resource, launchTemplate(aws, wanted));
                case "AWS::AutoScaling::AutoScalingGroup" -> group(aws.autoScaling(), properties(resource), subnets);
                case "AWS::DynamoDB::Table" -> table(aws, wanted, ref(resource).orElseThrow());
                case "AWS::CodeDeploy::Application" ->
                    aws.codeDeploy()
                            .createApplication(b -> b.applicationName(
                                            wanted.path("ApplicationName").asText())
                                    .computePlatform(ComputePlatform.SERVER));
                case "AWS::CodeDeploy::DeploymentGroup" -> deployments(aws, properties(resource));
                case "AWS::Scheduler::ScheduleGroup" ->
                    aws.scheduler()
                            .createScheduleGroup(b -> b.name(wanted.path("Name").asText()));
                default -> {
                    if (resource.custom()) {
                        standing.put(resource.id(), functions.make(resource, properties(resource)));
                    }
                }
            }
        }
    }

    private JsonNode properties(Resource resource) {
        return new Resolver(template, this, InstalledFunction.parameters(account)).properties(resource);
    }

    private void stands(Resource resource, String id) {
        standing.put(resource.id(), new Made(id, Map.of()));
    }

    private static String balancer(ElasticLoadBalancingV2Client elb, List<String> subnets) {
        return elb.createLoadBalancer(b -> b.name(InstalledFunction.STACK).subnets(subnets))
                .loadBalancers()
                .getFirst()
                .loadBalancerArn();
    }

    /** Without its certificate: functions look at rules only. */
    private static String listener(ElasticLoadBalancingV2Client elb, JsonNode wanted) {
        Action closed = Action.builder()
                .type(ActionTypeEnum.FIXED_RESPONSE)
                .fixedResponseConfig(c -> c.statusCode("404"))
                .build();
        return elb.createListener(
                        b -> b.loadBalancerArn(wanted.path("LoadBalancerArn").asText())
                                .port(wanted.path("Port").asInt())
                                .protocol(ProtocolEnum.HTTP)
                                .defaultActions(closed))
                .listeners()
                .getFirst()
                .listenerArn();
    }

    private static String targets(ElasticLoadBalancingV2Client elb, JsonNode wanted, String network) {
        return elb.createTargetGroup(b -> b.name(wanted.path("Name").asText())
                        .port(wanted.path("Port").asInt())
                        .protocol(ProtocolEnum.HTTP)
                        .healthCheckPath(wanted.path("HealthCheckPath").asText())
                        .vpcId(network))
                .targetGroups()
                .getFirst()
                .targetGroupArn();
    }

    private static String launchTemplate(Clients aws, JsonNode wanted) {
        String name = wanted.at("/LaunchTemplateData/TagSpecifications/0/Tags/0/Value")
                .asText();
        return aws.ec2()
                .createLaunchTemplate(b -> b.launchTemplateName(name)
                        .launchTemplateData(data -> data.imageId("ami-0123456789abcdef0")
                                .instanceType(wanted.at("/LaunchTemplateData/InstanceType")
                                        .asText())))
                .launchTemplate()
                .launchTemplateId();
    }

    private static void group(AutoScalingClient autoScaling, JsonNode wanted, List<String> subnets) {
        autoScaling.createAutoScalingGroup(b -> b.autoScalingGroupName(
                        wanted.path("AutoScalingGroupName").asText())
                .minSize(wanted.path("MinSize").asInt())
                .maxSize(wanted.path("MaxSize").asInt())
                .launchTemplate(t -> t.launchTemplateId(
                                wanted.at("/LaunchTemplate/LaunchTemplateId").asText())
                        .version(wanted.at("/LaunchTemplate/Version").asText()))
                .targetGroupARNs(wanted.at("/TargetGroupARNs/0").asText())
                .vpcZoneIdentifier(String.join(",", subnets)));
    }

    private static void table(Clients aws, JsonNode wanted, String name) {
        List<KeySchemaElement> keys = wanted.path("KeySchema")
                .valueStream()
                .map(key -> KeySchemaElement.builder()
                        .attributeName(key.path("AttributeName").asText())
                        .keyType(key.path("KeyType").asText())
                        .build())
                .toList();
        List<AttributeDefinition> attributes = wanted.path("AttributeDefinitions")
                .valueStream()
                .map(attribute -> AttributeDefinition.builder()
                        .attributeName(attribute.path("AttributeName").asText())
                        .attributeType(attribute.path("AttributeType").asText())
                        .build())
                .toList();
        aws.dynamoDb()
                .createTable(b -> b.tableName(name)
                        .keySchema(keys)
                        .attributeDefinitions(attributes)
                        .billingMode(BillingMode.PAY_PER_REQUEST));
    }

    private static void deployments(Clients aws, JsonNode wanted) {
        aws.codeDeploy()
                .createDeploymentGroup(b -> b.applicationName(
                                wanted.path("ApplicationName").asText())
                        .deploymentGroupName(wanted.path("DeploymentGroupName").asText())
                        .deploymentConfigName(
                                wanted.path("DeploymentConfigName").asText())
                        .serviceRoleArn(wanted.path("ServiceRoleArn").asText())
                        .autoScalingGroups(wanted.at("/AutoScalingGroups/0").asText()));
    }

    @Override
    public Optional<String> ref(Resource resource) {
        if (standing.containsKey(resource.id())) {
            return Optional.of(standing.get(resource.id()).id());
        }
        return resource.custom()
                ? Optional.of(account.arn("elasticloadbalancing", "listener-rule/app/festival/1/2/3"))
                : paper.ref(resource);
    }

    @Override
    public Optional<String> attribute(Resource resource, String attribute) {
        Made made = standing.get(resource.id());
        if (made != null && made.attributes().containsKey(attribute)) {
            return Optional.of(made.attributes().get(attribute));
        }
        return switch (attribute) {
            case "DNSName" -> Optional.of(NOBODY);
            case "LoadBalancerArn", "ListenerArn" -> ref(resource);
            case "DefaultVersionNumber", "Version" -> Optional.of("1");
            default -> paper.attribute(resource, attribute);
        };
    }

    @Override
    public Optional<String> secret(String id) {
        return paper.secret(id);
    }
}
