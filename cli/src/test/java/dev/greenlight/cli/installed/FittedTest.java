package dev.greenlight.cli.installed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.check.Probe;
import dev.greenlight.domain.check.SmokeTest;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.sandbox.FleetPlan;
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.Setup;
import dev.greenlight.sandbox.Site;
import dev.greenlight.sandbox.app.Behaviour;
import dev.greenlight.sandbox.app.SampleBundle;
import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.codepipeline.ExecutionView;
import dev.greenlight.sandbox.dynamodb.DynamoDb;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.ModelledDataPlane;
import dev.greenlight.service.Config;
import dev.greenlight.service.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.codepipeline.model.ApprovalStatus;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionStatus;

/** A service that was fitted into the festival's template is released as its file says. */
class FittedTest {

    private static final Instant OPENING = Instant.parse("2026-07-03T10:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "smallest",
                "festival",
                "everything",
                "canary",
                "linear",
                "a-b-share",
                "a-b",
                "in-place",
                "recreate",
                "rolling"
            })
    void an_examples_service_is_released(String example) throws IOException {
        Config config = Fitted.shortened(ConfigReader.read(example(example)));
        SandboxClock clock = SandboxClock.ticked(OPENING);
        Blueprint blueprint = Fitted.to(config);
        Sandbox sandbox = Sandbox.empty(blueprint.account(), clock, Setup.modelled(clock));
        ModelledDataPlane plane = new ModelledDataPlane(sandbox.world());
        try (InstalledService service = new InstalledService(
                sandbox,
                new InstalledService.Props(
                        blueprint,
                        new FleetPlan(new Capacity(2, 2, config.fleet().maximum()), Optional.of("v1")),
                        clock,
                        length -> {},
                        preview -> (fleet, test) -> answer(sandbox, plane, fleet, test),
                        DynamoDb.inMemory(),
                        "fitted",
                        Map.of()))) {
            config.checks().alarms().forEach(alarm -> quiet(sandbox, alarm));
            plane.load(sandbox.site().request("/checkout"), 60);
            String execution = service.merge("v2", SampleBundle.zip("v2", Behaviour.good()));
            for (int seconds = 0;
                    seconds < 7_200 && service.execution(execution).ended().isEmpty();
                    seconds += 5) {
                clock.advance(Duration.ofSeconds(5));
                approve(service, execution, config);
                if (seconds % 60 == 0) {
                    // Whoever has an eye on it lets it go on; where nothing waits for them, they are told so.
                    service.call(Functions.PROMOTE, "{\"resume\":true}");
                }
            }
            assertThat(service.execution(execution).status())
                    .as(() -> String.join("\n", service.journal().lines()))
                    .isEqualTo(PipelineExecutionStatus.SUCCEEDED);
            assertThat(service.execution(execution).action("Approve").isPresent())
                    .isEqualTo(config.approval().beforeTraffic());
            assertThat(plane.tallies().get("v2").requests()).isPositive();
        }
    }

    private static void approve(InstalledService service, String execution, Config config) {
        ExecutionView view = service.execution(execution);
        if (view.action("Approve").filter(run -> run.ended().isEmpty()).isPresent()) {
            service.pipeline()
                    .putApprovalResult(r -> r.pipelineName("greenlight-" + config.service())
                            .stageName("Rollout")
                            .actionName("Approve")
                            .token(service.pipeline().approvalToken(execution).orElseThrow())
                            .result(result ->
                                    result.status(ApprovalStatus.APPROVED).summary("go")));
        }
    }

    private static Probe answer(Sandbox sandbox, ModelledDataPlane plane, FleetName fleet, SmokeTest test) {
        Site.Fleet side =
                fleet == FleetName.A ? sandbox.site().a() : sandbox.site().b();
        ModelledDataPlane.Answer answer = plane.send(sandbox.site().preview(side, test.path()));
        Map<String, String> headers = new HashMap<>();
        answer.revision().ifPresent(revision -> headers.put("x-app-version", revision));
        return new Probe.Answered(answer.status(), headers, test.bodyContains().orElse(""), answer.latency());
    }

    private static void quiet(Sandbox sandbox, String alarm) {
        sandbox.cloudWatch()
                .putMetricAlarm(r -> r.alarmName(alarm)
                        .namespace("Shop")
                        .metricName("Lost")
                        .statistic(Statistic.SUM)
                        .period(60)
                        .evaluationPeriods(1)
                        .threshold(1.0)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                        .treatMissingData("ignore"));
        sandbox.cloudWatch()
                .setAlarmState(r -> r.alarmName(alarm).stateValue(StateValue.OK).stateReason("nothing is wrong"));
    }

    private static Path example(String name) {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.isDirectory(here.resolve("infra-cdk")) ? here : here.getParent();
        return root.resolve("infra-cdk/examples").resolve(name + ".yaml");
    }
}
