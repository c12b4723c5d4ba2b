package dev.greenlight.adapter.dynamodb;

import dev.greenlight.domain.rollout.Recreation;

/** How far two fleets have changed places, in the record of a rollout. */
final class RecreationItem {

    private RecreationItem() {}

    static NewItem write(Recreation recreation) {
        return new NewItem()
                .text("former", recreation.former())
                .text("emptying", recreation.emptying())
                .text("closedFor", recreation.closedFor())
                .optional("closingAt", recreation.closingAt())
                .optional("closedAt", recreation.closedAt())
                .optional("emptyAt", recreation.emptyAt());
    }

    static Recreation read(Item item) {
        return new Recreation(
                item.text("former"),
                item.duration("emptying"),
                item.duration("closedFor"),
                item.optionalInstant("closingAt"),
                item.optionalInstant("closedAt"),
                item.optionalInstant("emptyAt"));
    }
}
