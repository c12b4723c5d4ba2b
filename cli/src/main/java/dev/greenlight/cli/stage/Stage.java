package dev.greenlight.cli.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenlight.Wiring;
import dev.greenlight.adapter.Pause;
import dev.greenlight.adapter.lambda.Hooks;
import dev.greenlight.config.Settings;
import dev.greenlight.port.SmokeProbe;
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.Site;
import dev.greenlight.sandbox.codedeploy.Revisions;
import dev.greenlight.sandbox.codedeploy.SimulatedCodeDeploy;
import dev.greenlight.sandbox.codepipeline.Artifact;
import dev.greenlight.sandbox.codepipeline.ExecutionView;
import dev.greenlight.sandbox.codepipeline.JobTimings;
import dev.greenlight.sandbox.codepipeline.SimulatedPipeline;
import dev.greenlight.sandbox.dynamodb.DynamoDb;
import dev.greenlight.sandbox.dynamodb.TableSpec;
import dev.greenlight.sandbox.eventbridge.EventBus;
import dev.greenlight.sandbox.lambda.Function;
import dev.greenlight.sandbox.lambda.Invocation;
import dev.greenlight.sandbox.lambda.SimulatedLambda;
import dev.greenlight.sandbox.lambda.Threads;
import dev.greenlight.sandbox.scheduler.SimulatedScheduler;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;

/** Greenlight, installed for one service: the sandbox's services, the deployed handlers, and what calls them. */
public final class Stage implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sandbox sandbox;
    private final DynamoDb dynamoDb;
    private final Revisions revisions = new Revisions();
    private final SimulatedLambda lambda;
    private final EventBus events;
    private final SimulatedCodeDeploy codeDeploy;
    private final SimulatedScheduler scheduler;
    private final SimulatedPipeline pipeline;
    private final JournalReader journal = new JournalReader();
    private final String service;

    /**
     * What differs between a story on a ticked clock and the demo.
     *
     * @param threads which threads run functions
     * @param deploy how CodeDeploy's agents do their work
     * @param pause how a retry waits
     * @param probe what sends smoke tests to the data plane at hand
     * @param overrides settings that are not the defaults; a null removes one
     */
    public record Props(
            Threads threads,
            SimulatedCodeDeploy.Settings deploy,
            JobTimings jobs,
            Pause pause,
            java.util.function.Function<Settings.Preview, SmokeProbe> probe,
            Map<String, String> overrides) {}

    public Stage(Sandbox sandbox, Props props) {
        this.sandbox = sandbox;
        this.service = sandbox.site().landscape().service();
        this.dynamoDb = DynamoDb.local().table(TableSpec.named(Names.table(service)));
        this.lambda =
                new SimulatedLambda(sandbox.clock(), sandbox.world().account(), sandbox.faults(), props.threads());
        this.events = new EventBus(sandbox.clock(), sandbox.world().account(), lambda);
        this.codeDeploy = new SimulatedCodeDeploy(
                sandbox.world(), sandbox.world().account(), revisions, props.deploy(), events, lambda::invokeAsync);
        this.scheduler = new SimulatedScheduler(sandbox.clock(), sandbox.world().account(), lambda);
        this.pipeline = new SimulatedPipeline(
                ServicePipeline.of(service, revisions),
                sandbox.clock(),
                sandbox.world().account(),
                lambda,
                props.jobs(),
                events);
        createDeploymentGroups();
        deploy(props);
        connect();
    }

    private void createDeploymentGroups() {
        codeDeploy.createApplication(request -> request.applicationName(service));
        for (Site.Fleet fleet : sandbox.site().fleets()) {
            codeDeploy.createDeploymentGroup(request -> request.applicationName(service)
                    .deploymentGroupName(fleet.autoScalingGroup())
                    .autoScalingGroups(fleet.autoScalingGroup())
                    .serviceRoleArn(Names.role(sandbox.world().account(), "codedeploy")));
        }
    }

    private void deploy(Props props) {
        SandboxClients clients = new SandboxClients(
                sandbox.elb(),
                sandbox.autoScaling(),
                sandbox.ec2(),
                sandbox.faults().wrap(CodeDeployClient.class, codeDeploy),
                sandbox.faults().wrap(CodePipelineClient.class, pipeline),
                sandbox.cloudWatch(),
                sandbox.faults().wrap(SchedulerClient.class, scheduler),
                sandbox.faults().wrap(DynamoDbClient.class, dynamoDb.client()));
        PrintStream log = new PrintStream(journal, true, StandardCharsets.UTF_8);
        Wiring.World world = new Wiring.World(() -> clients, sandbox.clock(), props.pause(), log, props.probe());
        for (Functions function : Functions.values()) {
            Map<String, String> environment =
                    new LinkedHashMap<>(ServiceEnvironment.of(sandbox.site(), lambda, function));
            props.overrides().forEach((name, value) -> {
                if (value == null) {
                    environment.remove(name);
                } else {
                    environment.put(name, value);
                }
            });
            Supplier<Hooks> hooks = () -> new Wiring(environment, world);
            Function deployed = Function.named(function.nameFor(service), Functions.TIMEOUT);
            lambda.register(
                    function.takesJobs() ? deployed.onFailure(Functions.ANSWER_LOST_JOB.nameFor(service)) : deployed,
                    () -> function.handler(hooks));
        }
    }

    /** The rules and schedules of a stack: what calls RollBack and Sweep without anybody asking. */
    private void connect() {
        String rollBack = Functions.ROLL_BACK.nameFor(service);
        events.rule(
                "stage-ended",
                event -> event.source().equals("aws.codepipeline")
                        && event.detailType().equals("CodePipeline Stage Execution State Change")
                        && ServicePipeline.ROLLOUT.equals(event.detail().get("stage"))
                        && ServicePipeline.ENDED_BADLY.contains(
                                String.valueOf(event.detail().get("state"))),
                rollBack);
        events.rule("alarm-fired", event -> event.source().equals("aws.cloudwatch"), rollBack);
        sandbox.onAlarm(events::accept);
        String group = Names.schedules(service);
        scheduler.createScheduleGroup(request -> request.name(group));
        scheduler.createSchedule(request -> request.name(service + "-sweep")
                .groupName(group)
                .scheduleExpression("rate(1 minutes)")
                .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                .target(target -> target.arn(lambda.arn(Functions.SWEEP.nameFor(service)))
                        .roleArn(Names.role(sandbox.world().account(), "scheduler"))
                        .input("{\"greenlight\":\"sweep\"}")));
    }

    /**
     * A merge: the source's bytes become a revision, and the pipeline starts.
     *
     * @return the execution's id, which is the rollout's
     */
    public String merge(String version, byte[] source) {
        String key = "source/" + version + ".zip";
        Revisions.Stored stored = revisions.put(Names.bucket(service), key, source);
        return pipeline.start(new Artifact(Names.bucket(service), key, stored.version()), Map.of("Version", version));
    }

    /** Calls a function as a person would, and reads its answer. */
    public JsonNode call(Functions function, String payload) {
        Invocation invocation = lambda.invoke(function.nameFor(service), payload.getBytes(StandardCharsets.UTF_8));
        if (!invocation.succeeded()) {
            throw new IllegalStateException("%s failed: %s".formatted(function, invocation.text()));
        }
        try {
            return JSON.readTree(invocation.text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("%s answered %s".formatted(function, invocation.text()), e);
        }
    }

    public ExecutionView execution(String id) {
        return pipeline.execution(id);
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public SimulatedPipeline pipeline() {
        return pipeline;
    }

    public SimulatedLambda lambda() {
        return lambda;
    }

    public SimulatedCodeDeploy codeDeploy() {
        return codeDeploy;
    }

    public SimulatedScheduler scheduler() {
        return scheduler;
    }

    public EventBus events() {
        return events;
    }

    public Revisions revisions() {
        return revisions;
    }

    public DynamoDbClient store() {
        return dynamoDb.client();
    }

    public JournalReader journal() {
        return journal;
    }

    @Override
    public void close() {
        sandbox.close();
        dynamoDb.close();
    }
}
