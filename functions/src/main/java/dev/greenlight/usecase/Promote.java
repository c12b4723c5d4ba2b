package dev.greenlight.usecase;

import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rolling;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.port.Journal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Ends the waits of a rollout under traffic, because a person said so: all of them, as an urgent fix must not queue behind a bake,
 * or the one pause in which it is. A failed check still takes it back.
 */
public final class Promote {

    private final Ports ports;
    private final InstantSource clock;
    private final Drive drive;

    public Promote(Ports ports, Terms terms, InstantSource clock) {
        this.ports = ports;
        this.clock = clock;
        this.drive = new Drive(ports, terms, clock);
    }

    /**
     * No step, no pause and no bake is waited for any more.
     *
     * @param named the rollout that is meant; empty for the one in flight
     */
    public Answer byHand(Optional<RolloutId> named, String reason) {
        return ask(
                named,
                Phase.PROMOTED,
                "asked to promote",
                reason,
                rollout -> rollout.trafficMoved()
                        ? Optional.empty()
                        : Optional.of("only one that users have reached can be promoted early"));
    }

    /**
     * The pause after the step on which it is ends; where its bake is not over yet, there will be none. Where green gets copies of
     * requests, it has had enough of them: whoever drives it ends them at its next call.
     */
    public Answer resume(Optional<RolloutId> named, String reason) {
        return ask(
                named,
                Phase.VERIFYING,
                "resumed",
                reason,
                rollout -> rollout.step().flatMap(Step::pause).isPresent() || isDrivenByItsPipeline(rollout)
                        ? Optional.empty()
                        : Optional.of("the step on which it is has no pause"));
    }

    /** Only the pipeline's own call knows where the revision lies. */
    private static boolean isDrivenByItsPipeline(Rollout rollout) {
        return rollout.isWatchedOnCopies()
                || rollout.phase() == Phase.INSTALLING
                        && rollout.rolling().filter(Rolling::mayBeResumed).isPresent();
    }

    private Answer ask(
            Optional<RolloutId> named,
            Phase goal,
            String what,
            String reason,
            Function<Rollout, Optional<String>> against) {
        Optional<Rollout> found =
                named.or(() -> ports.store().ledger().holder()).flatMap(ports.store()::rollout);
        if (found.isEmpty()) {
            return new Answer.Failed(Answer.Failure.ROLLOUT, "no rollout is in flight");
        }
        Rollout rollout = found.get();
        Optional<String> refused = rollout.isOpen() ? against.apply(rollout) : Optional.of("it waits for nothing");
        if (refused.isPresent()) {
            return new Answer.Failed(
                    Answer.Failure.ROLLOUT,
                    "rollout %s is %s: %s".formatted(rollout.id(), Reached.words(rollout.phase()), refused.get()));
        }
        Instant now = clock.instant();
        Rollout asked = goal == Phase.PROMOTED ? rollout.promoteAtOnce(now, reason) : rollout.resume(now, reason);
        if (!ports.store().commit(asked)) {
            return new Answer.Failed(Answer.Failure.UNAVAILABLE, "another call was at work on it: call again");
        }
        ports.journal()
                .tell(new Journal.Entry(
                        Optional.of(asked.id()), what, reason, Optional.of(asked.green()), "by hand", ""));
        if (rollout.isWatchedOnCopies()) {
            return new Answer.Done("green has had enough copies of requests: the pipeline goes on at its next call");
        }
        if (rollout.phase() == Phase.INSTALLING) {
            return new Answer.Done("no zone is waited at any more for a person: the pipeline goes on at its next call");
        }
        return drive.onwards(asked.stored(), goal, Optional.empty(), new Token(asked.id(), now));
    }
}
