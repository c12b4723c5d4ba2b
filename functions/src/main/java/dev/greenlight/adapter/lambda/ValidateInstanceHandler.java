package dev.greenlight.adapter.lambda;

import dev.greenlight.Wiring;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.usecase.ValidateInstance;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The function that a script on an instance asks: see {@link ValidateInstance}. Whatever runs on an instance may call it, so that it
 * hears one question and nothing else: a job, a hook's execution or an alarm that reaches it was made up there, and nobody is
 * answered for it.
 */
public final class ValidateInstanceHandler extends HookHandler {

    private static final Parsed NOT_ITS_OWN = new Parsed.Faulty(
            Optional.empty(), List.of("this function is asked {\"rollout\",\"instance\"} and nothing else"));

    public ValidateInstanceHandler() {
        this(Wiring.ofThisFunction());
    }

    public ValidateInstanceHandler(Supplier<Hooks> hooks) {
        super(hooks);
    }

    @Override
    Parsed heard(Parsed event) {
        return switch (event) {
            case Parsed.Understood understood ->
                understood.trigger() instanceof Trigger.InstanceAsks ? event : NOT_ITS_OWN;
            case Parsed.Faulty faulty -> new Parsed.Faulty(Optional.empty(), faulty.faults());
        };
    }

    @Override
    Answer answer(Trigger trigger, Hooks hooks) {
        return trigger instanceof Trigger.InstanceAsks asks
                ? new ValidateInstance(hooks.ports(), hooks.terms(), hooks.clock())
                        .validate(asks.rollout(), asks.instance())
                : notForThisHook(trigger);
    }
}
