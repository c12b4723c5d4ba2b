package dev.greenlight.cli.simulate;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.greenlight.adapter.lambda.PrepareGreenHandler;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.port.PipelineJobs;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Mutants that answer wrongly or tell too much: rules 6 and 9, and 4 where an answer ends a rollout. */
final class AnswerMutants {

    /** What a call that failed is told as: service and operation. */
    private static final Pattern CALL_FAILED = Pattern.compile("^[a-z]+:[A-Z]\\w+: .*");

    private AnswerMutants() {}

    static List<Mutant> all() {
        return List.of(
                answering(4, "a call that AWS refuses once fails its action", "was taken back", (jobs, id, answer) -> {
                    boolean refused = answer instanceof Answer.InProgress
                            && CALL_FAILED.matcher(answer.message()).matches();
                    jobs.answer(id, refused ? new Answer.Failed(Answer.Failure.UNAVAILABLE, answer.message()) : answer);
                }),
                answering(
                        6, "a job that failed is not answered", "ended by silence|still waits", (jobs, id, answer) -> {
                            if (!(answer instanceof Answer.Failed)) {
                                jobs.answer(id, answer);
                            }
                        }),
                answering(
                        6,
                        "a job is told that all is well, whatever it came to",
                        "the pipeline says",
                        (jobs, id, answer) -> jobs.answer(
                                id, answer instanceof Answer.Failed ? new Answer.Done(answer.message()) : answer)),
                Mutant.handling(
                        9,
                        "the event is logged",
                        "credentials were told",
                        PrepareGreenHandler.class,
                        AnswerMutants::logging),
                Mutant.handling(
                        9,
                        "the event is echoed",
                        "credentials were told",
                        PrepareGreenHandler.class,
                        AnswerMutants::echoing));
    }

    private interface Answering {
        void answer(PipelineJobs deployed, String jobId, Answer answer);
    }

    private static Mutant answering(int rule, String what, String seen, Answering other) {
        return Mutant.of(rule, what, seen, wired -> new Altered(wired) {
            @Override
            public PipelineJobs pipelineJobs() {
                PipelineJobs deployed = super.pipelineJobs();
                return (jobId, answer) -> other.answer(deployed, jobId, answer);
            }
        });
    }

    private static RequestStreamHandler logging(Mutant.Handling function) {
        return (input, output, context) -> {
            byte[] event = input.readAllBytes();
            function.world().get().complain(new String(event, StandardCharsets.UTF_8));
            function.deployed().handleRequest(new ByteArrayInputStream(event), output, context);
        };
    }

    private static RequestStreamHandler echoing(Mutant.Handling function) {
        return (input, output, context) -> {
            byte[] event = input.readAllBytes();
            function.deployed().handleRequest(new ByteArrayInputStream(event), output, context);
            output.write(event);
        };
    }
}
