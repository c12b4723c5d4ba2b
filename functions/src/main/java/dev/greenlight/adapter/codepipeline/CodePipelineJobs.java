package dev.greenlight.adapter.codepipeline;

import dev.greenlight.adapter.Aws;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.port.PipelineJobs;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.codepipeline.model.FailureType;
import software.amazon.awssdk.services.codepipeline.model.InvalidJobStateException;
import software.amazon.awssdk.services.codepipeline.model.JobNotFoundException;

/**
 * Answers CodePipeline's jobs. "In progress" is a success with a continuation token, and then without output variables: the
 * two exclude each other. Follows "PutJobSuccessResult", "PutJobFailureResult", "FailureDetails" and "Quotas in CodePipeline".
 */
public final class CodePipelineJobs implements PipelineJobs {

    private static final int FAILURE_MESSAGE = 5_000;
    private static final int SUMMARY = 2_048;
    private static final int VARIABLES_BYTES = 122_880;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z0-9@\\-_]+");

    private final CodePipelineClient codePipeline;
    private final Aws aws;

    public CodePipelineJobs(CodePipelineClient codePipeline, Aws aws) {
        this.codePipeline = codePipeline;
        this.aws = aws;
    }

    @Override
    public void answer(String jobId, Answer answer) {
        switch (answer) {
            case Answer.Done done -> succeed(jobId, done);
            case Answer.InProgress goesOn -> goOn(jobId, goesOn);
            case Answer.Failed failed -> fail(jobId, type(failed.failure()), failed.message());
            // Nothing was done for this job, and the pipeline must not go on as if it had been.
            case Answer.Ignored ignored -> fail(jobId, FailureType.JOB_FAILED, ignored.message());
        }
    }

    private void succeed(String jobId, Answer.Done done) {
        Map<String, String> variables = bounded(done.facts());
        put(
                "codepipeline:PutJobSuccessResult",
                () -> codePipeline.putJobSuccessResult(r -> r.jobId(jobId)
                        .outputVariables(variables)
                        .executionDetails(
                                d -> d.summary(cut(done.message(), SUMMARY)).percentComplete(100))));
    }

    private void goOn(String jobId, Answer.InProgress goesOn) {
        put(
                "codepipeline:PutJobSuccessResult",
                () -> codePipeline.putJobSuccessResult(r -> r.jobId(jobId)
                        .continuationToken(goesOn.token().text())
                        .executionDetails(d -> d.summary(cut(goesOn.message(), SUMMARY)))));
    }

    private void fail(String jobId, FailureType type, String message) {
        put(
                "codepipeline:PutJobFailureResult",
                () -> codePipeline.putJobFailureResult(r ->
                        r.jobId(jobId).failureDetails(d -> d.type(type).message(cut(message, FAILURE_MESSAGE)))));
    }

    private static FailureType type(Answer.Failure failure) {
        return switch (failure) {
            case ROLLOUT -> FailureType.JOB_FAILED;
            case CONFIGURATION -> FailureType.CONFIGURATION_ERROR;
            case PERMISSION -> FailureType.PERMISSION_ERROR;
            case UNAVAILABLE -> FailureType.SYSTEM_UNAVAILABLE;
        };
    }

    private void put(String operation, Supplier<Object> call) {
        aws.repeatable(operation, () -> {
            try {
                return Optional.of(call.get());
            } catch (InvalidJobStateException | JobNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    /** Names that CodePipeline refuses are left out, and so is what exceeds the size it takes. */
    private static Map<String, String> bounded(Map<String, String> facts) {
        Map<String, String> variables = new TreeMap<>();
        int bytes = 0;
        for (Map.Entry<String, String> fact : new TreeMap<>(facts).entrySet()) {
            bytes += size(fact.getKey()) + size(fact.getValue());
            if (VARIABLE.matcher(fact.getKey()).matches() && bytes <= VARIABLES_BYTES) {
                variables.put(fact.getKey(), fact.getValue());
            }
        }
        return variables;
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String cut(String message, int limit) {
        String said = message.isBlank() ? "no reason was given" : message;
        return said.length() <= limit ? said : said.substring(0, limit - 1) + "…";
    }
}
