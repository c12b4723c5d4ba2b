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
            Made made =
                    before.isEmpty() ? kind.create(resource.id(), properties) : kind.update(before.get(), properties);
            outcome = new Outcome(Optional.of(made), Optional.empty());
        } catch (RuntimeException refused) {
            outcome = new Outcome(Optional.empty(), Optional.of(String.valueOf(refused.getMessage())));
        }
        // A kind that refuses to create has made nothing that a way back would have to delete.
        then.accept(outcome);
    }

    /** Removes what stands, unless its DeletionPolicy keeps it; {@code then} is told what went wrong. */
    void remove(Standing one, Consumer<Optional<String>> then) {
        if (one.resource().definition().path("DeletionPolicy").asText().equals("Retain")) {
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
