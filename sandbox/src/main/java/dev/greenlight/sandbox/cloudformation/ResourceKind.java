package dev.greenlight.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/**
 * Makes, changes and removes resources of one type, as the service behind the type does. What it throws fails the resource,
 * with the exception's message as the reason.
 */
public interface ResourceKind {

    /** A resource with these resolved properties. */
    Made create(String logicalId, JsonNode properties);

    /** Brings what stands to these resolved properties, which differ from those that it has. */
    default Made update(Standing standing, JsonNode properties) {
        throw new UnsupportedOperationException("the sandbox does not know how to change a "
                + standing.resource().type());
    }

    /**
     * The properties that what stands keeps for life: "Update requires: Replacement" on the type's page. Another value makes another
     * resource, and the old one is deleted after everything else.
     */
    default Set<String> fixed() {
        return Set.of();
    }

    /** The property in which a template may name the resource itself. What keeps such a name is not replaced: page "Name type". */
    default Optional<String> naming() {
        return Optional.empty();
    }

    void delete(Standing standing);

    /**
     * A resource of a stack as it was last made.
     *
     * @param resource as the template had it then
     * @param properties resolved
     */
    record Standing(Resource resource, JsonNode properties, Made made) {}
}
