package dev.greenlight.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves a template's values as CloudFormation does before it hands them to a service.
 *
 * <p>Follows the pages "Intrinsic function reference", "Get AWS values using pseudo parameters" and "Get a secret or secret value from Secrets
 * Manager". Is used by one thread, for one state of what stands. Knows Ref, Fn::GetAtt, Fn::Join, Fn::Sub, Fn::Select, Fn::Split, Fn::GetAZs, Fn::Base64 and references to secrets; whatever else
 * a template uses, and whatever has no value, is refused by its name with a {@link TemplateFault}.
 */
public final class Resolver {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern NAMED = Pattern.compile("\\$\\{(!?)([^}]*)}");
    private static final Pattern DYNAMIC = Pattern.compile("\\{\\{resolve:([a-z-]+):(.*?)}}");
    private static final Pattern SECRET =
            Pattern.compile("(?<id>.+?)(:SecretString(:(?<key>[^:]*)(:(?<stage>[^:]*)(:(?<version>[^:]*))?)?)?)?");

    private final Template template;
    private final Physical physical;
    private final Map<String, String> parameters;

    /** A template's equal values are the same node; what stands does not change while a resolver is used. */
    private final Map<JsonNode, JsonNode> resolved = new IdentityHashMap<>();

    /**
     * A resolver for a template.
     *
     * @param parameters values of pseudo parameters and of the template's own, which go before the defaults
     */
    public Resolver(Template template, Physical physical, Map<String, String> parameters) {
        this.template = template;
        this.physical = physical;
        this.parameters = Map.copyOf(parameters);
    }

    /** The resource's properties, resolved. */
    public ObjectNode properties(Resource resource) {
        try {
            return (ObjectNode) resolve(resource.properties());
        } catch (TemplateFault fault) {
            throw new TemplateFault(resource + ": " + fault.getMessage(), fault);
        }
    }

    /** The value as text, resolved; a {@link TemplateFault} when it is an object or a list. */
    public String text(JsonNode node) {
        JsonNode resolved = resolve(node);
        if (!resolved.isValueNode()) {
            throw new TemplateFault("one value is wanted, not " + resolved);
        }
        return resolved.asText();
    }

    /** The value with every function in it resolved; the given one is not changed. */
    public JsonNode resolve(JsonNode node) {
        if (node.isTextual()) {
            return dynamic(node);
        }
        if (!node.isContainerNode()) {
            return node;
        }
        JsonNode known = resolved.get(node);
        if (known == null) {
            known = dynamic(structure(node));
            resolved.put(node, known);
        }
        return known;
    }

    private JsonNode structure(JsonNode node) {
        if (node.isArray()) {
            ArrayNode list = NODES.arrayNode(node.size());
            node.forEach(child -> add(list, child));
            return list;
        }
        if (node.size() == 1) {
            Map.Entry<String, JsonNode> only = node.properties().iterator().next();
            if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")) {
                return function(only.getKey(), only.getValue());
            }
        }
        ObjectNode object = NODES.objectNode();
        node.properties().forEach(e -> {
            if (!noValue(e.getValue())) {
                object.set(e.getKey(), resolve(e.getValue()));
            }
        });
        return object;
    }

    private void add(ArrayNode list, JsonNode child) {
        if (!noValue(child)) {
            list.add(resolve(child));
        }
    }

    private static boolean noValue(JsonNode node) {
        return node.path("Ref").asText().equals(Pseudo.NO_VALUE);
    }

    private JsonNode function(String name, JsonNode argument) {
        return switch (name) {
            case "Ref" -> TextNode.valueOf(ref(argument.asText()));
            case "Fn::GetAtt" -> TextNode.valueOf(attribute(argument));
            case "Fn::Join" -> TextNode.valueOf(join(argument));
            case "Fn::Sub" -> TextNode.valueOf(sub(argument));
            case "Fn::Select" -> select(argument);
            case "Fn::Split" -> split(argument);
            case "Fn::GetAZs" -> zones(argument);
            case "Fn::Base64" ->
                TextNode.valueOf(
                        Base64.getEncoder().encodeToString(text(argument).getBytes(StandardCharsets.UTF_8)));
            default -> throw new TemplateFault("the function " + name + " is not known here");
        };
    }

    private String ref(String name) {
        if (parameters.containsKey(name)) {
            return parameters.get(name);
        }
        JsonNode parameter = template.parameters().get(name);
        if (parameter != null) {
            return byDefault(name, parameter);
        }
        Resource resource = template.find(name)
                .orElseThrow(() -> new TemplateFault("Ref " + name + ": no such resource or parameter"));
        return physical.ref(resource).orElseThrow(() -> new TemplateFault("Ref " + resource + " has no value"));
    }

    /** The default of a parameter that is read from Systems Manager is a name, not the value. */
    private static String byDefault(String name, JsonNode parameter) {
        JsonNode value = parameter.path("Default");
        if (!value.isValueNode() || parameter.path("Type").asText().startsWith("AWS::SSM::")) {
            throw new TemplateFault("the parameter " + name + " was given no value");
        }
        return value.asText();
    }

    private String attribute(JsonNode argument) {
        if (argument.isTextual()) {
            String[] parts = argument.asText().split("\\.", 2);
            return attribute(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return attribute(argument.path(0).asText(), text(argument.path(1)));
    }

    private String attribute(String id, String attribute) {
        Resource resource = template.find(id)
                .orElseThrow(() -> new TemplateFault("Fn::GetAtt %s.%s: no such resource".formatted(id, attribute)));
        return physical.attribute(resource, attribute)
                .orElseThrow(() -> new TemplateFault(
                        "Fn::GetAtt %s has no value for the attribute %s".formatted(resource, attribute)));
    }

    private String join(JsonNode argument) {
        List<String> parts = new ArrayList<>();
        list("Fn::Join", argument.path(1)).forEach(part -> parts.add(part.asText()));
        return String.join(argument.path(0).asText(), parts);
    }

    private String sub(JsonNode argument) {
        JsonNode values = argument.isArray() ? argument.path(1) : NODES.objectNode();
        Matcher named = NAMED.matcher(argument.isArray() ? argument.path(0).asText() : argument.asText());
        StringBuilder text = new StringBuilder();
        while (named.find()) {
            named.appendReplacement(text, Matcher.quoteReplacement(substitute(named, values)));
        }
        return named.appendTail(text).toString();
    }

    private String substitute(Matcher named, JsonNode values) {
        String name = named.group(2).strip();
        if (!named.group(1).isEmpty()) {
            return "${" + name + "}";
        }
        if (values.has(name)) {
            return text(values.path(name));
        }
        return name.contains(".") ? attribute(TextNode.valueOf(name)) : ref(name);
    }

    private JsonNode select(JsonNode argument) {
        JsonNode list = list("Fn::Select", argument.path(1));
        int index = Integer.parseInt(text(argument.path(0)));
        if (!list.has(index)) {
            throw new TemplateFault("Fn::Select %d of %s".formatted(index, list));
        }
        return list.path(index);
    }

    private JsonNode split(JsonNode argument) {
        ArrayNode parts = NODES.arrayNode();
        for (String part :
                text(argument.path(1)).split(Pattern.quote(argument.path(0).asText()), -1)) {
            parts.add(part);
        }
        return parts;
    }

    private JsonNode zones(JsonNode argument) {
        String region = text(argument);
        ArrayNode zones = NODES.arrayNode();
        physical.zones(region.isEmpty() ? ref(Pseudo.REGION) : region).forEach(zones::add);
        return zones;
    }

    private JsonNode list(String function, JsonNode argument) {
        JsonNode list = resolve(argument);
        if (!list.isArray()) {
            throw new TemplateFault(function + " wants a list, not " + list);
        }
        return list;
    }

    private JsonNode dynamic(JsonNode node) {
        if (!node.isTextual() || !node.asText().contains("{{resolve:")) {
            return node;
        }
        String text = node.asText();
        Matcher reference = DYNAMIC.matcher(text);
        StringBuilder told = new StringBuilder();
        while (reference.find()) {
            reference.appendReplacement(told, Matcher.quoteReplacement(secret(reference.group(1), reference.group(2))));
        }
        return TextNode.valueOf(reference.appendTail(told).toString());
    }

    private String secret(String service, String reference) {
        Matcher parts = SECRET.matcher(reference);
        if (!service.equals("secretsmanager") || !parts.matches()) {
            throw new TemplateFault("the reference {{resolve:%s:%s}} is not known here".formatted(service, reference));
        }
        for (String narrower : List.of("key", "stage", "version")) {
            if (parts.group(narrower) != null && !parts.group(narrower).isEmpty()) {
                throw new TemplateFault("the reference to secret %s asks for a %s, which is not known here"
                        .formatted(parts.group("id"), narrower));
            }
        }
        return physical.secret(parts.group("id"))
                .orElseThrow(() -> new TemplateFault("the secret " + parts.group("id") + " has no value"));
    }
}
