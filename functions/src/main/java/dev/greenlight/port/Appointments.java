package dev.greenlight.port;

import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.domain.rollout.RolloutId;
import java.time.Instant;

/** Calls that are made later, at least once: EventBridge Scheduler remembers them. */
public interface Appointments {

    /** Calls RetireBlue for this rollout at that time; booking it again moves it. */
    void retireBlue(RolloutId rollout, Instant at);

    /** Cancels that call; does nothing where there is none. */
    void cancel(RolloutId rollout);

    /** Calls the same hook again with the same execution at that time. */
    void comeBack(Trigger.HookExecution execution, Instant at);
}
