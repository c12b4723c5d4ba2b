package dev.greenlight.cli.installed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenlight.Wiring;
import dev.greenlight.adapter.Pause;
import dev.greenlight.adapter.lambda.Hooks;
import dev.greenlight.config.Settings;
import dev.greenlight.port.SmokeProbe;
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.codedeploy.Revisions;
import dev.greenlight.sandbox.codepipeline.Artifact;
import dev.greenlight.sandbox.codepipeline.ExecutionView;
import dev.greenlight.sandbox.codepipeline.SimulatedPipeline;
import dev.greenlight.sandbox.dynamodb.DynamoDb;
import dev.greenlight.sandbox.dynamodb.TableSpec;
import dev.greenlight.sandbox.lambda.Function;
import dev.greenlight.sandbox.lambda.Invocation;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;

/** Greenlight, installed for one service: the sandbox's services, the deployed handlers, and what calls them. */
public final class InstalledService implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger TABLES = new AtomicInteger();

    private final Sandbox sandbox;
    private final SimulatedPipeline pipeline;
    private final JournalReader journal = new JournalReader();
    private final String service;
    private final DynamoDbClient store;
    private final String table;

    /**
     * What differs between a story on a ticked clock and the demo.
     *
     * @param pause how a retry waits
     * @param probe what sends smoke tests to the data plane at hand
     * @param dynamoDb where the rollouts' table is created; several stages may share one
     * @param overrides settings that are not the defaults; a null removes one
     */
    public record Props(
            Pause pause,
            java.util.function.Function<Settings.Preview, SmokeProbe> probe,
            DynamoDb dynamoDb,
            Map<String, String> overrides) {}

    public InstalledService(Sandbox sandbox, Props props) {
        this.sandbox = sandbox;
        this.service = sandbox.site().landscape().service();
        this.table = "greenlight-%s-%d".formatted(service, TABLES.incrementAndGet());
        props.dynamoDb().table(TableSpec.named(table));
        this.store =
                sandbox.faults().wrap(DynamoDbClient.class, props.dynamoDb().client());
        this.pipeline = sandbox.createPipeline(ServicePipeline.of(service, sandbox.revisions()));
        deploy(props);
        connect();
    }

    private void deploy(Props props) {
        SandboxClients clients = new SandboxClients(
                sandbox.elb(),
                sandbox.autoScaling(),
                sandbox.ec2(),
                sandbox.codeDeploy(),
                sandbox.codePipeline(),
                sandbox.cloudWatch(),
                sandbox.scheduler(),
                store);
        PrintStream log = new PrintStream(journal, true, StandardCharsets.UTF_8);
        Wiring.World world = new Wiring.World(() -> clients, sandbox.clock(), props.pause(), log, props.probe());
        for (Functions function : Functions.values()) {
            Map<String, String> environment = environment(function, props.overrides());
            Supplier<Hooks> hooks = () -> new Wiring(environment, world);
            Function deployed = Function.named(function.nameFor(service), Functions.TIMEOUT);
            sandbox.lambda()
                    .register(
                            function.takesJobs()
                                    ? deployed.onFailure(Functions.ANSWER_LOST_JOB.nameFor(service))
                                    : deployed,
                            () -> function.handler(hooks));
        }
    }

    private Map<String, String> environment(Functions function, Map<String, String> overrides) {
        Map<String, String> environment = ServiceEnvironment.of(sandbox.site(), sandbox.lambda(), function);
        environment.put("GREENLIGHT_TABLE", table);
        overrides.forEach((name, value) -> {
            if (value == null) {
                environment.remove(name);
            } else {
                environment.put(name, value);
            }
        });
        return environment;
    }

    /** The rules and schedules of a stack: what calls RollBack and Sweep without anybody asking. */
    private void connect() {
        String rollBack = Functions.ROLL_BACK.nameFor(service);
        sandbox.bus()
                .rule(
                        "stage-ended",
                        event -> event.source().equals("aws.codepipeline")
                                && event.detailType().equals("CodePipeline Stage Execution State Change")
                                && ServicePipeline.ROLLOUT.equals(event.detail().get("stage"))
                                && ServicePipeline.ENDED_BADLY.contains(
                                        String.valueOf(event.detail().get("state"))),
                        rollBack);
        sandbox.bus().rule("alarm-fired", event -> event.source().equals("aws.cloudwatch"), rollBack);
        String group = Names.schedules(service);
        sandbox.schedules().createScheduleGroup(request -> request.name(group));
        sandbox.schedules()
                .createSchedule(request -> request.name(service + "-sweep")
                        .groupName(group)
                        .scheduleExpression("rate(1 minutes)")
                        .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                        .target(target -> target.arn(sandbox.lambda().arn(Functions.SWEEP.nameFor(service)))
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
        Revisions.Stored stored = sandbox.revisions().put(Names.bucket(service), key, source);
        return pipeline.start(new Artifact(Names.bucket(service), key, stored.version()), Map.of("Version", version));
    }

    /** Calls a function as a person would, and reads its answer. */
    public JsonNode call(Functions function, String payload) {
        Invocation invocation =
                sandbox.lambda().invoke(function.nameFor(service), payload.getBytes(StandardCharsets.UTF_8));
        if (!invocation.succeeded()) {
            throw new IllegalStateException("%s failed: %s".formatted(function, invocation.text()));
        }
        try {
            return JSON.readTree(invocation.text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("%s answered %s".formatted(function, invocation.text()), e);
        }
    }

    /** The name of the table that holds its rollouts. */
    public String table() {
        return table;
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

    public JournalReader journal() {
        return journal;
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
