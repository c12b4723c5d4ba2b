package dev.greenlight.adapter;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.scheduler.SchedulerClient;

/**
 * The clients of a deployed function: region and credentials are set in code and one light HTTP client is shared, because
 * finding them out is most of a cold start. The SDK's own retries are off; {@code adapter.Aws} repeats calls.
 */
public final class DeployedClients implements Clients {

    /** The longest that one try of a call waits; the functions keep three of them back for their answer. */
    public static final Duration LONGEST_TRY = Duration.ofSeconds(10);

    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final Region region;
    private final AwsCredentialsProvider credentials;
    private final Optional<URI> everything;
    private final Duration longestTry;
    private final Supplier<SdkHttpClient> http = Once.of(this::http);
    private final Supplier<ElasticLoadBalancingV2Client> loadBalancing =
            Once.of(() -> made(ElasticLoadBalancingV2Client.builder(), "elasticloadbalancing"));
    private final Supplier<AutoScalingClient> autoScaling =
            Once.of(() -> made(AutoScalingClient.builder(), "autoscaling"));
    private final Supplier<Ec2Client> ec2 = Once.of(() -> made(Ec2Client.builder(), "ec2"));
    private final Supplier<CodeDeployClient> codeDeploy = Once.of(() -> made(CodeDeployClient.builder(), "codedeploy"));
    private final Supplier<CodePipelineClient> codePipeline =
            Once.of(() -> made(CodePipelineClient.builder(), "codepipeline"));
    private final Supplier<CloudWatchClient> cloudWatch = Once.of(() -> made(CloudWatchClient.builder(), "monitoring"));
    private final Supplier<SchedulerClient> scheduler = Once.of(() -> made(SchedulerClient.builder(), "scheduler"));
    private final Supplier<DynamoDbClient> dynamoDb = Once.of(() -> made(DynamoDbClient.builder(), "dynamodb"));

    /**
     * The clients that a function's environment describes. {@code AWS_ENDPOINT_URL} sends all of their calls to one place
     * instead of to each service ("Service-specific endpoints" in the AWS SDKs and Tools Reference Guide).
     */
    public static DeployedClients of(Map<String, String> environment) {
        return new DeployedClients(
                environment.get("AWS_REGION"),
                credentials(environment),
                Optional.ofNullable(environment.get("AWS_ENDPOINT_URL")).map(URI::create));
    }

    /** @param everything where every call goes; empty for each service's own endpoint in the region */
    public DeployedClients(String region, AwsCredentialsProvider credentials, Optional<URI> everything) {
        this(region, credentials, everything, LONGEST_TRY);
    }

    /** @param longestTry how long one try of a call waits, where that is not {@link #LONGEST_TRY} */
    public DeployedClients(
            String region, AwsCredentialsProvider credentials, Optional<URI> everything, Duration longestTry) {
        this.longestTry = longestTry;
        this.region = Region.of(region);
        this.credentials = credentials;
        this.everything = everything;
    }

    /**
     * A function that starts from a snapshot finds its credentials at an endpoint: those in the environment would be as old as
     * the snapshot. Any other finds them in the environment. Source: Lambda developer guide, "Improving startup performance
     * with Lambda SnapStart" and "Defined runtime environment variables".
     */
    static AwsCredentialsProvider credentials(Map<String, String> environment) {
        return environment.containsKey("AWS_CONTAINER_CREDENTIALS_FULL_URI")
                ? ContainerCredentialsProvider.create()
                : EnvironmentVariableCredentialsProvider.create();
    }

    private SdkHttpClient http() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(longestTry)
                .build();
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C made(B builder, String service) {
        return builder.region(region)
                .credentialsProvider(credentials)
                .httpClient(http.get())
                .endpointOverride(endpoint(service))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        // The socket's own limit begins anew with each byte, and with each handshake.
                        .apiCallAttemptTimeout(longestTry)
                        .build())
                .build();
    }

    URI endpoint(String service) {
        return everything.orElseGet(() -> URI.create("https://%s.%s.%s".formatted(service, region.id(), domain())));
    }

    private String domain() {
        return region.id().startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    }

    @Override
    public ElasticLoadBalancingV2Client loadBalancing() {
        return loadBalancing.get();
    }

    @Override
    public AutoScalingClient autoScaling() {
        return autoScaling.get();
    }

    @Override
    public Ec2Client ec2() {
        return ec2.get();
    }

    @Override
    public CodeDeployClient codeDeploy() {
        return codeDeploy.get();
    }

    @Override
    public CodePipelineClient codePipeline() {
        return codePipeline.get();
    }

    @Override
    public CloudWatchClient cloudWatch() {
        return cloudWatch.get();
    }

    @Override
    public SchedulerClient scheduler() {
        return scheduler.get();
    }

    @Override
    public DynamoDbClient dynamoDb() {
        return dynamoDb.get();
    }
}
