package dev.greenlight.cli.doctor;

import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.codeconnections.CodeConnectionsClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The clients that the doctor looks with; it calls nothing on them that changes anything. */
public record AccountClients(
        StsClient sts,
        CloudFormationClient cloudFormation,
        IamClient iam,
        LambdaClient lambda,
        CloudWatchLogsClient logs,
        ElasticLoadBalancingV2Client loadBalancing,
        AutoScalingClient autoScaling,
        CodeDeployClient codeDeploy,
        CodePipelineClient codePipeline,
        CodeConnectionsClient connections,
        DynamoDbClient dynamoDb,
        SchedulerClient scheduler,
        EventBridgeClient events,
        SnsClient sns,
        CloudWatchClient cloudWatch,
        SecretsManagerClient secrets) {}
