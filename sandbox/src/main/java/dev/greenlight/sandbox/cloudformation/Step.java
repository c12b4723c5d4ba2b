package dev.greenlight.sandbox.cloudformation;

import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/** One piece of a stack's work, which may wait for an answer. */
@FunctionalInterface
interface Step {

    /** Does it and tells once what went wrong, perhaps later. */
    void take(Consumer<Optional<String>> end);

    /** Takes one step after the other, until none is left or one goes wrong. */
    static void walk(Deque<Step> steps, Consumer<String> badly, Runnable well) {
        Step next = steps.poll();
        if (next == null) {
            well.run();
            return;
        }
        next.take(trouble -> {
            if (trouble.isPresent()) {
                badly.accept(trouble.get());
            } else {
                walk(steps, badly, well);
            }
        });
    }
}
