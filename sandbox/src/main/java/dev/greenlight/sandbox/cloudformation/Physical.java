package dev.greenlight.sandbox.cloudformation;

import java.util.List;
import java.util.Optional;

/** What stands behind a template in one account and region: ids and attributes of its resources, secrets, zones. */
public interface Physical {

    /** What {@code Ref} gives for the resource; empty when it is not known, which refuses the template. */
    Optional<String> ref(Resource resource);

    /** What {@code Fn::GetAtt} gives for the resource; empty when it is not known, which refuses the template. */
    Optional<String> attribute(Resource resource, String attribute);

    /** The string that a secret holds, by its name or ARN; empty when it is not known, which refuses the template. */
    default Optional<String> secret(String id) {
        return Optional.empty();
    }

    /** The availability zones of a region, for {@code Fn::GetAZs}. */
    default List<String> zones(String region) {
        return List.of(region + "a", region + "b", region + "c");
    }
}
