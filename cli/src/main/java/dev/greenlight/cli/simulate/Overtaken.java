package dev.greenlight.cli.simulate;

import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.sandbox.fault.Call;
import java.util.HashSet;
import java.util.Set;

/**
 * Invocations that a person's rollback came between: what they read of the rule's tags is old, and what they write there of an open rollout
 * goes over the rollback's mark. It is a window that docs/adr/0013 leaves open: where the store was silent, nobody else remembers the mark.
 */
final class Overtaken {

    private static final String NONE = "@none";

    private final Place place;
    private final Set<String> unaware = new HashSet<>();

    Overtaken(Place place) {
        this.place = place;
    }

    /** A rollback has come and gone before this call. */
    void by(Call next) {
        unaware.add(next.invocation());
    }

    /** Lets the people know whose mark is gone. Who reads the tags anew knows of it. */
    void made(Call call) {
        if (call.operation().equals("DescribeTags")) {
            unaware.remove(call.invocation());
        } else if (call.operation().equals("AddTags") && unaware.contains(call.invocation())) {
            Sight now = place.sight();
            now.latest()
                    .filter(Rollout::isOpen)
                    .map(rollout -> rollout.id().value())
                    .filter(id -> id.equals(now.tags().get("greenlight:rollout")))
                    .filter(id -> now.tags()
                            .getOrDefault("greenlight:taken-back", NONE)
                            .equals(NONE))
                    .ifPresent(place.people()::unmarked);
        }
    }
}
