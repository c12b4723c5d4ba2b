package dev.greenlight.sandbox.codepipeline;

import static dev.greenlight.sandbox.codepipeline.SimulatedPipeline.refused;

import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.clock.Timer;
import dev.greenlight.sandbox.codepipeline.Execution.Run;
import dev.greenlight.sandbox.codepipeline.JobTimings.ContinuationIds;
import dev.greenlight.sandbox.lambda.SimulatedLambda;
import dev.greenlight.sandbox.world.Account;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.codepipeline.model.FailureType;
import software.amazon.awssdk.services.codepipeline.model.InvalidJobStateException;
import software.amazon.awssdk.services.codepipeline.model.JobNotFoundException;
import software.amazon.awssdk.services.codepipeline.model.OutputVariablesSizeExceededException;
import software.amazon.awssdk.services.codepipeline.model.PutJobFailureResultRequest;
import software.amazon.awssdk.services.codepipeline.model.PutJobSuccessResultRequest;
import software.amazon.awssdk.services.codepipeline.model.ValidationException;

/**
 * The jobs of Lambda actions: offered, offered again for a continuation token, given up after silence. Guarded by the lock of
 * {@link Engine}.
 *
 * <p>Follows the pages PutJobSuccessResult, PutJobFailureResult and "Quotas in CodePipeline".
 */
final class Jobs {

    private static final int LONGEST_TOKEN = 2048;
    private static final int MOST_VARIABLE_BYTES = 122_880;

    private final SandboxClock clock;
    private final Account account;
    private final SimulatedLambda lambda;
    private final JobTimings timings;
    private final Object lock;
    private final Endings endings;
    private final Map<String, Job> byId = new HashMap<>();

    /** What a job's end does to its execution. */
    interface Endings {
        void succeeded(Execution execution, Run run, Map<String, String> outputs);

        void failed(Execution execution, Run run, FailureType type, String message);
    }

    /** The job of one action, with all its offers. */
    private static final class Job {
        final Execution execution;
        final Run run;
        final Pipeline.Invoke action;
        final String userParameters;
        String id;
        boolean inHand;
        Timer silence;

        Job(Execution execution, Run run, Pipeline.Invoke action, String userParameters) {
            this.execution = execution;
            this.run = run;
            this.action = action;
            this.userParameters = userParameters;
        }
    }

    Jobs(
            SandboxClock clock,
            Account account,
            SimulatedLambda lambda,
            JobTimings timings,
            Object lock,
            Endings endings) {
        this.clock = clock;
        this.account = account;
        this.lambda = lambda;
        this.timings = timings;
        this.lock = lock;
        this.endings = endings;
    }

    void begin(Execution execution, Run run, Pipeline.Invoke action, String userParameters) {
        Job job = new Job(execution, run, action, userParameters);
        clock.after(
                timings.longest(),
                "the longest time of " + action.name(),
                () -> expire(
                        job,
                        "The action did not complete within "
                                + timings.longest().toHours() + " hours."));
        offer(job, Optional.empty());
    }

    private void offer(Job job, Optional<String> token) {
        if (job.id == null || timings.ids() == ContinuationIds.FRESH) {
            job.id = uuid(job.run.id + " offer " + job.run.offers);
            byId.put(job.id, job);
        }
        job.run.offers++;
        job.inHand = true;
        listen(job);
        byte[] event = JobEvent.of(
                job.id, account.id(), job.action, job.userParameters, job.execution.artifacts, token, clock.instant());
        lambda.invokeAsync(job.action.functionName(), event);
    }

    /** Starts the timer of silence anew. */
    private void listen(Job job) {
        if (job.silence != null) {
            job.silence.cancel();
        }
        job.silence = clock.after(
                timings.silence(),
                "silence of " + job.action.name(),
                () -> expire(
                        job,
                        "The AWS Lambda function " + job.action.functionName()
                                + " failed to return a result. Check the function"
                                + " to verify that it has permission to call the PutJobSuccessResult action and that it made a"
                                + " call to PutJobSuccessResult."));
    }

    private void expire(Job job, String message) {
        synchronized (lock) {
            if (!job.run.over()) {
                job.inHand = false;
                endings.failed(job.execution, job.run, FailureType.JOB_FAILED, message);
            }
        }
    }

    void success(PutJobSuccessResultRequest result) {
        check(result);
        Job job = answerable(result.jobId());
        if (result.executionDetails() != null) {
            describe(
                    job.run,
                    result.executionDetails().summary(),
                    result.executionDetails().externalExecutionId());
        }
        job.inHand = false;
        if (result.continuationToken() == null) {
            endings.succeeded(job.execution, job.run, result.outputVariables());
        } else {
            // The timer of silence starts anew with this answer, not with the next offer.
            listen(job);
            clock.after(timings.interval(), "continuation of " + job.action.name(), () -> again(job, result));
        }
    }

    private void again(Job job, PutJobSuccessResultRequest result) {
        synchronized (lock) {
            if (!job.run.over()) {
                offer(job, Optional.of(result.continuationToken()));
            }
        }
    }

    void failure(PutJobFailureResultRequest result) {
        if (result.failureDetails() == null || result.failureDetails().message() == null) {
            throw refused(ValidationException.builder(), "failureDetails with a type and a message is required");
        }
        Job job = answerable(result.jobId());
        describe(job.run, null, result.failureDetails().externalExecutionId());
        job.inHand = false;
        endings.failed(
                job.execution,
                job.run,
                result.failureDetails().type(),
                result.failureDetails().message());
    }

    private static void describe(Run run, String summary, String externalExecutionId) {
        run.summary = summary == null ? run.summary : summary;
        run.externalExecutionId = externalExecutionId == null ? run.externalExecutionId : externalExecutionId;
    }

    private static void check(PutJobSuccessResultRequest result) {
        String token = result.continuationToken();
        if (token != null && (token.isEmpty() || token.length() > LONGEST_TOKEN)) {
            throw refused(ValidationException.builder(), "continuationToken must have 1 to 2048 characters");
        }
        if (token != null && !result.outputVariables().isEmpty()) {
            throw refused(
                    ValidationException.builder(),
                    "outputVariables can be included only when there is no continuation token on the request");
        }
        int bytes = 0;
        for (Map.Entry<String, String> variable : result.outputVariables().entrySet()) {
            if (!variable.getKey().matches("[A-Za-z0-9@\\-_]+")) {
                throw refused(ValidationException.builder(), "not a variable's name: " + variable.getKey());
            }
            bytes += variable.getKey().getBytes(StandardCharsets.UTF_8).length
                    + variable.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > MOST_VARIABLE_BYTES) {
            throw refused(
                    OutputVariablesSizeExceededException.builder(), "Exceeded the total size limit for all variables.");
        }
    }

    private Job answerable(String jobId) {
        Job job = byId.get(jobId);
        if (job == null) {
            throw refused(
                    JobNotFoundException.builder(), "The job was specified in an invalid format or cannot be found.");
        }
        if (job.run.over() || !job.inHand || !job.id.equals(jobId)) {
            throw refused(InvalidJobStateException.builder(), "The job state was specified in an invalid format.");
        }
        return job;
    }

    static String uuid(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
