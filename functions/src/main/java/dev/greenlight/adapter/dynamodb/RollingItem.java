package dev.greenlight.adapter.dynamodb;

import dev.greenlight.domain.rollout.Rolling;
import dev.greenlight.domain.strategy.Step;
import java.util.Optional;

/** How far a release has come that goes from zone to zone, in the record of a rollout. */
final class RollingItem {

    private RollingItem() {}

    static NewItem write(Rolling rolling) {
        NewItem item = new NewItem()
                .text("firstBake", rolling.firstBake())
                .text("bake", rolling.bake())
                .number("zones", rolling.zones())
                .number("done", rolling.done())
                .number("passed", rolling.passed())
                .number("attempt", rolling.attempt());
        rolling.pause().ifPresent(pause -> item.text("pause", pause.within()).text("otherwise", pause.otherwise()));
        return item.optional("doneAt", rolling.doneAt())
                .optional("heldAt", rolling.heldAt())
                .optional("wentOnAt", rolling.wentOnAt());
    }

    static Rolling read(Item item) {
        Optional<Step.Pause> pause = item.optionalDuration("pause")
                .map(within -> new Step.Pause(within, item.oneOf(Step.Otherwise.class, "otherwise")));
        return new Rolling(
                item.duration("firstBake"),
                item.duration("bake"),
                pause,
                item.whole("zones"),
                item.whole("done"),
                item.optionalInstant("doneAt"),
                item.optionalInstant("heldAt"),
                item.whole("passed"),
                item.whole("attempt"),
                item.optionalInstant("wentOnAt"));
    }
}
