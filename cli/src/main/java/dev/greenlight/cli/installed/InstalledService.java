package dev.greenlight.cli.installed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenlight.Wiring;
import dev.greenlight.adapter.Pause;
import dev.greenlight.config.Settings;
import dev.greenlight.port.SmokeProbe;
import dev.greenlight.sandbox.FleetPlan;
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.cloudformation.Physical;
import dev.greenlight.sandbox.cloudformation.ResourceKind;
import dev.greenlight.sandbox.cloudformation.SandboxKinds;
import dev.greenlight.sandbox.cloudformation.SimulatedStack;
import dev.greenlight.sandbox.cloudformation.StackSettings;
import dev.greenlight.sandbox.cloudformation.StackStatus;
import dev.greenlight.sandbox.codepipeline.ExecutionView;
import dev.greenlight.sandbox.codepipeline.SimulatedPipeline;
import dev.greenlight.sandbox.dynamodb.DynamoDb;
import dev.greenlight.sandbox.iam.References;
import dev.greenlight.sandbox.lambda.Invocation;
import dev.greenlight.usecase.Within;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Greenlight, installed for one service: the stack of its template, with the deployed handlers in it. */
public final class InstalledService implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sandbox sandbox;
    private final Blueprint blueprint;
    private final SimulatedStack stack;
    private final InstalledKinds installed;
    private final Merge merge;
    private final JournalReader journal = new JournalReader();
    private final String table;
    private final Map<String, String> overrides;
    private final DynamoDb dynamoDb;

    /**
     * What differs between a story on a ticked clock and the demo.
     *
     * @param blueprint what is installed
     * @param opening how fleet A is found when the story begins
     * @param clock the time as the functions know it
     * @param pause how a retry waits
     * @param probe what sends smoke tests to the data plane at hand
     * @param dynamoDb where the rollouts' table is created; several installations may share one
     * @param salt what tells the generated names of such installations apart; equal ones make equal names
     * @param overrides settings that are not the template's; a null removes one
     */
    public record Props(
            Blueprint blueprint,
            FleetPlan opening,
            InstantSource clock,
            Pause pause,
            java.util.function.Function<Settings.Preview, SmokeProbe> probe,
            DynamoDb dynamoDb,
            String salt,
            Map<String, String> overrides) {}

    /** Installs it in a sandbox that is empty. */
    public InstalledService(Sandbox sandbox, Props props) {
        this(sandbox, props, Code.DEPLOYED);
    }

    /** The same with other code in its functions. */
    public InstalledService(Sandbox sandbox, Props props, Code code) {
        this.sandbox = sandbox;
        this.blueprint = props.blueprint();
        this.overrides = props.overrides();
        this.dynamoDb = props.dynamoDb();
        Physical paper = blueprint.paper(props.salt());
        this.merge = new Merge(named(paper, "AWS::S3::Bucket"), sandbox.revisions());
        this.table = named(paper, "AWS::DynamoDB::Table");
        this.installed = new InstalledKinds(
                sandbox,
                blueprint.stack(),
                world(props),
                props.overrides(),
                props.dynamoDb(),
                table,
                merge::build,
                code);
        Map<String, ResourceKind> kinds = new HashMap<>(SandboxKinds.of(sandbox, blueprint.stack()));
        kinds.putAll(installed.kinds());
        this.stack = new SimulatedStack(new StackSettings(
                blueprint.stack(),
                blueprint.account(),
                sandbox.clock(),
                sandbox.lambda(),
                kinds,
                paper,
                blueprint.parameters()));
        if (!blueprint.template().of("AWS::CodeDeploy::DeploymentConfig").isEmpty()) {
            // One zone is as good as two to whatever does not go from one to the next.
            sandbox.world().zones(2);
        }
        create();
        record();
        Opening.of(sandbox, settings(Map.of()), props.opening());
    }

    private String named(Physical paper, String type) {
        return paper.ref(blueprint.template().only(type)).orElseThrow();
    }

    private Wiring.World world(Props props) {
        DynamoDbClient store =
                sandbox.faults().wrap(DynamoDbClient.class, props.dynamoDb().client());
        SandboxClients clients = new SandboxClients(
                sandbox.elb(),
                sandbox.autoScaling(),
                sandbox.ec2(),
                sandbox.codeDeploy(),
                sandbox::codePipeline,
                sandbox.cloudWatch(),
                sandbox.scheduler(),
                store);
        return new Wiring.World(
                () -> clients,
                props.clock(),
                props.pause(),
                new PrintStream(journal, true, StandardCharsets.UTF_8),
                props.probe(),
                this::answer,
                sandbox.clock().ticked() ? Within.callersThread() : Within.ownThreads());
    }

    /** A process that has died answers nobody, whatever its code goes on to do. */
    private void answer(URI to, byte[] answer) {
        if (!sandbox.faults().invocationCrashed()) {
            stack.answer(to, answer);
        }
    }

    private void create() {
        stack.create(blueprint.template());
        if (sandbox.clock().ticked()) {
            // What is due now is done; no time passes.
            sandbox.clock().advance(Duration.ZERO);
        } else {
            stack.await();
        }
        if (!stack.status().equals(Optional.of(StackStatus.CREATE_COMPLETE))) {
            throw new IllegalStateException("the stack was not created: " + stack.events());
        }
    }

    /** What the functions are told. */
    public Map<String, String> settings() {
        return settings(overrides);
    }

    /** What stands where is the template's word, whatever the functions are made to believe. */
    private Map<String, String> settings(Map<String, String> overrides) {
        JsonNode properties = stack.resolver().properties(blueprint.function(Functions.PREPARE_GREEN));
        return Blueprint.environment(properties, blueprint.account().region(), overrides);
    }

    /**
     * A merge: the source's bytes become a revision, and the pipeline starts.
     *
     * @return the execution's id, which is the rollout's
     */
    public String merge(String version, byte[] source) {
        return pipeline().start(merge.source(version, source), merge.variables(version));
    }

    /** Calls a function as a person would, and reads its answer. */
    public JsonNode call(Functions function, String payload) {
        Invocation invocation = sandbox.lambda().invoke(name(function), payload.getBytes(StandardCharsets.UTF_8));
        if (!invocation.succeeded()) {
            throw new IllegalStateException("%s failed: %s".formatted(function, invocation.text()));
        }
        try {
            return JSON.readTree(invocation.text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("%s answered %s".formatted(function, invocation.text()), e);
        }
    }

    /** What the template calls the function. */
    public String name(Functions function) {
        return blueprint.function(function).properties().path("FunctionName").asText();
    }

    /** The stack that it was installed as. */
    public SimulatedStack stack() {
        return stack;
    }

    /** The name of its pipeline. */
    public String pipelineName() {
        return blueprint.stack();
    }

    /** The name of the table that holds its rollouts. */
    public String table() {
        return table;
    }

    /** Another number whenever something was written to the store. */
    public long storeVersion() {
        return dynamoDb.version();
    }

    /** The name of the bucket that holds its revisions. */
    public String bucket() {
        return merge.bucket();
    }

    public ExecutionView execution(String id) {
        return pipeline().execution(id);
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public SimulatedPipeline pipeline() {
        return installed.pipeline();
    }

    public JournalReader journal() {
        return journal;
    }

    /** What functions ask for is recorded under the template's names. */
    private void record() {
        sandbox.roles()
                .recordAs(References.of(settings(Map.of()).get("GREENLIGHT_SERVICE"), blueprint.template(), stack));
    }

    @Override
    public void close() {
        if (stack.status().equals(Optional.of(StackStatus.UPDATE_COMPLETE))) {
            record();
        }
        sandbox.close();
    }
}
