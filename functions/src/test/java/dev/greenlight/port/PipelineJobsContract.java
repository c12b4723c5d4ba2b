package dev.greenlight.port;

import dev.greenlight.counterpart.GroundContract;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.rollout.RolloutId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What everything that answers a pipeline's jobs does: no answer is refused, and none is given twice. */
public abstract class PipelineJobsContract extends GroundContract {

    private static final String NOBODYS = "00000000-0000-0000-0000-000000000000";

    /** A job that was offered and waits for its answer. */
    protected abstract String offered();

    private PipelineJobs jobs() {
        return adapters().pipelineJobs();
    }

    @Test
    void a_job_that_is_done_is_answered_once() {
        String job = offered();
        jobs().answer(job, new Answer.Done("prepared", Map.of("fleet", "B")));
        jobs().answer(job, new Answer.Done("prepared", Map.of("fleet", "B")));
    }

    @Test
    void a_job_that_failed_is_answered_once() {
        String job = offered();
        jobs().answer(job, new Answer.Failed(Answer.Failure.ROLLOUT, "smoke: /health answered 500"));
        jobs().answer(job, new Answer.Done("too late"));
    }

    @Test
    void a_job_that_goes_on_says_so() {
        Token token = new Token(new RolloutId("r-1"), ground().clock().instant());
        jobs().answer(offered(), new Answer.InProgress("waiting", token));
    }

    @Test
    void a_job_that_nobody_offered_is_left_alone() {
        jobs().answer(NOBODYS, new Answer.Done("never offered"));
        jobs().answer(NOBODYS, new Answer.Failed(Answer.Failure.UNAVAILABLE, "never offered"));
    }
}
