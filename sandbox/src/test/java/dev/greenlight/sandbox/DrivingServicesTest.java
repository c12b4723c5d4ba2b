package dev.greenlight.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenlight.sandbox.app.Behaviour;
import dev.greenlight.sandbox.app.SampleBundle;
import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.codepipeline.Artifact;
import dev.greenlight.sandbox.codepipeline.Pipeline;
import dev.greenlight.sandbox.codepipeline.Pipeline.Build;
import dev.greenlight.sandbox.codepipeline.Pipeline.Invoke;
import dev.greenlight.sandbox.codepipeline.Pipeline.Source;
import dev.greenlight.sandbox.codepipeline.Pipeline.Stage;
import dev.greenlight.sandbox.codepipeline.SimulatedPipeline;
import dev.greenlight.sandbox.dynamodb.TableSpec;
import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.fault.SandboxCrash;
import dev.greenlight.sandbox.lambda.Function;
import dev.greenlight.sandbox.lambda.Invocation;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.InstanceState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionStatus;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** The services that drive a release, together, behind the sandbox's clients. */
class DrivingServicesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path disks;

    private final SandboxClock clock = SandboxClock.ticked(Story.MONDAY);
    private final Sandbox sandbox = Sandbox.of(Landscape.serving("checkout", "v1", 2), clock);

    private SimulatedPipeline pipeline() {
        Build.Step build = source -> {
            String key = "builds/" + source.revision() + ".zip";
            sandbox.revisions().put("builds", key, SampleBundle.zip("v2", Behaviour.good()));
            return new Build.Built(new Artifact("builds", key, "v2"), Map.of());
        };
        return sandbox.createPipeline(new Pipeline(
                "checkout",
                List.of(
                        new Stage("Source", new Source("Merge", Optional.empty(), "source")),
                        new Stage(
                                "Build",
                                new Build("Zip", Optional.empty(), "source", "revision", Duration.ofMinutes(1), build)),
                        new Stage("Rollout", Invoke.of("InstallRevision", "install", "{}", "revision")))));
    }

    /** Deploys the job's artifact to fleet A and follows the deployment from one offer to the next. */
    private void install(JsonNode job) {
        String token = job.at("/data/continuationToken").asText();
        String id = job.at("/id").asText();
        if (token.isEmpty()) {
            JsonNode s3 = job.at("/data/inputArtifacts/0/location/s3Location");
            String deployment = deploy(
                    revision(s3.get("bucketName").asText(), s3.get("objectKey").asText()));
            sandbox.codePipeline().putJobSuccessResult(r -> r.jobId(id).continuationToken(deployment));
        } else if (status(token) == DeploymentStatus.SUCCEEDED) {
            sandbox.codePipeline().putJobSuccessResult(r -> r.jobId(id));
        } else {
            sandbox.codePipeline().putJobSuccessResult(r -> r.jobId(id).continuationToken(token));
        }
    }

    private String deploy(RevisionLocation revision) {
        return sandbox.codeDeploy()
                .createDeployment(r -> r.applicationName("checkout")
                        .deploymentGroupName(sandbox.site().a().autoScalingGroup())
                        .revision(revision)
                        .fileExistsBehavior("OVERWRITE"))
                .deploymentId();
    }

    private static RevisionLocation revision(String bucket, String key) {
        return RevisionLocation.builder()
                .revisionType(RevisionLocationType.S3)
                .s3Location(s -> s.bucket(bucket).key(key).bundleType("zip"))
                .build();
    }

    private DeploymentStatus status(String deployment) {
        return sandbox.codeDeploy()
                .getDeployment(r -> r.deploymentId(deployment))
                .deploymentInfo()
                .status();
    }

    private void register(String name, RequestStreamHandler handler) {
        sandbox.lambda().register(Function.named(name, Duration.ofMinutes(1)), () -> handler);
    }

    @Test
    void a_merge_becomes_a_revision_on_every_instance() {
        SimulatedPipeline pipeline = pipeline();
        register("install", (in, out, context) -> install(JSON.readTree(in).get("CodePipeline.job")));

        String execution = pipeline.start(new Artifact("source", "checkout.zip", "abc123"), Map.of());
        clock.advance(Duration.ofMinutes(10));

        assertThat(pipeline.execution(execution).status()).isEqualTo(PipelineExecutionStatus.SUCCEEDED);
        assertThat(sandbox.world().instances(sandbox.site().a().autoScalingGroup()))
                .hasSize(2)
                .allSatisfy(i -> assertThat(i.revision()).hasValue("v2"));
        assertThat(sandbox.bus().events()).extracting(e -> e.source()).contains("aws.codepipeline", "aws.codedeploy");
    }

    @Test
    void a_fleet_that_serves_from_the_beginning_grows_with_what_it_serves() {
        sandbox.world().capacity(sandbox.site().a().autoScalingGroup(), new Capacity(0, 3, 10));
        clock.advance(Duration.ofMinutes(5));

        assertThat(sandbox.world().instances(sandbox.site().a().autoScalingGroup()))
                .hasSize(3)
                .allSatisfy(i -> assertThat(i.state()).isEqualTo(InstanceState.IN_SERVICE))
                .extracting(Instance::revision)
                .containsOnly(Optional.of("v1"));
    }

    @Test
    void a_crash_that_a_handler_swallows_is_a_function_error_and_tried_again() {
        SimulatedPipeline pipeline = pipeline();
        register("install", (in, out, context) -> {
            try {
                install(JSON.readTree(in).get("CodePipeline.job"));
            } catch (SandboxCrash swallowed) {
                assertThatThrownBy(() -> status("d-1")).isInstanceOf(SandboxCrash.class);
            }
        });
        pipeline.start(new Artifact("source", "checkout.zip", "abc123"), Map.of());
        clock.advance(Duration.ofSeconds(62));
        sandbox.faults().crashAtCall(1);
        clock.advance(Duration.ofMinutes(5));

        List<Invocation> invocations = sandbox.lambda().invocations();
        assertThat(invocations.getFirst().succeeded()).isFalse();
        assertThat(invocations.get(1).attempt()).isEqualTo(2);
        assertThat(invocations.get(1).succeeded()).isTrue();
        assertThat(sandbox.calls().by(invocations.getFirst().label()))
                .extracting(Call::outcome)
                .containsExactly(Call.CRASHED);
        assertThat(sandbox.calls().by(invocations.get(1).label()))
                .extracting(Call::action)
                .containsExactly("codedeploy:CreateDeployment", "codepipeline:PutJobSuccessResult");
    }

    @Test
    void the_store_can_be_down_while_all_else_is_up() {
        sandbox.store().table(TableSpec.named("rollouts"));
        Map<String, AttributeValue> key = Map.of("pk", AttributeValue.fromS("a"), "sk", AttributeValue.fromS("b"));
        sandbox.dynamoDb().putItem(r -> r.tableName("rollouts").item(key));
        var down = sandbox.faults().failing(call -> call.service().equals("dynamodb"), Fault.unavailable());

        assertThatThrownBy(() ->
                        sandbox.dynamoDb().getItem(r -> r.tableName("rollouts").key(key)))
                .isInstanceOfSatisfying(
                        DynamoDbException.class, e -> assertThat(e.statusCode()).isEqualTo(503));
        assertThat(sandbox.codeDeploy().listDeployments().deployments()).hasSize(1);
        down.cancel();

        assertThat(sandbox.dynamoDb()
                        .getItem(r -> r.tableName("rollouts").key(key))
                        .item())
                .isEqualTo(key);
        assertThat(sandbox.calls().of("dynamodb:GetItem")).hasSize(2);
        sandbox.close();
    }

    @Test
    void an_alarm_reaches_the_function_that_waits_for_it() {
        register("roll-back", (in, out, context) -> context.getLogger().log(new String(in.readAllBytes(), UTF_8)));
        sandbox.bus().rule("alarms", e -> e.source().equals("aws.cloudwatch"), "roll-back");
        sandbox.cloudWatch()
                .putMetricAlarm(r -> r.alarmName("5xx")
                        .namespace("AWS/ApplicationELB")
                        .metricName("HTTPCode_Target_5XX_Count")
                        .statistic("Sum")
                        .period(60)
                        .evaluationPeriods(1)
                        .threshold(1.0)
                        .comparisonOperator("GreaterThanThreshold")
                        .treatMissingData("notBreaching"));
        sandbox.cloudWatch()
                .setAlarmState(r -> r.alarmName("5xx").stateValue("ALARM").stateReason("by hand"));
        clock.advance(Duration.ofSeconds(1));

        assertThat(sandbox.lambda().invocations().getLast().log().getLast())
                .contains("\"detail-type\":\"CloudWatch Alarm State Change\"", "\"alarmName\":\"5xx\"");
    }

    @Test
    void on_wall_time_real_scripts_install_a_real_bundle() throws InterruptedException, IOException {
        try (SandboxClock wall = SandboxClock.wall(Story.MONDAY, 120);
                Sandbox real = Sandbox.of(Landscape.serving("checkout", "v1", 2), wall, Setup.real(disks))) {
            CountDownLatch succeeded = new CountDownLatch(1);
            real.lambda()
                    .register(
                            Function.named("listener", Duration.ofMinutes(1)),
                            () -> (in, out, context) -> succeeded.countDown());
            real.bus()
                    .rule(
                            "success",
                            e -> e.source().equals("aws.codedeploy")
                                    && e.detail().get("state").equals("SUCCESS"),
                            "listener");
            real.revisions().put("builds", "v2.zip", SampleBundle.zip("v2", Behaviour.good()));

            real.codeDeploy()
                    .createDeployment(r -> r.applicationName("checkout")
                            .deploymentGroupName(real.site().a().autoScalingGroup())
                            .revision(revision("builds", "v2.zip"))
                            .fileExistsBehavior("OVERWRITE"));

            assertThat(succeeded.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(wall.failures()).isEmpty();
            for (Instance instance : real.world().instances(real.site().a().autoScalingGroup())) {
                assertThat(instance.revision()).hasValue("v2");
                assertThat(disks.resolve(instance.id()).resolve("opt/checkout/run/started"))
                        .hasContent("v2");
            }
        }
    }
}
