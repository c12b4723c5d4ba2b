package dev.greenlight.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.sandbox.cloudformation.ResourceKind.Standing;
import java.util.HashMap;
import java.util.Map;

/** What the resources of a stack had before an operation began, and whether one that failed goes back to just that. */
final class ValuesOfBefore {

    private final Map<String, JsonNode> values = new HashMap<>();
    private boolean wanted;

    /** From now on an update that failed goes back to them, or resolves the references of its template anew. */
    void wanted(boolean ofBefore) {
        wanted = ofBefore;
    }

    /** Notes what stands; what was noted before is forgotten. */
    void note(Map<String, Standing> standing) {
        values.clear();
        standing.forEach((logicalId, stands) -> values.put(logicalId, stands.properties()));
    }

    /** What the resource is to have again. */
    JsonNode of(Resource resource, Resolver resolver) {
        return wanted && values.containsKey(resource.id()) ? values.get(resource.id()) : resolver.properties(resource);
    }
}
