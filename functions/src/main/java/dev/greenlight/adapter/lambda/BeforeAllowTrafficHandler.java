package dev.greenlight.adapter.lambda;

import dev.greenlight.Wiring;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.usecase.BeforeAllowTraffic;
import dev.greenlight.usecase.ValidateDeployment;
import java.util.function.Supplier;

/** The function that validates green: for the pipeline, and for CodeDeploy's hook of this name. */
public final class BeforeAllowTrafficHandler extends ForwardHandler {

    public BeforeAllowTrafficHandler() {
        this(Wiring.ofThisFunction());
    }

    public BeforeAllowTrafficHandler(Supplier<Hooks> hooks) {
        super(hooks);
    }

    @Override
    Answer forward(Call call, Hooks hooks) {
        return new BeforeAllowTraffic(hooks.ports(), hooks.terms(), hooks.clock())
                .validate(call.rollout(), call.token());
    }

    @Override
    Answer hook(Trigger.HookExecution execution, Hooks hooks) {
        return new ValidateDeployment(hooks.ports(), hooks.terms(), hooks.clock()).before(execution);
    }
}
