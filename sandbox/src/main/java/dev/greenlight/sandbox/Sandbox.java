package dev.greenlight.sandbox;

import dev.greenlight.sandbox.autoscaling.SimulatedAutoScaling;
import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.cloudwatch.AlarmChange;
import dev.greenlight.sandbox.cloudwatch.SimulatedCloudWatch;
import dev.greenlight.sandbox.codedeploy.Revisions;
import dev.greenlight.sandbox.codedeploy.SimulatedCodeDeploy;
import dev.greenlight.sandbox.codepipeline.Pipeline;
import dev.greenlight.sandbox.codepipeline.SimulatedPipeline;
import dev.greenlight.sandbox.dynamodb.DynamoDb;
import dev.greenlight.sandbox.ec2.SimulatedEc2;
import dev.greenlight.sandbox.elb.SimulatedLoadBalancing;
import dev.greenlight.sandbox.eventbridge.EventBus;
import dev.greenlight.sandbox.fault.CallLog;
import dev.greenlight.sandbox.fault.Faults;
import dev.greenlight.sandbox.iam.Asks;
import dev.greenlight.sandbox.iam.Roles;
import dev.greenlight.sandbox.lambda.SimulatedLambda;
import dev.greenlight.sandbox.lambda.SimulatedLambdaClient;
import dev.greenlight.sandbox.scheduler.SimulatedScheduler;
import dev.greenlight.sandbox.world.Account;
import dev.greenlight.sandbox.world.Request;
import dev.greenlight.sandbox.world.Rule;
import dev.greenlight.sandbox.world.Timings;
import dev.greenlight.sandbox.world.World;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;

/**
 * AWS on a laptop: one world on one clock, and the SDK's clients for it. Every client that it hands out goes through its
 * {@link #faults}; whoever only looks, looks at the {@link #world}.
 */
public final class Sandbox implements AutoCloseable {

    private final SandboxClock clock;
    private final World world;
    private final Faults faults;
    private final ElasticLoadBalancingV2Client elb;
    private final AutoScalingClient autoScaling;
    private final Ec2Client ec2;
    private final SimulatedCloudWatch alarms;
    private final CloudWatchClient cloudWatch;
    private final Services services;
    private final CodeDeployClient codeDeploy;
    private final SchedulerClient scheduler;
    private final LambdaClient lambdaClient;
    private final Roles roles;
    private volatile Site site;

    private Sandbox(SandboxClock clock, Account account, Setup setup) {
        this.clock = clock;
        this.world = new World(clock, setup.timings(), setup.seed(), account);
        this.faults = new Faults(clock);
        this.elb = faults.wrap(ElasticLoadBalancingV2Client.class, new SimulatedLoadBalancing(world, faults));
        this.autoScaling = faults.wrap(AutoScalingClient.class, new SimulatedAutoScaling(world));
        this.ec2 = faults.wrap(Ec2Client.class, new SimulatedEc2(world));
        this.alarms = new SimulatedCloudWatch(
                clock,
                world.metrics(),
                setup.timings().metricDelay(),
                name -> account.arn("cloudwatch", "alarm:" + name));
        this.cloudWatch = faults.wrap(CloudWatchClient.class, alarms);
        this.services = new Services(world, setup, faults);
        this.alarms.listen(services.bus::accept);
        this.codeDeploy = faults.wrap(CodeDeployClient.class, services.codeDeploy);
        this.scheduler = faults.wrap(SchedulerClient.class, services.scheduler);
        this.lambdaClient = faults.wrap(LambdaClient.class, new SimulatedLambdaClient(services.lambda));
        this.roles = new Roles(new Asks(world, services.codeDeploy), account);
        this.faults.guardedBy(roles);
    }

    /** Builds the landscape on a ticked clock, with {@linkplain Setup#modelled modelled scripts} and ordinary timings. */
    public static Sandbox of(Landscape landscape, SandboxClock clock) {
        return of(landscape, clock, Setup.modelled(clock));
    }

    /** Builds the landscape on a ticked clock with other timings; equal seeds make equal stories. */
    public static Sandbox of(Landscape landscape, SandboxClock clock, Timings timings, long seed) {
        return of(landscape, clock, Setup.modelled(clock).withTimings(timings).withSeed(seed));
    }

    /** Builds the landscape on the clock. */
    public static Sandbox of(Landscape landscape, SandboxClock clock, Setup setup) {
        Sandbox sandbox = new Sandbox(clock, landscape.account(), setup);
        sandbox.site = Site.build(landscape, sandbox.world);
        sandbox.services.found(sandbox.site);
        return sandbox;
    }

    /** An account in which nothing has been built yet. */
    public static Sandbox empty(Account account, SandboxClock clock, Setup setup) {
        return new Sandbox(clock, account, setup);
    }

    /** Tells the names and ARNs of what somebody else built in an empty sandbox. */
    public void built(Site other) {
        site = other;
    }

    public SandboxClock clock() {
        return clock;
    }

    public World world() {
        return world;
    }

    /** The ARN of the rule for an A/B test's audience; empty where there is none, and where somebody deleted it. */
    public Optional<String> audienceRule() {
        return site().audienceRule().filter(arn -> rule(arn).isPresent());
    }

    /** A request of that audience. */
    public Optional<Request> audience(String path) {
        return site().audienceRule().flatMap(this::rule).map(rule -> rule.taking(site().request(path)));
    }

    private Optional<Rule> rule(String arn) {
        return world.rules().stream().filter(rule -> rule.arn().equals(arn)).findFirst();
    }

    /** The names and ARNs of what was built; an {@link IllegalStateException} when nothing was. */
    public Site site() {
        if (site == null) {
            throw new IllegalStateException("nothing has been built in this sandbox");
        }
        return site;
    }

    public Faults faults() {
        return faults;
    }

    /** The roles that functions run under; without one, a function may do everything. */
    public Roles roles() {
        return roles;
    }

    /** Every call that was made through the clients. */
    public CallLog calls() {
        return faults.calls();
    }

    public ElasticLoadBalancingV2Client elb() {
        return elb;
    }

    public AutoScalingClient autoScaling() {
        return autoScaling;
    }

    public Ec2Client ec2() {
        return ec2;
    }

    public CloudWatchClient cloudWatch() {
        return cloudWatch;
    }

    /** Tells the listener of every change of an alarm's state from now on. */
    public void onAlarm(Consumer<AlarmChange> listener) {
        alarms.listen(listener);
    }

    /** CodeDeploy: the application is named after the service, each fleet's deployment group after its Auto Scaling group, if a landscape was built. */
    public CodeDeployClient codeDeploy() {
        return codeDeploy;
    }

    /** CodeDeploy from behind: agents that fall silent, Lambda hooks that begin, fleets that were deployed to before. */
    public SimulatedCodeDeploy deployments() {
        return services.codeDeploy;
    }

    /** The bucket that revisions are installed from. */
    public Revisions revisions() {
        return services.revisions;
    }

    /** Lambda from behind: register functions, invoke them, see what they did. */
    public SimulatedLambda lambda() {
        return services.lambda;
    }

    public LambdaClient lambdaClient() {
        return lambdaClient;
    }

    /** The event bus; CodeDeploy, CodePipeline and the alarms put their events on it. */
    public EventBus bus() {
        return services.bus;
    }

    public SchedulerClient scheduler() {
        return scheduler;
    }

    /** The scheduler from behind: how it delivers. */
    public SimulatedScheduler schedules() {
        return services.scheduler;
    }

    /** Creates the sandbox's one pipeline and returns it from behind: start executions, read their history. */
    public SimulatedPipeline createPipeline(Pipeline definition) {
        return services.createPipeline(definition);
    }

    /** Deletes the pipeline, so that another may be created. */
    public void deletePipeline() {
        services.deletePipeline();
    }

    /** The client of the pipeline that was created; an {@link IllegalStateException} before. */
    public CodePipelineClient codePipeline() {
        return services.codePipeline();
    }

    /** DynamoDB Local from behind, where tables are created; it starts when it is first asked for. */
    public DynamoDb store() {
        return services.store();
    }

    public DynamoDbClient dynamoDb() {
        return services.dynamoDb();
    }

    /** Stops the clock, and with it all that happens by itself; what functions asked for is recorded. */
    @Override
    public void close() {
        roles.record();
        clock.close();
        services.close();
    }
}
