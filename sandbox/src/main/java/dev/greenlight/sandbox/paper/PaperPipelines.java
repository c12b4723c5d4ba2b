package dev.greenlight.sandbox.paper;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.codepipeline.model.ActionDeclaration;
import software.amazon.awssdk.services.codepipeline.model.GetPipelineRequest;
import software.amazon.awssdk.services.codepipeline.model.GetPipelineResponse;
import software.amazon.awssdk.services.codepipeline.model.GetPipelineStateRequest;
import software.amazon.awssdk.services.codepipeline.model.GetPipelineStateResponse;
import software.amazon.awssdk.services.codepipeline.model.PipelineNotFoundException;
import software.amazon.awssdk.services.codepipeline.model.StageDeclaration;
import software.amazon.awssdk.services.codepipeline.model.StageState;

/** CodePipeline as it tells of the pipeline; a stage with {@code "Disabled": "reason"} lets nothing in. */
public final class PaperPipelines implements CodePipelineClient {

    private final PaperAccount paper;

    public PaperPipelines(PaperAccount paper) {
        this.paper = paper;
    }

    @Override
    public GetPipelineResponse getPipeline(GetPipelineRequest request) {
        return GetPipelineResponse.builder()
                .pipeline(p -> p.name(request.name())
                        .roleArn(pipeline(request.name()).text("RoleArn"))
                        .stages(stages(request.name())
                                .map(PaperPipelines::stage)
                                .toList()))
                .build();
    }

    @Override
    public GetPipelineStateResponse getPipelineState(GetPipelineStateRequest request) {
        return GetPipelineStateResponse.builder()
                .pipelineName(request.name())
                .stageStates(stages(request.name())
                        .map(stage -> StageState.builder()
                                .stageName(stage.path("Name").asText())
                                .inboundTransitionState(state -> state.enabled(!stage.has("Disabled"))
                                        .disabledReason(stage.path("Disabled").asText(null))
                                        .lastChangedBy(stage.has("Disabled") ? "a colleague" : null))
                                .build())
                        .toList())
                .build();
    }

    private Stream<JsonNode> stages(String pipeline) {
        return pipeline(pipeline).properties().path("Stages").valueStream();
    }

    private PaperAccount.Item pipeline(String name) {
        return paper.find("AWS::CodePipeline::Pipeline", name)
                .orElseThrow(() -> Errors.gone(PipelineNotFoundException.builder(), "Pipeline " + name));
    }

    private static StageDeclaration stage(JsonNode node) {
        StageDeclaration.Builder stage = StageDeclaration.builder()
                .name(node.path("Name").asText())
                .actions(node.path("Actions")
                        .valueStream()
                        .map(PaperPipelines::action)
                        .toList());
        if (node.has("OnFailure")) {
            stage.onFailure(f -> f.result(node.path("OnFailure").path("Result").asText()));
        }
        return stage.build();
    }

    private static ActionDeclaration action(JsonNode node) {
        Map<String, String> configuration = new TreeMap<>();
        node.path("Configuration")
                .properties()
                .forEach(e -> configuration.put(e.getKey(), e.getValue().asText()));
        return ActionDeclaration.builder()
                .name(node.path("Name").asText())
                .actionTypeId(type ->
                        type.provider(node.path("ActionTypeId").path("Provider").asText()))
                .configuration(configuration)
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
