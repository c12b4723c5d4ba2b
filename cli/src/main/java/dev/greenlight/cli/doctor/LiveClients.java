package dev.greenlight.cli.doctor;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
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

/** Clients for a live account, with the credentials and the region that the AWS CLI would use. */
public final class LiveClients {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int TRIES = 8;

    private final Region region;
    private final AwsCredentialsProvider credentials;
    private final SdkHttpClient http;

    private LiveClients(Region region, AwsCredentialsProvider credentials) {
        this.region = region;
        this.credentials = credentials;
        this.http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(ANSWER)
                .build();
    }

    /**
     * Makes the clients; nothing is called yet.
     *
     * @param region {@code ap-northeast-2}; null for the one of the environment or the profile
     * @param profile a profile of the AWS CLI's files; null for the default chain
     * @throws CannotLook when there is no region, or no such profile
     */
    public static Account of(String region, String profile) {
        ProfileFile files = ProfileFile.defaultProfileFile();
        if (profile != null && files.profile(profile).isEmpty()) {
            throw new CannotLook("there is no profile %s in the AWS CLI's files".formatted(profile));
        }
        Region where = region == null ? Whereabouts.region(profile, files, System.getenv()) : Region.of(region);
        return new Account(where.id(), new LiveClients(where, Whereabouts.credentials(profile, files)).all());
    }

    /** Clients and the region that they ask in. */
    public record Account(String region, AccountClients clients) {}

    private AccountClients all() {
        return new AccountClients(
                made(StsClient.builder()),
                made(CloudFormationClient.builder()),
                made(IamClient.builder(), iamRegion()),
                made(LambdaClient.builder()),
                made(CloudWatchLogsClient.builder()),
                made(ElasticLoadBalancingV2Client.builder()),
                made(AutoScalingClient.builder()),
                made(CodeDeployClient.builder()),
                made(CodePipelineClient.builder()),
                made(CodeConnectionsClient.builder()),
                made(DynamoDbClient.builder()),
                made(SchedulerClient.builder()),
                made(EventBridgeClient.builder()),
                made(SnsClient.builder()),
                made(CloudWatchClient.builder()),
                made(SecretsManagerClient.builder()));
    }

    /** IAM has one endpoint per partition ("IAM endpoints and quotas"). */
    private Region iamRegion() {
        return switch (region.metadata() == null
                ? "aws"
                : region.metadata().partition().id()) {
            case "aws-cn" -> Region.AWS_CN_GLOBAL;
            case "aws-us-gov" -> Region.AWS_US_GOV_GLOBAL;
            default -> Region.AWS_GLOBAL;
        };
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C made(B builder) {
        return made(builder, region);
    }

    /**
     * Hundreds of small questions: the adaptive strategy slows down by itself where a service asks for it, and IAM, which is asked most
     * and allows few, throttles it: more tries than the SDK's three.
     */
    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C made(B builder, Region where) {
        return builder.region(where)
                .credentialsProvider(credentials)
                .httpClient(http)
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .retryStrategy(AwsRetryStrategy.adaptiveRetryStrategy().toBuilder()
                                .maxAttempts(TRIES)
                                .build())
                        .build())
                .build();
    }
}
