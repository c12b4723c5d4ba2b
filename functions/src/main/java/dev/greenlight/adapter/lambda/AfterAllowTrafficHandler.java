package dev.greenlight.adapter.lambda;

import dev.greenlight.Wiring;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.usecase.AfterAllowTraffic;
import dev.greenlight.usecase.ValidateDeployment;
import java.util.function.Supplier;

/** The function that verifies green under traffic, for the pipeline and for CodeDeploy's hook of this name. */
public final class AfterAllowTrafficHandler extends ForwardHandler {

    public AfterAllowTrafficHandler() {
        this(Wiring.ofThisFunction());
    }

    public AfterAllowTrafficHandler(Supplier<Hooks> hooks) {
        super(hooks);
    }

    @Override
    Answer forward(Call call, Hooks hooks) {
        return new AfterAllowTraffic(hooks.ports(), hooks.terms(), hooks.clock()).verify(call.rollout(), call.token());
    }

    @Override
    Answer hook(Trigger.HookExecution execution, Hooks hooks) {
        return new ValidateDeployment(hooks.ports(), hooks.terms(), hooks.clock()).after(execution);
    }
}
