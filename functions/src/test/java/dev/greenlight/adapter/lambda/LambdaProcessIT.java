package dev.greenlight.adapter.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenlight.counterpart.Moto;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The zip as it is deployed, run by Lambda's own runtime interface client in processes of their own: every function of the festival
 * example's template, with its variables, is given every sample event. AWS is moto where it is installed, and denies everything
 * where it is not. Runs in {@code verify}; prints how long a cold start takes and how much memory it holds.
 */
class LambdaProcessIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Half of it is for the work, half for the answer. */
    private static final Duration LITTLE_TIME = Duration.ofSeconds(4);

    /** Longer than any function may take, on a busy machine too. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final List<String> MEASURED = new ArrayList<>();

    @TempDir
    private static Path directory;

    private static Optional<URI> moto = Optional.empty();
    private static LambdaHost host;

    @BeforeAll
    static void install() throws Exception {
        assumeTrue(FunctionProcess.runsHere(), "the runtime interface client runs on Linux only");
        host = new LambdaHost(directory);
        if (Moto.isInstalled()) {
            moto = Optional.of(Moto.endpoint());
            host.build(moto.get());
        } else {
            System.out.println(Moto.ABSENT + "; until then AWS denies every call here");
        }
    }

    @AfterAll
    static void tellWhatWasMeasured() {
        MEASURED.stream().sorted().forEach(System.out::println);
    }

    static List<InstalledFunction> functions() {
        return host == null ? List.of() : host.functions();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void every_event_is_answered_by_one_warm_process(InstalledFunction function) throws Exception {
        try (AwsGateway aws = new AwsGateway(moto);
                FunctionProcess process = host.start(function, aws)) {
            for (String name : ownFirst(function)) {
                aws.forget();
                RuntimeApi.Outcome outcome = process.call(aws.answeredHere(EventFiles.bytes(name)), function.timeout());
                check(name, function, outcome, aws);
                if (moto.isPresent() && name.startsWith("scheduler-") && name.equals(own(function))) {
                    // Nobody waits for it, so a failure would be retried in silence: here it is heard.
                    assertThat(outcome.toString()).as(name).containsAnyOf("\"done\"", "\"ignored\"");
                }
                assertThat(process.isAlive()).as("process after " + name).isTrue();
            }
            MEASURED.add("%-40s cold start %5d ms, at most %4d of %d MB"
                    .formatted(
                            function.name(),
                            process.coldStart().toMillis(),
                            process.peakMegabytes(),
                            function.memory()));
            assertThat(process.said()).doesNotContain(EventFiles.CREDENTIALS);
            assertThat(process.restored()).isEqualTo(function.snapStart() ? 1 : 0);
        }
    }

    /** What the function is there for comes first: that is its cold start. */
    private static List<String> ownFirst(InstalledFunction function) {
        String own = own(function);
        List<String> names = EventFiles.names().stream().sorted().toList();
        assertThat(names).contains(own);
        return Stream.concat(Stream.of(own), names.stream().filter(name -> !name.equals(own)))
                .toList();
    }

    private static String own(InstalledFunction function) {
        return switch (function.name().substring(InstalledFunction.STACK.length() + 1)) {
            case "traffic-rule" -> "cloudformation-create.json";
            case "launch-version" -> "cloudformation-launch-version-create.json";
            case "roll-back", "promote" -> "direct-roll-back.json";
            case "release-quarantine" -> "direct-release-quarantine-and-cooldown.json";
            case "retire-blue" -> "scheduler-retire-blue.json";
            case "sweep" -> "scheduler-sweep.json";
            case "validate-instance" -> "direct-validate-instance.json";
            case "answer-lost-job" -> "lambda-failure-destination.json";
            default -> "codepipeline-job.json";
        };
    }

    /** As Lambda and the caller see it. */
    private static void check(String name, InstalledFunction function, RuntimeApi.Outcome outcome, AwsGateway aws)
            throws IOException {
        boolean forStacks = forStacks(function);
        switch (outcome) {
            case RuntimeApi.Outcome.Answered answered -> checkAnswer(name, forStacks, answered.body());
            case RuntimeApi.Outcome.Failed failed ->
                assertThat(EventFiles.nobodyWaits(name))
                        .as(name + ": " + failed)
                        .isTrue();
            case RuntimeApi.Outcome.TimedOut late -> throw new AssertionError(name + " took longer than it may");
            case RuntimeApi.Outcome.Died died -> throw new AssertionError(name + " ended the process: " + died.why());
        }
        boolean hearsJobs = !forStacks && !function.name().endsWith("validate-instance");
        assertThat(aws.jobAnswers())
                .as("answers to the job of " + name)
                .hasSize(hearsJobs && EventFiles.carriesJob(name) ? 1 : 0);
        assertThat(aws.stackAnswers())
                .as("answers to the stack of " + name)
                .hasSize(forStacks && asksForAnAnswer(name) ? 1 : 0);
        assertThat(outcome + aws.calls().toString()).as(name).doesNotContain(EventFiles.CREDENTIALS);
    }

    private static void checkAnswer(String name, boolean forStacks, String body) throws IOException {
        if (forStacks) {
            assertThat(body).as(name).isEmpty();
        } else {
            assertThat(JSON.readTree(body).path("outcome").asText())
                    .as(name + ": " + body)
                    .isIn("done", "in-progress", "failed", "ignored");
        }
    }

    private static boolean forStacks(InstalledFunction function) {
        return Stream.of("traffic-rule", "launch-version").anyMatch(function.name()::endsWith);
    }

    private static boolean asksForAnAnswer(String name) {
        return name.contains("cloudformation") && !name.contains("without-address");
    }

    private record Running(InstalledFunction function, AwsGateway aws, FunctionProcess process)
            implements AutoCloseable {

        static Running of(String name) {
            try {
                InstalledFunction function = host.function(InstalledFunction.STACK + "-" + name);
                AwsGateway aws = new AwsGateway(moto);
                return new Running(function, aws, host.start(function, aws));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        RuntimeApi.Outcome call(String event, Duration time) {
            try {
                return process.call(aws.answeredHere(EventFiles.bytes(event)), time);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            process.close();
            aws.close();
        }
    }

    @ParameterizedTest
    @MethodSource("callers")
    void while_aws_says_nothing_the_caller_is_answered_in_time(String name) throws Exception {
        try (Running running = Running.of(name)) {
            String event = own(running.function());
            running.aws().mood(AwsGateway.Mood.SILENT);

            check(event, running.function(), running.call(event, LITTLE_TIME), running.aws());
        }
    }

    /** One for each way to be called. */
    static List<String> callers() {
        return List.of("prepare-green", "roll-back", "sweep", "traffic-rule", "answer-lost-job");
    }

    @Test
    void a_process_that_dies_in_mid_call_leaves_its_job_to_the_next_one() throws Exception {
        try (Running dying = Running.of("prepare-green");
                Running next = Running.of("prepare-green");
                Running lost = Running.of("answer-lost-job")) {
            dying.aws().mood(AwsGateway.Mood.SILENT);
            CompletableFuture<RuntimeApi.Outcome> outcome = CompletableFuture.supplyAsync(
                    () -> dying.call("codepipeline-job.json", dying.function().timeout()));
            CompletableFuture<Void> silenced = dying.aws().silencedCall();
            CompletableFuture.anyOf(silenced, outcome).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(silenced).as("a call before " + outcome).isDone();
            dying.process().kill();

            assertThat(outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(RuntimeApi.Outcome.Died.class);
            assertThat(dying.aws().jobAnswers()).isEmpty();
            check(
                    "codepipeline-job.json",
                    next.function(),
                    next.call("codepipeline-job.json", next.function().timeout()),
                    next.aws());
            String destination = "lambda-failure-destination.json";
            check(
                    destination,
                    lost.function(),
                    lost.call(destination, lost.function().timeout()),
                    lost.aws());
        }
    }

    /** moto installs nothing and tells of a deployment in times that no SDK reads: this is as far as a release gets there. */
    @Test
    void a_release_begins_in_one_process_installs_in_another_and_is_taken_back_in_a_third() throws Exception {
        assumeTrue(moto.isPresent(), Moto.ABSENT);
        String rollout = "a-release-over-moto";
        String call = """
                {"rollout":"%s","revision":"v43","digest":"sha256:0a1b2c3d","bucket":"revisions","key":"v43.zip"}""".formatted(rollout);
        try (Running prepare = Running.of("prepare-green");
                Running install = Running.of("install-revision");
                Running back = Running.of("roll-back")) {
            // Whatever another test has left.
            said(back, EventFiles.bytes("direct-roll-back-latest.json"));

            assertThat(said(prepare, call.getBytes(StandardCharsets.UTF_8))).contains("\"outcome\":\"done\"");
            said(install, call.getBytes(StandardCharsets.UTF_8));
            assertThat(said(back, "{\"rollout\":\"%s\"}".formatted(rollout).getBytes(StandardCharsets.UTF_8)))
                    .contains("\"outcome\":\"done\"");
            assertThat(Stream.of(prepare, install, back).flatMap(running -> running.aws().calls().stream()))
                    .extracting(AwsGateway.Call::operation)
                    .contains(
                            "UpdateAutoScalingGroup",
                            "SuspendProcesses",
                            "AddTags",
                            "CreateDeployment",
                            "TransactWriteItems");
        }
    }

    private static String said(Running running, byte[] event) throws InterruptedException {
        return running.process().call(event, running.function().timeout()).toString();
    }

    @Test
    void in_the_json_log_format_every_line_is_one_object_also_when_a_call_fails() throws Exception {
        InstalledFunction function = host.function(InstalledFunction.STACK + "-roll-back");
        try (AwsGateway aws = new AwsGateway(moto);
                FunctionProcess process = host.start(function, aws, Map.of("AWS_LAMBDA_LOG_FORMAT", "JSON"))) {
            aws.mood(AwsGateway.Mood.SILENT);
            RuntimeApi.Outcome outcome = process.call(EventFiles.bytes("eventbridge-stage-failed.json"), LITTLE_TIME);

            assertThat(outcome).isInstanceOf(RuntimeApi.Outcome.Failed.class);
            assertThat(process.said().lines())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(object(line)).isTrue());
        }
    }

    private static boolean object(String line) {
        try {
            JsonNode read = JSON.readTree(line);
            return read.isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
