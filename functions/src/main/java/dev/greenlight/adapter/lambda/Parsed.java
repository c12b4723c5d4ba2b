package dev.greenlight.adapter.lambda;

import dev.greenlight.domain.hook.Trigger;
import java.util.List;
import java.util.Optional;

/** What an event was read as. */
public sealed interface Parsed {

    /** It is one of the events that a hook is called with. */
    record Understood(Trigger trigger) implements Parsed {}

    /**
     * It is not, or parts of it are missing.
     *
     * @param jobId the pipeline job that waits for an answer all the same
     * @param faults everything that is wrong with it, without any value that might be secret
     */
    record Faulty(Optional<String> jobId, List<String> faults) implements Parsed {
        public Faulty {
            faults = List.copyOf(faults);
        }
    }
}
