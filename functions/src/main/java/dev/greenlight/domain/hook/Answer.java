package dev.greenlight.domain.hook;

import java.util.Map;

/** What a hook says back; each trigger's answerer gives it the form that its caller understands. */
public sealed interface Answer {

    /** For people and logs: what happened and why, without secrets. */
    String message();

    /** The hook reached its aim. {@code facts} are small and become a pipeline action's output variables. */
    record Done(String message, Map<String, String> facts) implements Answer {
        public Done {
            facts = Map.copyOf(facts);
        }

        public Done(String message) {
            this(message, Map.of());
        }
    }

    /** The hook goes on in its next call. */
    record InProgress(String message, Token token) implements Answer {}

    /** The hook did not reach its aim and will not. */
    record Failed(Failure failure, String message) implements Answer {}

    /** This call was not for the rollout at hand: nothing was done. */
    record Ignored(String message) implements Answer {}

    /** Whose fault a failure is. */
    enum Failure {
        /** The revision or the rollout failed. */
        ROLLOUT,
        /** Settings or input are wrong. */
        CONFIGURATION,
        /** The role lacks a permission. */
        PERMISSION,
        /** AWS did not answer for too long. */
        UNAVAILABLE
    }
}
