package dev.greenlight.cli.demo;

import dev.greenlight.cli.theatre.Told;
import dev.greenlight.cli.theatre.WeightsWritten;
import dev.greenlight.sandbox.receipt.Receipt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One release of the demo and what it cost.
 *
 * @param name good, rejected, regressed or by-hand
 * @param version what was released
 * @param previous what served before; empty before the first
 * @param expected how it should end: the demo's exit status says whether all did
 * @param verdict why it ended so, in one sentence of the rollout's own
 * @param from wall time of the merge
 * @param listenerWrites writes to the production rule
 * @param wayBackWrites those of them that belong to the way back
 * @param pipelineMinutes sandbox minutes from the merge until the pipeline was free
 * @param pipelineFinishedBeforeRollback empty where nothing was rolled back
 * @param awsCalls calls that the hooks made
 * @param story the decisions in their order
 * @param writes the weights as they were written
 */
public record Release(
        String name,
        String version,
        Optional<String> previous,
        Plan expected,
        Outcome outcome,
        String verdict,
        Instant from,
        Receipt receipt,
        int listenerWrites,
        int wayBackWrites,
        double pipelineMinutes,
        Optional<Boolean> pipelineFinishedBeforeRollback,
        int awsCalls,
        List<Told> story,
        List<WeightsWritten> writes) {

    public Release {
        story = List.copyOf(story);
        writes = List.copyOf(writes);
    }

    /** What this release promised and did not keep; empty if it kept everything. */
    public List<String> brokenPromises() {
        return Promises.broken(this);
    }
}
