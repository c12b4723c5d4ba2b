package dev.greenlight.infra.permit;

import dev.greenlight.infra.Sorted;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * One statement of a role: what may be done, to what, and why.
 *
 * @param id the statement's id in the policy, letters and digits
 * @param reason what needs it, and where {@code resources} is wider than one thing, why
 * @param conditions operator to key to value, as policies write them
 */
public record Permit(
        String id,
        String reason,
        List<String> actions,
        List<String> resources,
        Map<String, Map<String, Object>> conditions) {

    public Permit {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        conditions = Sorted.map(conditions);
        if (reason.isBlank() || actions.isEmpty() || resources.isEmpty()) {
            throw new IllegalArgumentException("a permit needs a reason, actions and resources: " + id);
        }
    }

    /** A permission for the things with these ARNs. */
    public static Permit on(List<String> resources, String id, String reason, String... actions) {
        return new Permit(id, reason, List.of(actions), resources, Map.of());
    }

    /** A permission for the thing with this ARN. */
    public static Permit on(String resource, String id, String reason, String... actions) {
        return on(List.of(resource), id, reason, actions);
    }

    /**
     * A permission that cannot be narrowed: the Service Authorization Reference names no resource type for these actions.
     */
    public static Permit everywhere(String id, String reason, String... actions) {
        return on("*", id, reason, actions);
    }

    /** The same under one more condition. */
    public Permit when(String operator, String key, Object value) {
        Map<String, Map<String, Object>> more = new java.util.TreeMap<>(conditions);
        more.merge(operator, Map.of(key, value), (one, other) -> {
            Map<String, Object> both = new java.util.TreeMap<>(one);
            both.putAll(other);
            return both;
        });
        return new Permit(id, reason, actions, resources, more);
    }

    /** Whether it covers more than things that are named one by one. */
    boolean isWide() {
        return resources.stream().anyMatch(r -> r.contains("*"));
    }

    PolicyStatement statement() {
        return PolicyStatement.Builder.create()
                .sid(id)
                .effect(Effect.ALLOW)
                .actions(actions)
                .resources(resources)
                .conditions(conditions)
                .build();
    }
}
