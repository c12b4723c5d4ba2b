package dev.greenlight.cli.installed;

import dev.greenlight.adapter.Clients;
import java.util.function.Supplier;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.scheduler.SchedulerClient;

/** The sandbox's clients, each behind its faults. */
record SandboxClients(
        ElasticLoadBalancingV2Client loadBalancing,
        AutoScalingClient autoScaling,
        Ec2Client ec2,
        CodeDeployClient codeDeploy,
        Supplier<CodePipelineClient> pipelines,
        CloudWatchClient cloudWatch,
        SchedulerClient scheduler,
        DynamoDbClient dynamoDb)
        implements Clients {

    /** There is one when the stack has made the pipeline. */
    @Override
    public CodePipelineClient codePipeline() {
        return pipelines.get();
    }
}
