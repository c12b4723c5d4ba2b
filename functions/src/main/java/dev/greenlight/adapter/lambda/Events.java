package dev.greenlight.adapter.lambda;

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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the events that Greenlight's functions are called with, each by the fields that only it has. Anything else comes back
 * with a list of everything that is wrong, and with the pipeline job that waits for an answer, if there is one.
 *
 * <p>A pipeline's job carries live credentials: that part is skipped unread. Follows "AWS Lambda invoke action reference"
 * (CodePipeline), "AppSpec 'hooks' section" (CodeDeploy), "Monitoring CodePipeline events", "Alarm events and EventBridge" and
 * "Adding a destination" (Lambda); the Scheduler and people send what {@code events/} shows.
 */
public final class Events {

    /** The largest event in bytes: Lambda's own limit for an asynchronous invocation. */
    public static final int LARGEST = 1024 * 1024;

    private static final String JOB = "CodePipeline.job";
    private static final String CONFIGURATION = "data/actionConfiguration/configuration/UserParameters";
    private static final String LOCATION = "data/inputArtifacts/0/location/s3Location/";
    private static final String BUCKET = LOCATION + "bucketName";
    private static final String KEY = LOCATION + "objectKey";
    private static final String TOKEN = "data/continuationToken";
    private static final Pattern JOB_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern INSTANCE_ID = Pattern.compile("i-[0-9a-f]{1,17}");

    private static final Set<String> USER_PARAMETERS = Set.of("rollout", "revision", "digest");
    private static final Set<String> DIRECT =
            Set.of("rollout", "revision", "digest", "bucket", "key", "reason", "quarantine", "cooldown", "resume");
    private static final Set<String> INSTANCE = Set.of("rollout", "instance");

    /** The ends of a stage that leave a rollout to be taken back; the other states are stations of its way. */
    private static final Set<String> ENDS = Set.of("FAILED", "STOPPED", "CANCELED", "SUPERSEDED");

    private static final Harvest.Wanted WANTED = wanted();
    private static final Harvest.Wanted WANTED_PARAMETERS = Harvest.Wanted.of(USER_PARAMETERS);

    private Events() {}

    private static Harvest.Wanted wanted() {
        Set<String> paths = new HashSet<>(DIRECT);
        paths.addAll(INSTANCE);
        List<String> job = Stream.of("id", CONFIGURATION, BUCKET, KEY, TOKEN)
                .map(path -> JOB + "/" + path)
                .toList();
        paths.addAll(job);
        job.forEach(path -> paths.add("requestPayload/" + path));
        paths.addAll(Set.of("requestContext/functionArn", "DeploymentId", "LifecycleEventHookExecutionId"));
        paths.addAll(Set.of("greenlight", "deploymentId", "executionId", "firstCall", "detail-type", "source"));
        paths.addAll(Set.of("detail/execution-id", "detail/stage", "detail/state"));
        paths.addAll(Set.of("detail/alarmName", "detail/state/value", "detail/state/timestamp", "time"));
        return Harvest.Wanted.of(paths);
    }

    /**
     * Reads an event. Never throws.
     *
     * @param now when it arrived: from then on CodeDeploy counts the hour of a hook
     */
    public static Parsed read(byte[] event, Instant now) {
        if (event.length > LARGEST) {
            return new Parsed.Faulty(Optional.empty(), List.of("it is larger than %d bytes".formatted(LARGEST)));
        }
        Reading reading = new Reading(Harvest.of(event, WANTED));
        if (reading.names(JOB)) {
            return job(reading);
        }
        if (reading.names("requestContext") || reading.names("requestPayload")) {
            return lostInvocation(reading);
        }
        if (reading.names("detail-type")) {
            return busEvent(reading, now);
        }
        if (reading.names("greenlight")) {
            return appointment(reading);
        }
        if (reading.names("instance")) {
            return instance(reading);
        }
        return reading.names("DeploymentId") || reading.names("LifecycleEventHookExecutionId")
                ? hook(reading, now)
                : direct(reading);
    }

    private static Parsed job(Reading reading) {
        Job job = Job.read(reading.under(JOB));
        return reading.result(job.id(), job::trigger);
    }

    private static Parsed lostInvocation(Reading reading) {
        Optional<String> function = reading.required("requestContext/functionArn");
        Job job = Job.read(reading.under("requestPayload/" + JOB));
        return reading.result(job.id(), () -> new Trigger.LostInvocation(function.orElseThrow(), job.trigger()));
    }

    /** What a job carries; each part is present unless a fault says otherwise. */
    private record Job(
            Optional<String> id,
            Optional<RolloutId> rollout,
            Optional<Revision> revision,
            Optional<RevisionLocation> location,
            Optional<Token> token) {

        static Job read(Reading job) {
            Optional<String> id = job.required("id").filter(text -> isJobId(text, job));
            Reading parameters = job.required(CONFIGURATION)
                    .map(text -> job.inner("UserParameters", Harvest.of(bytes(text), WANTED_PARAMETERS)))
                    .orElse(null);
            Optional<RolloutId> rollout = Optional.empty();
            Optional<Revision> revision = Optional.empty();
            if (parameters != null) {
                parameters.onlyKnown("UserParameters.", USER_PARAMETERS);
                rollout = parameters.rollout("rollout", true);
                revision = parameters.revision();
            }
            return new Job(id, rollout, revision, job.location(BUCKET, KEY), token(job, rollout));
        }

        private static boolean isJobId(String text, Reading job) {
            boolean valid = JOB_ID.matcher(text).matches();
            if (!valid) {
                job.fault("id: no job's id");
            }
            return valid;
        }

        private static Optional<Token> token(Reading job, Optional<RolloutId> rollout) {
            Optional<String> text = job.text(TOKEN);
            Optional<Token> token = text.flatMap(Token::parse);
            if (text.isPresent() && token.isEmpty()) {
                job.fault("continuationToken: not one of Greenlight's");
            }
            if (token.isPresent()
                    && rollout.isPresent()
                    && !token.map(Token::rollout).equals(rollout)) {
                job.fault("continuationToken: it belongs to another rollout");
            }
            return token;
        }

        Trigger.PipelineJob trigger() {
            return new Trigger.PipelineJob(id.orElseThrow(), rollout.orElseThrow(), revision, location, token);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Parsed hook(Reading reading, Instant now) {
        Optional<String> deployment = deployment(reading, "DeploymentId");
        Optional<String> execution = reading.requiredId("LifecycleEventHookExecutionId");
        return reading.result(Optional.empty(), () -> hook(deployment, execution, now));
    }

    private static Optional<String> deployment(Reading reading, String path) {
        Optional<String> id = reading.required(path);
        if (id.filter(text -> !RolloutId.isValid(text)).isPresent()) {
            reading.fault(path + ": no deployment's id");
        }
        return id;
    }

    private static Trigger hook(Optional<String> deployment, Optional<String> execution, Instant first) {
        return new Trigger.HookExecution(deployment.orElseThrow(), execution.orElseThrow(), first);
    }

    private static Parsed busEvent(Reading reading, Instant now) {
        String type = reading.text("detail-type").orElse("");
        return switch (type) {
            case "CodePipeline Stage Execution State Change" ->
                stageEnded(reading, reading.required("detail/stage").orElse(""));
            // An execution that is superseded while it waits between two stages ends without any stage's event.
            case "CodePipeline Pipeline Execution State Change" -> stageEnded(reading, "(none)");
            case "CloudWatch Alarm State Change" -> alarm(reading, now);
            default -> {
                reading.fault("detail-type: not one that Greenlight listens to");
                yield reading.result(Optional.empty(), Trigger.Tick::new);
            }
        };
    }

    private static Parsed stageEnded(Reading reading, String stage) {
        expect(reading, "source", Set.of("aws.codepipeline"));
        Optional<RolloutId> rollout = reading.rollout("detail/execution-id", true);
        Optional<String> state = reading.required("detail/state");
        expect(reading, "detail/state", ENDS);
        return reading.result(
                Optional.empty(), () -> new Trigger.StageEnded(rollout.orElseThrow(), stage, state.orElseThrow()));
    }

    private static Parsed alarm(Reading reading, Instant now) {
        expect(reading, "source", Set.of("aws.cloudwatch"));
        Optional<String> alarm = reading.required("detail/alarmName");
        expect(reading, "detail/state/value", Set.of("ALARM"));
        // When it changed, not when its event came: the bus may be late, or deliver twice.
        Instant since = reading.time("detail/state/timestamp")
                .or(() -> reading.time("time"))
                .orElse(now);
        return reading.result(Optional.empty(), () -> new Trigger.AlarmFired(alarm.orElseThrow(), since));
    }

    private static void expect(Reading reading, String path, Set<String> values) {
        if (reading.text(path).filter(values::contains).isEmpty()) {
            reading.fault("%s: not %s"
                    .formatted(
                            path.replace('/', '.'),
                            String.join(" or ", values.stream().sorted().toList())));
        }
    }

    private static Parsed appointment(Reading reading) {
        String what = reading.text("greenlight").orElse("");
        return switch (what) {
            case "sweep" -> reading.result(Optional.empty(), Trigger.Tick::new);
            case "retire-blue" -> {
                Optional<RolloutId> rollout = reading.rollout("rollout", true);
                yield reading.result(Optional.empty(), () -> new Trigger.BlueTimeUp(rollout.orElseThrow()));
            }
            case "come-back" -> {
                Optional<String> deployment = deployment(reading, "deploymentId");
                Optional<String> execution = reading.requiredId("executionId");
                Optional<Instant> first = reading.instant("firstCall");
                yield reading.result(Optional.empty(), () -> hook(deployment, execution, first.orElseThrow()));
            }
            default -> {
                reading.fault("greenlight: not sweep, retire-blue or come-back");
                yield reading.result(Optional.empty(), Trigger.Tick::new);
            }
        };
    }

    private static Parsed instance(Reading reading) {
        reading.onlyKnown("", INSTANCE);
        Optional<RolloutId> rollout = reading.rollout("rollout", true);
        Optional<String> instance = reading.required("instance");
        if (instance.filter(id -> !INSTANCE_ID.matcher(id).matches()).isPresent()) {
            reading.fault("instance: no instance's id");
        }
        return reading.result(
                Optional.empty(), () -> new Trigger.InstanceAsks(rollout.orElseThrow(), instance.orElseThrow()));
    }

    private static Parsed direct(Reading reading) {
        reading.onlyKnown("", DIRECT);
        Optional<RolloutId> rollout = reading.rollout("rollout", false);
        Optional<Revision> revision = reading.revision();
        Optional<RevisionLocation> location = reading.location("bucket", "key");
        Optional<String> reason = reading.text("reason");
        // Who takes a revision back by hand means it, unless they say otherwise.
        boolean quarantine = reading.flag("quarantine").orElse(true);
        boolean cooldown = reading.flag("cooldown").orElse(false);
        boolean resume = reading.flag("resume").orElse(false);
        return reading.result(
                Optional.empty(),
                () -> new Trigger.DirectCall(rollout, revision, location, reason, quarantine, cooldown, resume));
    }
}
