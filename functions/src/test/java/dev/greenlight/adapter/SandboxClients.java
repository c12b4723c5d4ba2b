package dev.greenlight.adapter;

import dev.greenlight.sandbox.Sandbox;
import java.util.function.Supplier;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.scheduler.SchedulerClient;

/** A sandbox's clients, and whatever stands for CodePipeline. */
public record SandboxClients(Sandbox sandbox, Supplier<CodePipelineClient> pipelines) implements Clients {

    @Override
    public ElasticLoadBalancingV2Client loadBalancing() {
        return sandbox.elb();
    }

    @Override
    public AutoScalingClient autoScaling() {
        return sandbox.autoScaling();
    }

    @Override
    public Ec2Client ec2() {
        return sandbox.ec2();
    }

    @Override
    public CodeDeployClient codeDeploy() {
        return sandbox.codeDeploy();
    }

    @Override
    public CodePipelineClient codePipeline() {
        return pipelines.get();
    }

    @Override
    public CloudWatchClient cloudWatch() {
        return sandbox.cloudWatch();
    }

    @Override
    public SchedulerClient scheduler() {
        return sandbox.scheduler();
    }

    @Override
    public DynamoDbClient dynamoDb() {
        return sandbox.dynamoDb();
    }
}
