package dev.greenlight.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.sandbox.cloudformation.ResourceKind.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an update has put another resource in the place of, until it is removed at the update's end, or comes back. */
final class Replaced {

    private final List<Standing> old = new ArrayList<>();

    void add(Standing one) {
        old.add(one);
    }

    /** With what the template no longer has: all that is to go, in the order in which it came. */
    List<Standing> and(Map<String, Standing> standing, Template wanted) {
        List<Standing> gone = new ArrayList<>(old);
        standing.values().stream()
                .filter(stands -> wanted.find(stands.resource().id()).isEmpty())
                .forEach(gone::add);
        // One that came and went within this operation stands under its last id.
        gone.removeIf(one -> Optional.ofNullable(standing.get(one.resource().id()))
                .filter(stands -> wanted.find(one.resource().id()).isPresent())
                .filter(stands -> stands.made().ref().equals(one.made().ref()))
                .isPresent());
        return gone;
    }

    /** On the way back the old one is there still; whatever took its place goes. @return false where nothing did */
    boolean comesBack(Resource resource, Map<String, Standing> standing) {
        // A custom resource is asked, and says by its id which one it is now.
        Optional<Standing> before = old.stream()
                .filter(one -> one.resource().id().equals(resource.id()) && !resource.custom())
                .findFirst();
        before.ifPresent(one -> {
            old.remove(one);
            old.add(standing.put(resource.id(), one));
        });
        return before.isPresent();
    }

    /**
     * Which of the template's policies says whether it is removed; what an update has made that failed is removed in any case.
     *
     * @param goingBack whether the update has failed
     */
    String policy(Standing one, Template template, boolean goingBack) {
        JsonNode said =
                template.find(one.resource().id()).orElse(one.resource()).definition();
        if (!old.contains(one)) {
            return said.path("DeletionPolicy").asText();
        }
        return goingBack ? "Delete" : said.path("UpdateReplacePolicy").asText();
    }
}
