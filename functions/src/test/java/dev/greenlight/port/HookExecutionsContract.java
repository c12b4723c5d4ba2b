package dev.greenlight.port;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.counterpart.GroundContract;
import dev.greenlight.domain.hook.Trigger;
import org.junit.jupiter.api.Test;

/** What everything that answers CodeDeploy's lifecycle hooks does. */
public abstract class HookExecutionsContract extends GroundContract {

    /** A hook for whose answer a deployment waits. */
    protected abstract Trigger.HookExecution waiting();

    private HookExecutions hooks() {
        return adapters().hookExecutions();
    }

    @Test
    void a_hook_that_is_completed_is_left_alone_from_then_on() {
        Trigger.HookExecution execution = waiting();
        hooks().complete(execution, true);
        hooks().complete(execution, false);
    }

    @Test
    void a_hook_of_a_deployment_that_never_was_is_a_fault() {
        Trigger.HookExecution unknown = new Trigger.HookExecution(
                "d-000000000", "no-such-execution", ground().clock().instant());
        assertThatThrownBy(() -> hooks().complete(unknown, true))
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(CallFailed.Kind.INVALID);
    }
}
