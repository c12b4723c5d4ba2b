package dev.greenlight.adapter.lambda;

import dev.greenlight.Wiring;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.usecase.RollBack;
import java.util.function.Supplier;

/** The function that takes a rollout back: called by people, by alarms, and when a pipeline's stage ends badly. */
public final class RollBackHandler extends HookHandler {

    public RollBackHandler() {
        this(Wiring.ofThisFunction());
    }

    public RollBackHandler(Supplier<Hooks> hooks) {
        super(hooks);
    }

    @Override
    Answer answer(Trigger trigger, Hooks hooks) {
        RollBack rollBack = new RollBack(hooks.ports(), hooks.terms(), hooks.clock());
        if (trigger instanceof Trigger.DirectCall call) {
            return rollBack.byHand(call.rollout(), reason(call).orElse("asked for by hand"), call.quarantine());
        }
        if (trigger instanceof Trigger.StageEnded stage) {
            return rollBack.stageEnded(
                    stage.rollout(), "stage %s of the pipeline: %s".formatted(stage.stage(), stage.state()));
        }
        return trigger instanceof Trigger.AlarmFired fired
                ? rollBack.alarmFired(fired.alarm(), fired.since())
                : notForThisHook(trigger);
    }
}
