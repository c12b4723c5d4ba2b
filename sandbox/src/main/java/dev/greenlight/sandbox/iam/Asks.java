package dev.greenlight.sandbox.iam;

import dev.greenlight.sandbox.fault.Operation;
import dev.greenlight.sandbox.world.Account;
import dev.greenlight.sandbox.world.World;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingRequest;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchRequest;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.CodeDeployRequest;
import software.amazon.awssdk.services.codepipeline.model.CodePipelineRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Request;
import software.amazon.awssdk.services.scheduler.model.SchedulerRequest;

/**
 * What AWS asks of a caller's role for each call: follows the pages "Actions, resources, and condition keys" of the Service
 * Authorization Reference, and where a call asks for more than its own action, the page that says so. A call that is not known here
 * is refused, so that none goes by unasked.
 */
public final class Asks {

    private static final Set<String> WITHOUT_RESOURCE = Set.of(
            "cloudwatch:GetMetricData",
            // Composite alarms are answered only to who may describe all ("DescribeAlarms").
            "cloudwatch:DescribeAlarms",
            "codepipeline:PutJobSuccessResult",
            "codepipeline:PutJobFailureResult");

    /** Asks for a whole service; they say nothing of any sandbox. */
    private static final Map<Operation, Ask> EVERYWHERE = new ConcurrentHashMap<>();

    private final LoadBalancingAsks loadBalancing;
    private final AutoScalingAsks autoScaling;
    private final CodeDeployAsks codeDeploy;
    private final TableAsks tables;
    private final ScheduleAsks schedules;

    /** @param codeDeploy knows which group a deployment belongs to; it is asked past all faults */
    public Asks(World world, CodeDeployClient codeDeploy) {
        Account account = world.account();
        this.loadBalancing = new LoadBalancingAsks(world);
        this.autoScaling = new AutoScalingAsks(world);
        this.codeDeploy = new CodeDeployAsks(account, codeDeploy);
        this.tables = new TableAsks(account);
        this.schedules = new ScheduleAsks(account);
    }

    /**
     * All that is asked for before the call is made.
     *
     * @throws IllegalArgumentException when it is not known what the call asks for
     */
    public List<Ask> of(SdkRequest request) {
        return switch (request) {
            case ElasticLoadBalancingV2Request r -> loadBalancing.of(r);
            case AutoScalingRequest r -> autoScaling.of(r);
            case CodeDeployRequest r -> codeDeploy.of(r);
            case DynamoDbRequest r -> tables.of(r);
            case SchedulerRequest r -> schedules.of(r);
            case Ec2Request r -> reads("ec2", r);
            case CloudWatchRequest r -> withoutResource("cloudwatch", r);
            case CodePipelineRequest r -> withoutResource("codepipeline", r);
            default -> throw unknown(request);
        };
    }

    private static List<Ask> withoutResource(String service, SdkRequest request) {
        Ask ask = everywhere(service, request);
        if (!WITHOUT_RESOURCE.contains(ask.action())) {
            throw unknown(request);
        }
        return List.of(ask);
    }

    /** The reads of these services have no resource type; everything else has. */
    static List<Ask> reads(String service, SdkRequest request) {
        if (!Operation.of(request).name().startsWith("Describe")) {
            throw unknown(request);
        }
        return List.of(everywhere(service, request));
    }

    static Ask everywhere(String service, SdkRequest request) {
        return EVERYWHERE.computeIfAbsent(
                Operation.of(request), operation -> Ask.of(service + ":" + operation.name(), Ask.EVERYWHERE));
    }

    static IllegalArgumentException unknown(SdkRequest request) {
        return new IllegalArgumentException(
                "what " + request.getClass().getSimpleName() + " asks of a role is not known here");
    }
}
