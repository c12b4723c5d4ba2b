package dev.greenlight.adapter.lambda;

import dev.greenlight.Wiring;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.usecase.AnswerLostJob;
import java.util.function.Supplier;

/** The failure destination of the pipeline's functions: it reads a job's id and rollout from the event, and nothing else. */
public final class AnswerLostJobHandler extends HookHandler {

    public AnswerLostJobHandler() {
        this(Wiring.ofThisFunction());
    }

    public AnswerLostJobHandler(Supplier<Hooks> hooks) {
        super(hooks);
    }

    @Override
    Answer answer(Trigger trigger, Hooks hooks) {
        return trigger instanceof Trigger.LostInvocation lost
                ? new AnswerLostJob(hooks.ports())
                        .answer(
                                lost.inner().rollout(),
                                token(lost, hooks.clock().instant()),
                                lost.inner().token().isPresent())
                : notForThisHook(trigger);
    }
}
