package dev.greenlight.sandbox.paper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetAliasRequest;
import software.amazon.awssdk.services.lambda.model.GetAliasResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionConcurrencyRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConcurrencyResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionEventInvokeConfigRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionEventInvokeConfigResponse;
import software.amazon.awssdk.services.lambda.model.GetPolicyRequest;
import software.amazon.awssdk.services.lambda.model.GetPolicyResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.VpcConfigResponse;

/**
 * Lambda as it tells of functions, and of the version to which an alias leads. A function's property {@code ReservedConcurrentExecutions} is its concurrency; resource policies are
 * made of the permissions that name the function with the alias that is asked about.
 */
public final class PaperLambda implements LambdaClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PaperAccount paper;

    public PaperLambda(PaperAccount paper) {
        this.paper = paper;
    }

    @Override
    public GetFunctionConfigurationResponse getFunctionConfiguration(GetFunctionConfigurationRequest request) {
        PaperAccount.Item function = function(request.functionName());
        ObjectNode own = configured(function, request.qualifier());
        Map<String, String> variables = new TreeMap<>();
        own.path("Environment")
                .path("Variables")
                .properties()
                .forEach(e -> variables.put(e.getKey(), e.getValue().asText()));
        return GetFunctionConfigurationResponse.builder()
                .functionName(function.id())
                .functionArn(paper.account().arn("lambda", "function:" + function.id()))
                .runtime(own.path("Runtime").asText())
                .handler(own.path("Handler").asText())
                .timeout(own.path("Timeout").asInt())
                .memorySize(own.path("MemorySize").asInt())
                .role(own.path("Role").asText())
                .architecturesWithStrings(texts(own.path("Architectures")))
                .vpcConfig(
                        own.has("VpcConfig")
                                ? VpcConfigResponse.builder()
                                        .subnetIds(texts(own.path("VpcConfig").path("SubnetIds")))
                                        .securityGroupIds(
                                                texts(own.path("VpcConfig").path("SecurityGroupIds")))
                                        .build()
                                : null)
                .snapStart(s -> s.applyOn(own.path("SnapStart").path("ApplyOn").asText("None")))
                .state(own.path("State").asText("Active"))
                .stateReason(own.path("StateReason").asText(null))
                .lastUpdateStatus("Successful")
                .environment(e -> e.variables(variables))
                .build();
    }

    /** The function itself, or the version to which the alias leads. */
    private ObjectNode configured(PaperAccount.Item function, String qualifier) {
        if (qualifier == null) {
            return function.properties();
        }
        String version = alias(function.id(), qualifier).text("FunctionVersion");
        return version.equals("$LATEST") ? function.properties() : paper.published(function.logicalId());
    }

    private static List<String> texts(JsonNode node) {
        return node.valueStream().map(JsonNode::asText).toList();
    }

    @Override
    public GetAliasResponse getAlias(GetAliasRequest request) {
        PaperAccount.Item alias = alias(request.functionName(), request.name());
        return GetAliasResponse.builder()
                .name(alias.text("Name"))
                .functionVersion(alias.text("FunctionVersion"))
                .build();
    }

    private PaperAccount.Item alias(String function, String name) {
        return paper.find(
                        "AWS::Lambda::Alias",
                        alias -> alias.text("FunctionName").equals(function)
                                && alias.text("Name").equals(name))
                .orElseThrow(() -> Errors.gone(ResourceNotFoundException.builder(), "Alias " + name));
    }

    @Override
    public GetFunctionEventInvokeConfigResponse getFunctionEventInvokeConfig(
            GetFunctionEventInvokeConfigRequest request) {
        return paper.find(
                        "AWS::Lambda::EventInvokeConfig",
                        config -> config.text("FunctionName").equals(request.functionName())
                                && config.text("Qualifier").equals(request.qualifier()))
                .map(config -> config.properties().path("DestinationConfig").path("OnFailure"))
                .map(destination -> GetFunctionEventInvokeConfigResponse.builder()
                        .destinationConfig(d -> d.onFailure(f ->
                                f.destination(destination.path("Destination").asText(null))))
                        .build())
                .orElseThrow(() -> Errors.gone(
                        ResourceNotFoundException.builder(), "The configuration of " + request.functionName()));
    }

    @Override
    public GetFunctionConcurrencyResponse getFunctionConcurrency(GetFunctionConcurrencyRequest request) {
        JsonNode reserved = function(request.functionName()).properties().path("ReservedConcurrentExecutions");
        return GetFunctionConcurrencyResponse.builder()
                .reservedConcurrentExecutions(reserved.isInt() ? reserved.asInt() : null)
                .build();
    }

    @Override
    public GetPolicyResponse getPolicy(GetPolicyRequest request) {
        String asked = paper.account().arn("lambda", "function:" + request.functionName())
                + (request.qualifier() == null ? "" : ":" + request.qualifier());
        List<PaperAccount.Item> permissions = paper.all("AWS::Lambda::Permission").stream()
                .filter(permission -> permission.text("FunctionName").equals(asked))
                .toList();
        if (permissions.isEmpty()) {
            throw Errors.gone(ResourceNotFoundException.builder(), "The policy of " + asked);
        }
        ObjectNode policy = JSON.createObjectNode().put("Version", "2012-10-17");
        for (PaperAccount.Item permission : permissions) {
            ObjectNode statement = policy.withArray("Statement").addObject();
            statement
                    .put("Sid", permission.id())
                    .put("Effect", "Allow")
                    .put("Action", permission.text("Action"))
                    .put("Resource", asked);
            statement.putObject("Principal").put("Service", permission.text("Principal"));
            statement.putObject("Condition").putObject("ArnLike").put("AWS:SourceArn", permission.text("SourceArn"));
        }
        return GetPolicyResponse.builder().policy(policy.toString()).build();
    }

    private PaperAccount.Item function(String name) {
        return paper.find("AWS::Lambda::Function", name)
                .orElseThrow(() -> Errors.gone(ResourceNotFoundException.builder(), "Function " + name));
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
