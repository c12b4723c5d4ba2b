package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.sandbox.cloudformation.Resolver;
import dev.greenlight.sandbox.cloudformation.Resource;
import dev.greenlight.sandbox.cloudformation.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An installation as CloudFormation knows it: its template as deployed, and what became of each resource. */
final class DeployedStack {

    private static final String FUNCTION = "AWS::Lambda::Function";

    private final String name;
    private final String region;
    private final Caller caller;
    private final Template template;
    private final Resolver resolver;
    private final Map<String, String> ids;

    DeployedStack(
            String name,
            String region,
            Caller caller,
            Template template,
            Map<String, String> parameters,
            Map<String, String> ids) {
        this.name = name;
        this.region = region;
        this.caller = caller;
        this.template = template;
        this.ids = Map.copyOf(ids);
        this.resolver = new Resolver(template, new LivePhysical(caller, region, this.ids), parameters);
    }

    String name() {
        return name;
    }

    String region() {
        return region;
    }

    Caller caller() {
        return caller;
    }

    /** The resources of a type that exist, in the template's order. */
    List<Part> parts(String type) {
        return template.of(type).stream()
                .filter(resource -> ids.containsKey(resource.id()))
                .map(this::part)
                .toList();
    }

    /** The logical ids of what the template has and the account does not. */
    List<String> neverMade() {
        return template.resources().stream()
                .map(Resource::id)
                .filter(id -> !ids.containsKey(id))
                .toList();
    }

    private Part part(Resource resource) {
        return new Part(resource.id(), ids.get(resource.id()), resolver.properties(resource));
    }

    /** The settings that the stack gives its functions: what is the same for all of them. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        for (Part function : parts(FUNCTION)) {
            variables(function).forEach((variable, value) -> settings.putIfAbsent(variable, value.asText()));
        }
        return settings;
    }

    /** A function's environment variables in the template; empty for one that has none. */
    static Map<String, JsonNode> variables(Part function) {
        Map<String, JsonNode> variables = new TreeMap<>();
        function.wanted()
                .path("Environment")
                .path("Variables")
                .properties()
                .forEach(e -> variables.put(e.getKey(), e.getValue()));
        return variables;
    }

    /** The alias by which a function is called; empty for one that is called by its name. */
    Optional<Part> alias(Part function) {
        return parts("AWS::Lambda::Alias").stream()
                .filter(alias -> alias.text("FunctionName").equals(function.physicalId()))
                .findFirst();
    }

    /** What Greenlight calls the function of that name or ARN: {@code AllowTraffic}. */
    Optional<String> hook(String function) {
        String wanted = function.replaceFirst("^arn:.*:function:", "").replaceFirst(":.*", "");
        return parts(FUNCTION).stream()
                .filter(part -> part.physicalId().equals(wanted))
                .map(part -> Hook.of(part).action())
                .findFirst();
    }

    /** The function with that handler, {@code RollBack}; empty if the stack has none. */
    Optional<Part> function(String action) {
        return parts(FUNCTION).stream()
                .filter(part -> Hook.of(part).action().equals(action))
                .findFirst();
    }
}
