package dev.greenlight.adapter.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.domain.rollout.Revision;
import dev.greenlight.domain.rollout.RolloutId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventsTest {

    private static final Instant NOW = Instant.parse("2026-01-05T09:30:00Z");
    private static final String JOB = "11111111-aaaa-bbbb-cccc-222222222222";
    private static final RolloutId ROLLOUT = new RolloutId("3f2b7c1e-5a4d-4e8f-9b21-6c0d1e2f3a4b");
    private static final RolloutId HOTFIX = new RolloutId("hotfix-7");
    private static final Revision V42 = new Revision("v42", "sha256:9f86d081884c7d65");
    private static final RevisionLocation ARTIFACT =
            new RevisionLocation("checkout-pipeline-artifacts", "checkout/BuildOutp/a1b2c3d");
    private static final String EXECUTION = "eyJlbmNyeXB0ZWREYXRhIjoiZXhhbXBsZSIsInZlcnNpb24iOjF9";
    private static final Token TOKEN = new Token(ROLLOUT, Instant.ofEpochSecond(1767603600));

    private static final String SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    static Stream<Arguments> understood() {
        Trigger.PipelineJob job =
                new Trigger.PipelineJob(JOB, ROLLOUT, Optional.of(V42), Optional.of(ARTIFACT), Optional.empty());
        return Stream.of(
                arguments("codepipeline-job.json", job),
                arguments(
                        "codepipeline-job-continued.json",
                        new Trigger.PipelineJob(
                                JOB, ROLLOUT, Optional.of(V42), Optional.of(ARTIFACT), Optional.of(TOKEN))),
                arguments(
                        "codepipeline-job-without-revision.json",
                        new Trigger.PipelineJob(JOB, ROLLOUT, Optional.empty(), Optional.empty(), Optional.empty())),
                arguments("codedeploy-hook.json", new Trigger.HookExecution("d-A1B2C3D4E", EXECUTION, NOW)),
                arguments(
                        "scheduler-come-back.json",
                        new Trigger.HookExecution("d-A1B2C3D4E", EXECUTION, Instant.parse("2026-01-05T09:00:00Z"))),
                arguments("scheduler-retire-blue.json", new Trigger.BlueTimeUp(ROLLOUT)),
                arguments("scheduler-sweep.json", new Trigger.Tick()),
                arguments("eventbridge-stage-failed.json", new Trigger.StageEnded(ROLLOUT, "Rollout", "FAILED")),
                arguments("eventbridge-stage-stopped.json", new Trigger.StageEnded(ROLLOUT, "Rollout", "STOPPED")),
                arguments("eventbridge-stage-canceled.json", new Trigger.StageEnded(ROLLOUT, "Rollout", "CANCELED")),
                arguments(
                        "eventbridge-pipeline-superseded.json",
                        new Trigger.StageEnded(ROLLOUT, "(none)", "SUPERSEDED")),
                arguments(
                        "eventbridge-alarm.json",
                        new Trigger.AlarmFired("checkout-5xx", Instant.parse("2026-01-05T09:30:00Z"))),
                arguments(
                        "lambda-failure-destination.json",
                        new Trigger.LostInvocation(
                                "arn:aws:lambda:ap-northeast-2:123456789012:function:greenlight-prepare-green:$LATEST",
                                job)),
                arguments(
                        "direct-roll-back.json",
                        direct(Optional.of(ROLLOUT), Optional.of("checkout shows wrong prices"), true)),
                arguments("direct-roll-back-latest.json", direct(Optional.empty(), Optional.empty(), true)),
                arguments(
                        "direct-roll-back-without-quarantine.json",
                        direct(Optional.empty(), Optional.of("the database is in maintenance"), false)),
                arguments(
                        "direct-prepare-green.json",
                        new Trigger.DirectCall(
                                Optional.of(HOTFIX),
                                Optional.of(V42),
                                Optional.empty(),
                                Optional.empty(),
                                true,
                                false,
                                false)),
                arguments(
                        "direct-install-revision.json",
                        new Trigger.DirectCall(
                                Optional.of(HOTFIX),
                                Optional.empty(),
                                Optional.of(new RevisionLocation("checkout-pipeline-artifacts", "hotfix/v42.zip")),
                                Optional.empty(),
                                true,
                                false,
                                false)),
                arguments(
                        "direct-release-quarantine-and-cooldown.json",
                        new Trigger.DirectCall(
                                Optional.empty(),
                                Optional.of(new Revision("v42", SHA256)),
                                Optional.empty(),
                                Optional.of("the database was slow, not v42"),
                                true,
                                true,
                                false)),
                arguments(
                        "direct-release-cooldown.json",
                        new Trigger.DirectCall(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("the fix for the wrong prices is ready"),
                                true,
                                true,
                                false)),
                arguments(
                        "direct-resume.json",
                        new Trigger.DirectCall(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("orders look right at a tenth"),
                                true,
                                false,
                                true)),
                arguments("direct-validate-instance.json", new Trigger.InstanceAsks(ROLLOUT, "i-0a1b2c3d4e5f60718")));
    }

    private static Trigger direct(Optional<RolloutId> rollout, Optional<String> reason, boolean quarantine) {
        return new Trigger.DirectCall(rollout, Optional.empty(), Optional.empty(), reason, quarantine, false, false);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("understood")
    void an_event_becomes_its_trigger(String file, Trigger trigger) {
        assertThat(read(file)).isEqualTo(new Parsed.Understood(trigger));
    }

    static Stream<Arguments> faulty() {
        return Stream.of(
                job(
                        "without-user-parameters",
                        "CodePipeline.job.data.actionConfiguration.configuration.UserParameters: missing"),
                job(
                        "user-parameters-not-json",
                        "UserParameters: it is no valid JSON, or nested too deeply",
                        "rollout: missing"),
                job("unknown-parameter", "UserParameters.bakee: unknown"),
                job("half-a-revision", "revision and digest go together"),
                job("unresolved-variable", "rollout: a rollout id is 1 to 64 letters, digits and hyphens"),
                job("foreign-token", "continuationToken: not one of Greenlight's"),
                job("token-of-another-rollout", "continuationToken: it belongs to another rollout"),
                job(
                        "without-key",
                        "CodePipeline.job.data.inputArtifacts.0.location.s3Location.bucketName and "
                                + "CodePipeline.job.data.inputArtifacts.0.location.s3Location.objectKey go together"),
                job("cut-off", "it is no valid JSON, or nested too deeply"),
                arguments(
                        "lambda-failure-destination-broken-job.json",
                        JOB,
                        List.of("UserParameters: it is no valid JSON, or nested too deeply", "rollout: missing")),
                nobodyWaits("codepipeline-job-without-id", "CodePipeline.job.id: missing"),
                nobodyWaits("codepipeline-job-numeric-id", "CodePipeline.job.id: not a text"),
                nobodyWaits("codedeploy-hook-without-execution", "LifecycleEventHookExecutionId: missing"),
                nobodyWaits("scheduler-come-back-without-time", "firstCall: no instant such as 2026-01-31T12:00:00Z"),
                nobodyWaits("scheduler-retire-blue-without-rollout", "rollout: missing"),
                nobodyWaits("scheduler-unknown", "greenlight: not sweep, retire-blue or come-back"),
                nobodyWaits(
                        "eventbridge-stage-succeeded", "detail.state: not CANCELED or FAILED or STOPPED or SUPERSEDED"),
                nobodyWaits("eventbridge-stage-foreign-source", "source: not aws.codepipeline"),
                nobodyWaits("eventbridge-stage-without-execution", "detail.execution-id: missing"),
                nobodyWaits("eventbridge-alarm-ok", "detail.state.value: not ALARM"),
                nobodyWaits("eventbridge-foreign", "detail-type: not one that Greenlight listens to"),
                nobodyWaits(
                        "lambda-failure-destination-without-job",
                        "requestPayload.CodePipeline.job.id: missing",
                        "requestPayload.CodePipeline.job.data.actionConfiguration.configuration.UserParameters: missing"),
                nobodyWaits("direct-misspelt", "rolout: unknown"),
                nobodyWaits("direct-numeric-rollout", "rollout: not a text"),
                nobodyWaits("direct-quarantine-as-text", "quarantine: neither true nor false"),
                nobodyWaits("instance-without-rollout", "rollout: missing"),
                nobodyWaits("instance-with-reason", "reason: unknown", "instance: no instance's id"),
                nobodyWaits("empty", "it is no JSON object"),
                nobodyWaits("text", "it is no JSON object"),
                nobodyWaits("two-objects", "something follows the JSON object"),
                nobodyWaits("duplicate-field", "it is no valid JSON, or nested too deeply"),
                nobodyWaits(
                        "deep",
                        "it is no valid JSON, or nested too deeply",
                        "detail-type: not a text",
                        "detail-type: not one that Greenlight listens to"));
    }

    private static Arguments job(String name, String... faults) {
        return arguments("codepipeline-job-" + name + ".json", JOB, List.of(faults));
    }

    private static Arguments nobodyWaits(String name, String... faults) {
        return arguments(name + ".json", null, List.of(faults));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faulty")
    void a_malformed_event_has_all_its_faults_and_the_job_that_waits(String file, String job, List<String> faults) {
        assertThat(read("malformed/" + file)).isEqualTo(new Parsed.Faulty(Optional.ofNullable(job), faults));
    }

    @Test
    void every_event_that_is_shown_is_read_by_a_test() {
        Set<String> read = new HashSet<>();
        understood().forEach(a -> read.add((String) a.get()[0]));
        faulty().forEach(a -> read.add("malformed/" + a.get()[0]));
        // CloudFormation's requests have a reader of their own, and a test of it.
        Set<String> hooksEvents = new HashSet<>(EventFiles.names());
        hooksEvents.removeIf(name -> name.contains("cloudformation-"));
        assertThat(hooksEvents).isEqualTo(read);
    }

    @Test
    void no_fault_repeats_a_value() {
        Stream.concat(understood(), faulty().map(a -> arguments("malformed/" + a.get()[0])))
                .map(a -> read((String) a.get()[0]).toString())
                .forEach(told -> assertThat(told).doesNotContain(EventFiles.CREDENTIALS));
    }

    @Test
    void a_secret_in_the_wrong_place_is_not_repeated() {
        for (String secret : EventFiles.CREDENTIALS) {
            String event = "{\"detail-type\":\"%1$s\",\"source\":\"%1$s\",\"rollout\":\"%1$s\"}".formatted(secret);
            assertThat(read(event.getBytes(StandardCharsets.UTF_8)).toString()).doesNotContain(secret);
            assertThat(read(("{\"rollout\":" + secret).getBytes(StandardCharsets.UTF_8))
                            .toString())
                    .doesNotContain(secret);
        }
    }

    @Test
    void an_event_that_is_too_large_is_not_read() {
        byte[] large = new byte[Events.LARGEST + 1];
        assertThat(read(large))
                .isEqualTo(new Parsed.Faulty(Optional.empty(), List.of("it is larger than 1048576 bytes")));
    }

    @Test
    void texts_have_a_length_that_fits_a_history() {
        String event = "{\"reason\":\"%s\"}".formatted("x".repeat(2_000));
        assertThat(read(event.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Parsed.Faulty(Optional.empty(), List.of("reason: longer than 1024 characters")));
    }

    private static Parsed read(String file) {
        return read(EventFiles.bytes(file));
    }

    private static Parsed read(byte[] event) {
        return Events.read(event, NOW);
    }
}
