package dev.greenlight.adapter.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.sandbox.cloudformation.Physical;
import dev.greenlight.sandbox.cloudformation.Pseudo;
import dev.greenlight.sandbox.cloudformation.Resolver;
import dev.greenlight.sandbox.cloudformation.Template;
import dev.greenlight.sandbox.world.Account;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A function as the festival example's template installs it.
 *
 * @param handler the class that Lambda is told to run
 * @param memory in MB
 * @param timeout how long one invocation may take
 * @param snapStart whether it starts from a snapshot
 * @param variables its environment, resolved
 */
record InstalledFunction(
        String name,
        String arn,
        String handler,
        int memory,
        Duration timeout,
        boolean snapStart,
        Map<String, String> variables) {

    static final String STACK = "greenlight-festival";

    InstalledFunction {
        variables = Map.copyOf(variables);
    }

    static Template template() {
        try (InputStream text = Template.class.getResourceAsStream("festival.template.json")) {
            return Template.read(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the festival's template", e);
        }
    }

    /** All functions of the template, where the rest of it stands as {@code physical} says. */
    static List<InstalledFunction> all(Template template, Account account, Physical physical) {
        Resolver resolver = new Resolver(template, physical, parameters(account));
        return template.of("AWS::Lambda::Function").stream()
                .map(resource -> of(resolver.properties(resource), account))
                .toList();
    }

    static Map<String, String> parameters(Account account) {
        Map<String, String> parameters = Pseudo.parameters(
                account.id(), account.region(), STACK, account.arn("cloudformation", "stack/" + STACK + "/1"));
        parameters.putAll(images());
        return parameters;
    }

    /** Functions do not care which image instances start from, and Systems Manager is not asked here. */
    private static Map<String, String> images() {
        Map<String, String> images = new HashMap<>();
        template().parameters().forEach((name, parameter) -> {
            if (parameter.path("Type").asText().contains("AWS::EC2::Image::Id")) {
                images.put(name, "ami-0123456789abcdef0");
            }
        });
        return images;
    }

    private static InstalledFunction of(JsonNode properties, Account account) {
        Map<String, String> variables = new HashMap<>();
        properties
                .path("Environment")
                .path("Variables")
                .properties()
                .forEach(e -> variables.put(e.getKey(), e.getValue().asText()));
        String name = properties.path("FunctionName").asText();
        return new InstalledFunction(
                name,
                account.arn("lambda", "function:" + name),
                properties.path("Handler").asText(),
                properties.path("MemorySize").asInt(),
                Duration.ofSeconds(properties.path("Timeout").asInt()),
                properties.path("SnapStart").path("ApplyOn").asText().equals("PublishedVersions"),
                variables);
    }

    /** What Lambda adds to the template's variables. Source: "Working with Lambda environment variables", reserved variables. */
    Map<String, String> environment(Account account) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("_HANDLER", handler);
        environment.put("AWS_REGION", account.region());
        environment.put("AWS_DEFAULT_REGION", account.region());
        environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
        environment.put("AWS_LAMBDA_FUNCTION_NAME", name);
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(memory));
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", snapStart ? "1" : "$LATEST");
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", snapStart ? "snap-start" : "on-demand");
        environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + name);
        environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "2026/01/05/[$LATEST]0123456789abcdef0123456789abcdef");
        environment.put("LANG", "en_US.UTF-8");
        environment.put("TZ", ":UTC");
        return environment;
    }

    /** As a parameterized test shows it. */
    @Override
    public String toString() {
        return name;
    }
}
