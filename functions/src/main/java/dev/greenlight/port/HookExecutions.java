package dev.greenlight.port;

import dev.greenlight.domain.hook.Trigger;

/** Where CodeDeploy's lifecycle hooks are answered. */
public interface HookExecutions {

    /** Says whether the hook succeeded; one that is already completed is left alone. */
    void complete(Trigger.HookExecution execution, boolean succeeded);
}
