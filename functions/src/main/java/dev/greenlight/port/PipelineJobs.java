package dev.greenlight.port;

import dev.greenlight.domain.hook.Answer;

/** Where CodePipeline's jobs are answered. */
public interface PipelineJobs {

    /** Ends, continues or fails the job. A job that is already answered, or that nobody waits for any more, is left alone. */
    void answer(String jobId, Answer answer);
}
