package dev.greenlight.usecase;

import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import java.util.Optional;

/** Answers a pipeline job whose function died on every try, from what the store says of its rollout. */
public final class AnswerLostJob {

    private final Ports ports;

    public AnswerLostJob(Ports ports) {
        this.ports = ports;
    }

    /**
     * A promoted rollout is a success, an open one goes on, and so does a job that was told before to wait; everything else has failed.
     *
     * @param waits whether the job carries a token: a hook once answered it, and its rollout may not have begun yet
     */
    public Answer answer(RolloutId id, Token token, boolean waits) {
        Optional<Rollout> rollout = ports.store().rollout(id);
        if (rollout.isEmpty()) {
            return waits
                    ? new Answer.InProgress(
                            "the hook died while rollout %s waited, and is called again".formatted(id), token)
                    : new Answer.Failed(
                            Answer.Failure.UNAVAILABLE, "the hook died before rollout %s began".formatted(id));
        }
        if (rollout.get().isOpen()) {
            return new Answer.InProgress("the hook died and is called again", token);
        }
        boolean well = rollout.get().phase() != Phase.ROLLED_BACK
                && rollout.get().ending().isEmpty();
        return well
                ? new Answer.Done("rollout %s is promoted".formatted(id))
                : new Answer.Failed(
                        Answer.Failure.ROLLOUT,
                        rollout.get().ending().orElseThrow().reason());
    }
}
