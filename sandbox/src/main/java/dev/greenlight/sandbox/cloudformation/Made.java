package dev.greenlight.sandbox.cloudformation;

import java.util.Map;
import java.util.Objects;

/**
 * What a resource became.
 *
 * @param ref its physical id, which is what {@code Ref} gives
 * @param attributes what {@code Fn::GetAtt} gives
 */
public record Made(String ref, Map<String, String> attributes) {

    public Made {
        Objects.requireNonNull(ref, "ref");
        attributes = Map.copyOf(attributes);
    }

    /** A resource without attributes. */
    public static Made of(String ref) {
        return new Made(ref, Map.of());
    }
}
