package dev.greenlight.adapter.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.adapter.DeployedClients;
import dev.greenlight.sandbox.cloudformation.Resource;
import dev.greenlight.sandbox.cloudformation.Template;
import dev.greenlight.sandbox.world.Account;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Runs the functions of the festival example's template from the zip that is deployed, each in processes of its own. */
final class LambdaHost {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ZIP = Path.of("target", "greenlight-functions.zip");
    private static final Account ACCOUNT = Account.example();

    private final Path directory;
    private final Path taskRoot;
    private final FestivalLandscape landscape;
    private final Map<String, InstalledFunction> functions = new HashMap<>();
    private int processes;

    /** @param directory an empty one */
    LambdaHost(Path directory) throws IOException {
        this.directory = directory;
        this.taskRoot = Files.createDirectories(directory.resolve("task"));
        this.landscape = new FestivalLandscape(InstalledFunction.template(), ACCOUNT);
        unpack();
        readFunctions();
    }

    private void unpack() throws IOException {
        try (ZipFile zip = new ZipFile(ZIP.toFile())) {
            for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
                Path file = taskRoot.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, file);
                }
            }
        }
    }

    private void readFunctions() {
        Template template = InstalledFunction.template();
        InstalledFunction.all(template, ACCOUNT, landscape).forEach(f -> functions.put(f.name(), f));
    }

    /**
     * Builds what the template has functions work on; what it has functions make is made by their processes, asked as
     * CloudFormation asks them.
     */
    void build(URI moto) throws Exception {
        var credentials =
                StaticCredentialsProvider.create(AwsSessionCredentials.create("AKIDEXAMPLE", "example", "example"));
        DeployedClients clients = new DeployedClients(ACCOUNT.region(), credentials, Optional.of(moto));
        try (AwsGateway aws = new AwsGateway(Optional.of(moto))) {
            landscape.build(clients, (resource, properties) -> made(resource, properties, aws));
        }
        readFunctions();
    }

    private FestivalLandscape.Made made(Resource resource, JsonNode properties, AwsGateway aws) throws Exception {
        String arn = properties.path("ServiceToken").asText();
        InstalledFunction function = function(arn.substring(arn.lastIndexOf(':') + 1));
        aws.forget();
        try (FunctionProcess process = start(function, aws)) {
            process.call(request(resource, properties, aws), function.timeout());
            JsonNode answer = JSON.readTree(aws.stackAnswers().getFirst().body());
            if (!answer.path("Status").asText().equals("SUCCESS")) {
                throw new IllegalStateException("%s was not made: %s; %s".formatted(resource, answer, process.said()));
            }
            Map<String, String> attributes = new HashMap<>();
            answer.path("Data")
                    .properties()
                    .forEach(e -> attributes.put(e.getKey(), e.getValue().asText()));
            return new FestivalLandscape.Made(answer.path("PhysicalResourceId").asText(), attributes);
        }
    }

    private static byte[] request(Resource resource, JsonNode properties, AwsGateway aws) throws IOException {
        ObjectNode request = JSON.createObjectNode();
        request.put("RequestType", "Create");
        request.put("ResponseURL", aws.address() + "/cloudformation/" + resource.id());
        request.put("StackId", ACCOUNT.arn("cloudformation", "stack/" + InstalledFunction.STACK + "/1"));
        request.put("RequestId", "1");
        request.put("LogicalResourceId", resource.id());
        request.put("ResourceType", resource.type());
        request.set("ResourceProperties", properties);
        return JSON.writeValueAsBytes(request);
    }

    List<InstalledFunction> functions() {
        return functions.values().stream()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    InstalledFunction function(String name) {
        return functions.get(name);
    }

    /** A new execution environment of the function, whose AWS is the gateway. */
    FunctionProcess start(InstalledFunction function, AwsGateway aws) throws IOException {
        return start(function, aws, Map.of());
    }

    /** @param more variables that the template does not give */
    FunctionProcess start(InstalledFunction function, AwsGateway aws, Map<String, String> more) throws IOException {
        Map<String, String> environment = function.environment(ACCOUNT);
        environment.put("AWS_ENDPOINT_URL", aws.address().toString());
        if (function.snapStart()) {
            environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", aws.session());
            environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "example");
        } else {
            environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
            environment.put("AWS_SECRET_ACCESS_KEY", "example");
            environment.put("AWS_SESSION_TOKEN", "example");
        }
        environment.putAll(more);
        Path own = Files.createDirectories(directory.resolve("process-" + ++processes));
        return new FunctionProcess(function, taskRoot, environment, own);
    }
}
