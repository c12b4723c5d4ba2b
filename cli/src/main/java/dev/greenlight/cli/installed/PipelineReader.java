package dev.greenlight.cli.installed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.sandbox.codepipeline.Pipeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads an {@code AWS::CodePipeline::Pipeline} into what the sandbox runs, and finds everything in it that could not run.
 *
 * <p>Follows the pages "CodePipeline pipeline structure reference" and "Variables reference".
 */
final class PipelineReader {

    private static final Pattern VARIABLE = Pattern.compile("#\\{([^}]*)}");
    /** What a stage may say beside its actions; a rollback of CodePipeline's own would run past the rollout. */
    private static final List<String> UNTOLD = List.of("BeforeEntry", "OnFailure", "OnSuccess");

    private static final Duration BUILD = Duration.ofSeconds(90);
    private static final Duration APPROVAL = Duration.ofDays(7);

    private final JsonNode properties;
    private final Pipeline.Build.Step build;
    private final Set<String> functions;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> variables = new HashSet<>(Set.of("codepipeline.PipelineExecutionId"));
    private final Set<String> artifacts = new HashSet<>();

    /**
     * @param properties resolved
     * @param build what a build action does
     * @param functions the names of the functions that there are
     */
    PipelineReader(JsonNode properties, Pipeline.Build.Step build, Set<String> functions) {
        this.properties = properties;
        this.build = build;
        this.functions = functions;
    }

    /** What could not run: an unknown function, a variable or an artifact that nothing before it makes. */
    List<String> faults() {
        read();
        return List.copyOf(faults);
    }

    Pipeline read() {
        Pipeline.Mode mode = mode(properties.path("ExecutionMode").asText(Pipeline.Mode.SUPERSEDED.name()));
        List<Pipeline.Stage> stages = new ArrayList<>();
        for (JsonNode stage : properties.path("Stages")) {
            String name = stage.path("Name").asText();
            UNTOLD.stream()
                    .filter(stage::has)
                    .forEach(condition ->
                            faults.add("stage %s of the pipeline: the sandbox knows no %s".formatted(name, condition)));
            stages.add(new Pipeline.Stage(name, actions(stage)));
        }
        return new Pipeline(properties.path("Name").asText(), mode, stages);
    }

    private Pipeline.Mode mode(String name) {
        return Stream.of(Pipeline.Mode.values())
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElseGet(() -> {
                    faults.add("the sandbox knows no execution mode " + name);
                    return Pipeline.Mode.SUPERSEDED;
                });
    }

    private List<Pipeline.Action> actions(JsonNode stage) {
        List<Pipeline.Action> actions = new ArrayList<>();
        List<JsonNode> ordered = stream(stage.path("Actions"))
                .sorted(Comparator.comparingInt(PipelineReader::runOrder))
                .toList();
        for (int i = 0; i < ordered.size(); i++) {
            JsonNode action = ordered.get(i);
            if (i > 0 && runOrder(action) == runOrder(ordered.get(i - 1))) {
                fault(action, "the sandbox runs no actions side by side");
            }
            read(action).ifPresent(actions::add);
        }
        return actions;
    }

    private static int runOrder(JsonNode action) {
        return action.path("RunOrder").asInt(1);
    }

    private Optional<Pipeline.Action> read(JsonNode action) {
        List<String> inputs = names(action.path("InputArtifacts"));
        inputs.stream()
                .filter(input -> !artifacts.contains(input))
                .forEach(input -> fault(action, "nothing before it makes the artifact " + input));
        String name = action.path("Name").asText();
        Optional<String> namespace =
                Optional.of(action.path("Namespace").asText()).filter(n -> !n.isEmpty());
        List<String> outputs = names(action.path("OutputArtifacts"));
        String provider = action.path("ActionTypeId").path("Provider").asText();
        Optional<Pipeline.Action> read = switch (provider) {
            case "CodeStarSourceConnection" -> Optional.of(new Pipeline.Source(name, namespace, outputs.getFirst()));
            case "CodeBuild" ->
                Optional.of(new Pipeline.Build(name, namespace, inputs.getFirst(), outputs.getFirst(), BUILD, build));
            case "Lambda" -> Optional.of(invoke(action, name, namespace, inputs));
            case "Manual" ->
                Optional.of(new Pipeline.Approval(
                        name, Duration.ofMinutes(action.path("TimeoutInMinutes").asLong(APPROVAL.toMinutes()))));
            default -> {
                fault(action, "the sandbox knows no provider " + provider);
                yield Optional.empty();
            }
        };
        artifacts.addAll(outputs);
        namespace.ifPresent(n -> Merge.outputs(provider).forEach(output -> variables.add(n + "." + output)));
        return read;
    }

    private Pipeline.Invoke invoke(JsonNode action, String name, Optional<String> namespace, List<String> inputs) {
        JsonNode configuration = action.path("Configuration");
        String function = configuration.path("FunctionName").asText();
        String parameters = configuration.path("UserParameters").asText();
        if (!functions.contains(function)) {
            fault(action, "there is no function " + function);
        }
        Matcher variable = VARIABLE.matcher(parameters);
        while (variable.find()) {
            if (!variables.contains(variable.group(1))) {
                fault(action, "nothing before it makes the variable " + variable.group());
            }
        }
        return new Pipeline.Invoke(name, namespace, function, parameters, inputs);
    }

    private void fault(JsonNode action, String text) {
        faults.add("action %s of the pipeline: %s".formatted(action.path("Name").asText(), text));
    }

    private static List<String> names(JsonNode artifacts) {
        return stream(artifacts).map(artifact -> artifact.path("Name").asText()).toList();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
