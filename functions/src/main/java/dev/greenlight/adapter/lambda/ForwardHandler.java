package dev.greenlight.adapter.lambda;

import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.domain.rollout.Revision;
import dev.greenlight.domain.rollout.RolloutId;
import java.util.Optional;
import java.util.function.Supplier;

/** A hook that moves a rollout forward: called by a pipeline's action, or by whoever plays the pipeline's part. */
abstract class ForwardHandler extends HookHandler {

    ForwardHandler(Supplier<Hooks> hooks) {
        super(hooks);
    }

    /** Which rollout to move, and with what. */
    record Call(RolloutId rollout, Optional<Revision> revision, Optional<RevisionLocation> location, Token token) {}

    abstract Answer forward(Call call, Hooks hooks);

    /** CodeDeploy's own hook calls; only the hooks around its traffic step know what to do with them. */
    Answer hook(Trigger.HookExecution execution, Hooks hooks) {
        return notForThisHook(execution);
    }

    @Override
    final Answer answer(Trigger trigger, Hooks hooks) {
        if (trigger instanceof Trigger.PipelineJob job) {
            Token token = token(job, hooks.clock().instant());
            return forward(new Call(job.rollout(), job.revision(), job.location(), token), hooks);
        }
        if (trigger instanceof Trigger.DirectCall call) {
            Token token = token(call, hooks.clock().instant());
            return call.rollout()
                    .map(id -> forward(new Call(id, call.revision(), call.location(), token), hooks))
                    .orElseGet(() -> new Answer.Failed(
                            Answer.Failure.CONFIGURATION, "this call names no rollout: give \"rollout\""));
        }
        return trigger instanceof Trigger.HookExecution execution ? hook(execution, hooks) : notForThisHook(trigger);
    }
}
