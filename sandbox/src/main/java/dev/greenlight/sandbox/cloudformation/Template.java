package dev.greenlight.sandbox.cloudformation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A CloudFormation template in JSON, as it is synthesized or deployed (page "Template sections"). */
public final class Template {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final Map<String, JsonNode> parameters;
    private final Map<String, JsonNode> outputs = new LinkedHashMap<>();
    private volatile List<Resource> inOrder;

    private Template(JsonNode root) {
        root.path("Resources").properties().forEach(e -> resources.put(e.getKey(), resource(e.getKey(), e.getValue())));
        this.parameters = entries(root.path("Parameters"));
        root.path("Outputs")
                .properties()
                .forEach(e -> outputs.put(e.getKey(), e.getValue().path("Value")));
    }

    private Template(Template other, Map<String, Resource> resources) {
        this.resources.putAll(resources);
        this.parameters = other.parameters;
        this.outputs.putAll(other.outputs);
    }

    /**
     * Reads a template.
     *
     * @throws TemplateFault when it is not JSON or has no resources
     */
    public static Template read(String json) {
        try {
            return of(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new TemplateFault("the template is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Takes a template that was read already. */
    public static Template of(JsonNode root) {
        if (root == null || !root.path("Resources").isObject()) {
            throw new TemplateFault("the template has no Resources");
        }
        return new Template(shared(root, new HashMap<>()));
    }

    /** A copy in which what is equal is the same: a value that many resources have is resolved once. */
    private static JsonNode shared(JsonNode node, Map<JsonNode, JsonNode> known) {
        if (!node.isContainerNode()) {
            return node;
        }
        JsonNode copy;
        if (node.isArray()) {
            ArrayNode list = JSON.createArrayNode();
            node.forEach(child -> list.add(shared(child, known)));
            copy = list;
        } else {
            ObjectNode object = JSON.createObjectNode();
            node.properties().forEach(e -> object.set(e.getKey(), shared(e.getValue(), known)));
            copy = object;
        }
        return known.computeIfAbsent(copy, same -> same);
    }

    private static Resource resource(String id, JsonNode definition) {
        String type = definition.path("Type").asText();
        if (type.isEmpty()) {
            throw new TemplateFault(id + " has no Type");
        }
        List<String> dependsOn = new ArrayList<>();
        JsonNode named = definition.path("DependsOn");
        if (named.isTextual()) {
            dependsOn.add(named.asText());
        }
        named.forEach(other -> dependsOn.add(other.asText()));
        JsonNode properties = definition.path("Properties");
        return new Resource(
                id,
                type,
                properties instanceof MissingNode ? JSON.createObjectNode() : properties,
                dependsOn,
                definition);
    }

    /** The same template with other properties of each resource of a type; the edit is given a copy. */
    public Template edited(String type, UnaryOperator<ObjectNode> edit) {
        Map<String, Resource> edited = new LinkedHashMap<>(resources);
        edited.replaceAll((id, resource) -> {
            if (!resource.type().equals(type)) {
                return resource;
            }
            ObjectNode definition = resource.definition().deepCopy();
            definition.set("Properties", edit.apply(resource.properties().deepCopy()));
            return resource(id, definition);
        });
        return new Template(this, edited);
    }

    private static Map<String, JsonNode> entries(JsonNode object) {
        Map<String, JsonNode> entries = new LinkedHashMap<>();
        object.properties().forEach(e -> entries.put(e.getKey(), e.getValue()));
        return entries;
    }

    /** All resources, in the order of the template. */
    public List<Resource> resources() {
        return List.copyOf(resources.values());
    }

    /** The resources of a type, in the order of the template; none is no fault. */
    public List<Resource> of(String type) {
        return resources.values().stream().filter(r -> r.type().equals(type)).toList();
    }

    /** The resource of a logical id, or a {@link TemplateFault}. */
    public Resource resource(String id) {
        return find(id).orElseThrow(() -> new TemplateFault("the template has no resource " + id));
    }

    public Optional<Resource> find(String id) {
        return Optional.ofNullable(resources.get(id));
    }

    /** The only resource of a type, or a {@link TemplateFault} that says how many there are. */
    public Resource only(String type) {
        List<Resource> found = of(type);
        if (found.size() != 1) {
            throw new TemplateFault("the template has %d of %s, not one".formatted(found.size(), type));
        }
        return found.getFirst();
    }

    /** Resources in an order in which each comes after all that it needs, as CloudFormation creates them. */
    public List<Resource> inOrder() {
        if (inOrder == null) {
            // Stories make thousands of stacks of one template.
            inOrder = List.copyOf(CreationOrder.of(this));
        }
        return inOrder;
    }

    /** The parameters' definitions by name. */
    public Map<String, JsonNode> parameters() {
        return Map.copyOf(parameters);
    }

    /** The outputs' values by logical id, unresolved. */
    public Map<String, JsonNode> outputs() {
        return Map.copyOf(outputs);
    }
}
