package dev.greenlight.sandbox.iam;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One thing that AWS asks of a caller's role before it does what a call wants; a call may ask for several.
 *
 * @param action as policies name it: {@code elasticloadbalancing:ModifyRule}
 * @param resource the ARN of one thing, never a pattern; {@code *} where the action has no resource type
 * @param context values of condition keys that the call brings along, by key
 */
public record Ask(String action, String resource, Map<String, List<String>> context) {

    /** The resource of actions that have no resource type. */
    public static final String EVERYWHERE = "*";

    private static final Pattern ACTION = Pattern.compile("[a-z0-9-]+:[A-Za-z0-9]+");

    public Ask {
        Objects.requireNonNull(resource, "resource");
        if (!ACTION.matcher(action).matches()) {
            throw new IllegalArgumentException(action + " is no action of one service");
        }
        context = context.isEmpty() ? Map.of() : new TreeMap<>(context);
    }

    /** An ask without values for conditions. */
    public static Ask of(String action, String resource) {
        return new Ask(action, resource, Map.of());
    }

    /** The same with one more value for conditions. */
    public Ask with(String key, String value) {
        Map<String, List<String>> more = new TreeMap<>(context);
        more.put(key, List.of(value));
        return new Ask(action, resource, more);
    }

    /** The same without what the call says of other keys. */
    Ask withOnly(Set<String> keys) {
        Map<String, List<String>> fewer = new TreeMap<>(context);
        fewer.keySet().retainAll(keys);
        return new Ask(action, resource, fewer);
    }

    /** The same about another thing. */
    public Ask on(String other) {
        return new Ask(action, other, context);
    }

    @Override
    public String toString() {
        return action + " on " + resource + (context.isEmpty() ? "" : " with " + context);
    }
}
