package dev.greenlight.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;

/**
 * One resource of a template, unresolved; its nodes are the template's own and are not to be changed.
 *
 * @param id its logical id
 * @param type for example {@code AWS::Lambda::Function}
 * @param properties an object; empty when the resource has none
 * @param dependsOn the logical ids that it names itself; what it refers to is not among them
 * @param definition all that the template says of it: UpdatePolicy, DeletionPolicy, Metadata
 */
public record Resource(String id, String type, JsonNode properties, List<String> dependsOn, JsonNode definition) {

    public Resource {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(properties, "properties");
        Objects.requireNonNull(definition, "definition");
        dependsOn = List.copyOf(dependsOn);
    }

    /** Whether a function of somebody's own answers for it. */
    public boolean custom() {
        return type.startsWith("Custom::") || type.equals("AWS::CloudFormation::CustomResource");
    }

    @Override
    public String toString() {
        return id + " (" + type + ")";
    }
}
