package dev.greenlight.adapter.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.greenlight.adapter.SandboxFleets;
import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.port.CallFailed;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.fault.Faults;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.codepipeline.model.FailureType;

/** Every function is given every event, the malformed ones too, in a world that is as wrong as it gets. */
class EveryHandlerTest {

    /** Nothing that is called here changes it. */
    private static final SandboxFleets WORLD = SandboxFleets.serving(1);

    @AfterAll
    static void closeWorld() {
        WORLD.close();
    }

    /** The name keeps the generic type out of the tests' parameters. */
    interface Maker extends Function<Supplier<Hooks>, RequestStreamHandler> {}

    static Stream<Named<Maker>> handlers() {
        return Stream.of(
                named("PrepareGreen", PrepareGreenHandler::new),
                named("InstallRevision", InstallRevisionHandler::new),
                named("BeforeAllowTraffic", BeforeAllowTrafficHandler::new),
                named("AllowTraffic", AllowTrafficHandler::new),
                named("AfterAllowTraffic", AfterAllowTrafficHandler::new),
                named("RollBack", RollBackHandler::new),
                named("Promote", PromoteHandler::new),
                named("RetireBlue", RetireBlueHandler::new),
                named("Sweep", SweepHandler::new),
                named("ReleaseQuarantine", ReleaseQuarantineHandler::new),
                named("AnswerLostJob", AnswerLostJobHandler::new));
    }

    private static Named<Maker> named(String name, Maker maker) {
        return Named.of(name, maker);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("handlers")
    void without_settings_every_job_fails_as_a_matter_of_configuration(Maker maker) throws IOException {
        for (String name : EventFiles.names()) {
            DeployedFunction function = called(new DeployedFunction(maker, Map.of(), WORLD), name);
            assertThat(function.pipeline().failures())
                    .as(name)
                    .allMatch(f -> f.failureDetails().type() == FailureType.CONFIGURATION_ERROR);
            assertThat(function.pipeline().successes()).as(name).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("handlers")
    void while_aws_is_down_every_job_is_answered(Maker maker) throws IOException {
        callWithEverything(maker, Fault.unavailable());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("handlers")
    void without_any_permission_every_job_is_answered(Maker maker) throws IOException {
        callWithEverything(maker, Fault.denied());
    }

    /** Whatever runs on an instance may call it: what it is told there of jobs, hooks and alarms is made up. */
    @Test
    void the_function_that_instances_may_call_hears_one_question_and_calls_nobody_for_anything_else()
            throws IOException {
        AtomicBoolean asked = new AtomicBoolean();
        // Remembers that AWS was called, and lets the call be.
        Faults.Armed ear = WORLD.sandbox()
                .faults()
                .failing(
                        call -> {
                            asked.set(true);
                            return false;
                        },
                        Fault.denied());
        for (String name : EventFiles.names()) {
            asked.set(false);
            DeployedFunction function = new DeployedFunction(ValidateInstanceHandler::new, settings(WORLD), WORLD);
            function.call(EventFiles.bytes(name));
            boolean question = name.equals("direct-validate-instance.json");

            assertThat(asked.get()).as(name).isEqualTo(question);
            assertThat(function.answers()).as(name).isZero();
            assertThat(function.everythingSaid())
                    .as(name)
                    .contains(
                            "\"outcome\":\"failed\"",
                            "CONFIGURATION",
                            question ? "dynamodb:GetItem" : "this call cannot be read")
                    .doesNotContain(EventFiles.CREDENTIALS);
        }
        ear.cancel();
    }

    private static void callWithEverything(Maker maker, Fault everywhere) throws IOException {
        Faults.Armed fault = WORLD.sandbox().faults().failing(call -> true, everywhere);
        for (String name : EventFiles.names()) {
            called(new DeployedFunction(maker, settings(WORLD), WORLD), name);
        }
        fault.cancel();
    }

    /** Calls the function; whatever happens, its job is answered once, and no credential leaves it. */
    private static DeployedFunction called(DeployedFunction function, String name) throws IOException {
        try {
            function.call(EventFiles.bytes(name));
        } catch (IllegalStateException retriedByLambda) {
            assertThat(EventFiles.nobodyWaits(name)).as(name).isTrue();
        } catch (CallFailed hookCannotBeAnswered) {
            assertThat(name).containsAnyOf("codedeploy-hook", "come-back");
        }
        assertThat(function.everythingSaid()).as(name).doesNotContain(EventFiles.CREDENTIALS);
        assertThat(function.answers())
                .as("answers to the job of " + name)
                .isEqualTo(EventFiles.carriesJob(name) ? 1 : 0);
        return function;
    }

    private static Map<String, String> settings(SandboxFleets world) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "AWS_REGION", "ap-northeast-2",
                "GREENLIGHT_SERVICE", "checkout",
                "GREENLIGHT_RULE", world.site().productionRule(),
                "GREENLIGHT_LOAD_BALANCER", world.site().loadBalancer().arn(),
                "GREENLIGHT_APPLICATION", "checkout",
                "GREENLIGHT_TABLE", "greenlight",
                "GREENLIGHT_SCHEDULE_GROUP", "greenlight",
                "GREENLIGHT_SCHEDULE_ROLE", "arn:aws:iam::123456789012:role/greenlight-scheduler",
                "GREENLIGHT_RETIRE_FUNCTION", world.sandbox().lambda().arn("retire-blue"),
                "GREENLIGHT_SELF", world.sandbox().lambda().arn("self")));
        for (Fleet fleet : List.of(world.a(), world.b())) {
            String prefix = "GREENLIGHT_" + fleet.name() + "_";
            settings.put(prefix + "ASG", fleet.autoScalingGroup());
            settings.put(prefix + "TARGET_GROUP", fleet.targetGroup());
            settings.put(prefix + "DEPLOYMENT_GROUP", fleet.deploymentGroup());
        }
        return settings;
    }
}
