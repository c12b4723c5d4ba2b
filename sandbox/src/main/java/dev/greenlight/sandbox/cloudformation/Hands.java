package dev.greenlight.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.sandbox.cloudformation.CustomResources.Kind;
import dev.greenlight.sandbox.cloudformation.CustomResources.Outcome;
import dev.greenlight.sandbox.cloudformation.ResourceKind.Standing;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes and removes single resources: by their kind at once, or by asking the function of a custom one. */
final class Hands {

    private final Map<String, ResourceKind> kinds;
    private final CustomResources custom;

    Hands(Map<String, ResourceKind> kinds, CustomResources custom) {
        this.kinds = kinds;
        this.custom = custom;
    }

    /** Whether the resource exists in more than name. */
    boolean know(Resource resource) {
        return resource.custom() || kinds.containsKey(resource.type());
    }

    /** Creates the resource, or changes what stands; {@code then} is called once, perhaps later. */
    void make(Resource resource, JsonNode properties, Optional<Standing> before, Consumer<Outcome> then) {
        if (resource.custom()) {
            custom.ask(before.isEmpty() ? Kind.CREATE : Kind.UPDATE, resource, properties, before, then);
            return;
        }
        ResourceKind kind = kinds.get(resource.type());
        Outcome outcome;
        try {
            Made made = before.isEmpty() || isAnother(kind, before.get(), properties)
                    ? kind.create(resource.id(), properties)
                    : kind.update(before.get(), properties);
            outcome = new Outcome(Optional.of(made), Optional.empty());
        } catch (RuntimeException refused) {
            outcome = new Outcome(Optional.empty(), Optional.of(String.valueOf(refused.getMessage())));
        }
        // A kind that refuses to create has made nothing that a way back would have to delete.
        then.accept(outcome);
    }

    private static boolean isAnother(ResourceKind kind, Standing before, JsonNode wanted) {
        boolean another = kind.fixed().stream().anyMatch(property -> differs(property, before.properties(), wanted));
        Optional<String> kept = kind.naming()
                .filter(property -> wanted.has(property) && !differs(property, before.properties(), wanted));
        if (another && kept.isPresent()) {
            throw new IllegalStateException(
                    "CloudFormation cannot update a stack when a custom-named resource requires replacing."
                            + " Rename %s and update the stack again."
                                    .formatted(wanted.path(kept.get()).asText()));
        }
        return another;
    }

    private static boolean differs(String property, JsonNode one, JsonNode other) {
        return !one.path(property).equals(other.path(property));
    }

    /** Removes what stands, unless the policy is to keep it; {@code then} is told what went wrong. */
    void remove(Standing one, String policy, Consumer<Optional<String>> then) {
        if (policy.equals("Retain")) {
            then.accept(Optional.empty());
        } else if (one.resource().custom()) {
            custom.ask(
                    Kind.DELETE,
                    one.resource(),
                    one.properties(),
                    Optional.of(one),
                    outcome -> then.accept(outcome.trouble()));
        } else {
            Optional<String> trouble = Optional.empty();
            try {
                kinds.get(one.resource().type()).delete(one);
            } catch (RuntimeException refused) {
                trouble = Optional.of(String.valueOf(refused.getMessage()));
            }
            then.accept(trouble);
        }
    }

    /** Takes a custom resource's answer. */
    void answer(URI to, byte[] body) {
        custom.answer(to, body);
    }
}
