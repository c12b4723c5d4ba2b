package dev.greenlight.sandbox.codepipeline;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A pipeline's definition: stages in a row, actions in a row within each.
 *
 * <p>Follows the page "CodePipeline pipeline structure reference".
 */
public record Pipeline(String name, Mode mode, List<Stage> stages) {

    /** What an execution does that finds a stage taken (page "How pipeline executions work"). PARALLEL is not offered. */
    public enum Mode {
        /** It waits, and takes the place of an older one that waits; CodePipeline's default. */
        SUPERSEDED,
        /** It waits behind those that wait. */
        QUEUED
    }

    /** The longest value of an action's configuration, before variables are resolved. */
    static final int LONGEST_VALUE = 1000;

    public Pipeline {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(mode, "mode");
        stages = List.copyOf(stages);
        if (stages.size() < 2 || !(stages.getFirst().actions().getFirst() instanceof Source)) {
            throw new IllegalArgumentException("a pipeline has two stages or more and starts with a source: " + stages);
        }
    }

    /** A pipeline of the default mode. */
    public Pipeline(String name, List<Stage> stages) {
        this(name, Mode.SUPERSEDED, stages);
    }

    /** The stage's place in the row; empty when there is none of that name. */
    Optional<Integer> indexOf(String stage) {
        return stages.stream().filter(s -> s.name().equals(stage)).findFirst().map(stages::indexOf);
    }

    /** Some actions that only one execution at a time goes through. */
    public record Stage(String name, List<Action> actions) {

        public Stage {
            Objects.requireNonNull(name, "name");
            actions = List.copyOf(actions);
            Set<String> names = new HashSet<>();
            actions.forEach(action -> names.add(action.name()));
            if (actions.isEmpty() || names.size() < actions.size()) {
                throw new IllegalArgumentException("a stage has actions of different names: " + actions);
            }
        }

        public Stage(String name, Action... actions) {
            this(name, List.of(actions));
        }
    }

    /** One thing that a stage does. */
    public sealed interface Action permits Source, Build, Invoke, Approval {

        /** The action's name, unique in its stage. */
        String name();

        /** The namespace of its output variables; empty when nobody can refer to them. */
        default Optional<String> namespace() {
            return Optional.empty();
        }
    }

    /** Takes the revision that the execution was started with. */
    public record Source(String name, Optional<String> namespace, String output) implements Action {}

    /**
     * Makes one artifact of another.
     *
     * @param takes sandbox time
     */
    public record Build(String name, Optional<String> namespace, String input, String output, Duration takes, Step step)
            implements Action {

        /** What a build does; what it throws is the action's failure. */
        @FunctionalInterface
        public interface Step {
            Built build(Artifact source) throws Exception;
        }

        /** What came out of a build: the artifact and the action's output variables. */
        public record Built(Artifact artifact, Map<String, String> variables) {}
    }

    /**
     * Invokes a Lambda function and waits for its answer through the job API.
     *
     * @param userParameters may refer to variables of earlier actions: {@code #{namespace.name}}
     * @param inputs the names of the artifacts that the job's event lists
     */
    public record Invoke(
            String name, Optional<String> namespace, String functionName, String userParameters, List<String> inputs)
            implements Action {

        public Invoke {
            inputs = List.copyOf(inputs);
            if (userParameters.length() > LONGEST_VALUE) {
                throw new IllegalArgumentException("UserParameters of " + name + " has " + userParameters.length()
                        + " characters, more than " + LONGEST_VALUE);
            }
        }

        /** An action with a namespace of its own name and one input artifact. */
        public static Invoke of(String name, String functionName, String userParameters, String input) {
            return new Invoke(name, Optional.of(name), functionName, userParameters, List.of(input));
        }
    }

    /** Waits for a person; fails when nobody answers in time, which is 5 minutes to 60 days. */
    public record Approval(String name, Duration timeout) implements Action {

        public Approval {
            if (timeout.compareTo(Duration.ofMinutes(5)) < 0 || timeout.compareTo(Duration.ofMinutes(86400)) > 0) {
                throw new IllegalArgumentException("an approval waits for 5 to 86400 minutes, not " + timeout);
            }
        }

        /** An approval with the ordinary timeout of 7 days. */
        public static Approval named(String name) {
            return new Approval(name, Duration.ofDays(7));
        }
    }
}
