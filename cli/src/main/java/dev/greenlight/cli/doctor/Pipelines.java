package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.codeconnections.CodeConnectionsClient;
import software.amazon.awssdk.services.codeconnections.model.Connection;
import software.amazon.awssdk.services.codeconnections.model.ConnectionStatus;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.codepipeline.model.ActionDeclaration;
import software.amazon.awssdk.services.codepipeline.model.PipelineDeclaration;
import software.amazon.awssdk.services.codepipeline.model.StageDeclaration;
import software.amazon.awssdk.services.codepipeline.model.StageState;

/** The pipeline: its actions call functions that exist, its stages let executions in, and its source is connected. */
final class Pipelines implements Subject {

    private static final String LAMBDA = "Lambda";

    private final CodePipelineClient codePipeline;
    private final CodeConnectionsClient connections;

    Pipelines(AccountClients clients) {
        this.codePipeline = clients.codePipeline();
        this.connections = clients.connections();
    }

    @Override
    public String name() {
        return "the pipeline and its source";
    }

    @Override
    public void look(DeployedStack stack, Notebook notebook) {
        for (Part pipeline : stack.parts("AWS::CodePipeline::Pipeline")) {
            Place place = new Place("pipeline", "", pipeline.physicalId());
            int before = notebook.size();
            notebook.ask(
                            place,
                            "codepipeline:GetPipeline",
                            () -> codePipeline
                                    .getPipeline(request -> request.name(place.id()))
                                    .pipeline(),
                            () -> notebook.missing(
                                    place,
                                    "the pipeline is gone",
                                    "a merge releases nothing",
                                    Remedy.of(
                                            "change it in the template and deploy: CloudFormation makes it anew only if the"
                                                    + " template changes")))
                    .ifPresent(live -> structure(place, pipeline, live, stack, notebook));
            notebook.ask(
                            place,
                            "codepipeline:GetPipelineState",
                            () -> codePipeline.getPipelineState(request -> request.name(place.id())),
                            () -> {})
                    .ifPresent(live -> live.stageStates().forEach(stage -> transition(place, stage, notebook)));
            if (notebook.size() == before) {
                notebook.well(place, "its actions are as deployed, and every transition is open");
            }
            connected(pipeline, notebook);
        }
    }

    private static void structure(
            Place place, Part wanted, PipelineDeclaration live, DeployedStack stack, Notebook notebook) {
        String role = wanted.text("RoleArn");
        if (live.roleArn() != null && !role.isEmpty() && !role.equals(live.roleArn())) {
            notebook.missing(
                    place,
                    "it works with the role %s, deployed with %s".formatted(live.roleArn(), role),
                    "what it may do is what that role may do",
                    redeploy());
        }
        for (JsonNode stage : wanted.wanted().path("Stages")) {
            String name = stage.path("Name").asText();
            Optional<StageDeclaration> there =
                    live.stages().stream().filter(s -> s.name().equals(name)).findFirst();
            if (there.isEmpty()) {
                notebook.missing(place, "the stage %s is gone".formatted(name), "a release goes past it", redeploy());
            } else {
                actions(place, stage, there.get(), stack, notebook);
                byItself(place, stage, there.get(), notebook);
            }
        }
    }

    private static Remedy redeploy() {
        return Remedy.of(
                "put it back as it stands in the template, with aws codepipeline update-pipeline or in the console");
    }

    private static void actions(
            Place place, JsonNode wanted, StageDeclaration live, DeployedStack stack, Notebook notebook) {
        List<String> own = wanted.path("Actions")
                .valueStream()
                .map(action -> action.path("Name").asText())
                .toList();
        List<String> there =
                live.actions().stream().map(ActionDeclaration::name).toList();
        if (!own.equals(there)) {
            notebook.missing(
                    place,
                    "the stage %s does %s, deployed as %s"
                            .formatted(live.name(), String.join(", ", there), String.join(", ", own)),
                    "a release skips a step, or waits for one that Greenlight does not know",
                    redeploy());
        }
        for (ActionDeclaration action : live.actions()) {
            wanted.path("Actions")
                    .valueStream()
                    .filter(other -> other.path("Name").asText().equals(action.name()))
                    .findFirst()
                    .filter(other -> LAMBDA.equals(action.actionTypeId().provider()))
                    .ifPresent(other -> call(place, other.path("Configuration"), action, stack, notebook));
        }
    }

    private static void call(
            Place place, JsonNode wanted, ActionDeclaration live, DeployedStack stack, Notebook notebook) {
        String function = live.configuration().getOrDefault("FunctionName", "");
        String own = wanted.path("FunctionName").asText();
        if (stack.hook(function).isEmpty()) {
            notebook.missing(
                    place,
                    "the action %s calls %s, which is no function of this stack".formatted(live.name(), function),
                    "a release fails at " + live.name(),
                    Remedy.of("let it call %s again".formatted(own)));
        } else if (!function.equals(own)) {
            notebook.missing(
                    place,
                    "the action %s calls %s, deployed to call %s".formatted(live.name(), function, own),
                    "a release takes its steps in a wrong order",
                    redeploy());
        }
        if (!Mangled.same(
                wanted.path("UserParameters").asText(), live.configuration().getOrDefault("UserParameters", ""))) {
            notebook.missing(
                    place,
                    "the action %s has other user parameters than it was deployed with".formatted(live.name()),
                    "its function is not told which rollout it works for",
                    Remedy.of("put back: " + wanted.path("UserParameters").asText()));
        }
    }

    /** A stage that retries or rolls back by itself starts again what Greenlight has just taken back. */
    private static void byItself(Place place, JsonNode wanted, StageDeclaration live, Notebook notebook) {
        if (live.onFailure() != null && live.onFailure().resultAsString() != null && !wanted.has("OnFailure")) {
            notebook.missing(
                    place,
                    "the stage %s has an automatic %s on failure"
                            .formatted(live.name(), live.onFailure().resultAsString()),
                    "a release that was taken back is tried again, and refused",
                    Remedy.of("take the failure condition off the stage"));
        }
    }

    private static void transition(Place place, StageState stage, Notebook notebook) {
        if (stage.inboundTransitionState() != null
                && Boolean.FALSE.equals(stage.inboundTransitionState().enabled())) {
            notebook.missing(
                    place,
                    "nothing gets into the stage %s: its transition was disabled by %s (%s)"
                            .formatted(
                                    stage.stageName(),
                                    Optional.ofNullable(stage.inboundTransitionState()
                                                    .lastChangedBy())
                                            .orElse("somebody"),
                                    Optional.ofNullable(stage.inboundTransitionState()
                                                    .disabledReason())
                                            .orElse("no reason was given")),
                    "releases wait before it",
                    Remedy.of(("aws codepipeline enable-stage-transition --pipeline-name %s --stage-name %s"
                                    + " --transition-type Inbound")
                            .formatted(place.id(), stage.stageName())));
        }
    }

    private void connected(Part pipeline, Notebook notebook) {
        List<String> arns = new ArrayList<>(pipeline.wanted()
                .path("Stages")
                .valueStream()
                .flatMap(stage -> stage.path("Actions").valueStream())
                .map(action ->
                        action.path("Configuration").path("ConnectionArn").asText(""))
                .filter(arn -> !arn.isEmpty())
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new)));
        for (String arn : arns) {
            Place place = new Place("connection", "to GitHub", arn);
            String breaks = "a merge starts nothing: the pipeline fails at Source";
            notebook.ask(
                            place,
                            "codeconnections:GetConnection",
                            () -> connections
                                    .getConnection(request -> request.connectionArn(arn))
                                    .connection(),
                            () -> notebook.missing(
                                    place,
                                    "the connection is gone",
                                    breaks,
                                    Remedy.of("make one, and name it in greenlight.yaml")))
                    .ifPresent(live -> connected(place, live, breaks, notebook));
        }
    }

    private static void connected(Place place, Connection live, String breaks, Notebook notebook) {
        if (live.connectionStatus() == ConnectionStatus.AVAILABLE) {
            notebook.well(place, "is available");
        } else if (live.connectionStatus() == ConnectionStatus.PENDING) {
            notebook.missing(
                    place,
                    "its handshake is pending",
                    breaks,
                    Remedy.of(
                            "in the console: Developer Tools, Settings, Connections, %s, Update pending connection; then start"
                                            .formatted(live.connectionName())
                                    + " the pipeline again"));
        } else {
            notebook.missing(
                    place,
                    "it is " + live.connectionStatusAsString(),
                    breaks,
                    Remedy.of("see in the console, Developer Tools, Settings, Connections, what GitHub says"));
        }
    }
}
