package dev.greenlight.domain.strategy;

import java.time.Duration;
import java.util.List;

/** How traffic moves from blue to green. The last step of every strategy gives green everything. */
public sealed interface Strategy {

    /** The changes of routing in their order; never empty. */
    List<Step> steps();

    /** Green is validated apart from users, then gets all traffic at once. */
    record BlueGreen() implements Strategy {
        private static final List<Step> ALL_AT_ONCE = List.of(new Step(100, Duration.ZERO));

        @Override
        public List<Step> steps() {
            return ALL_AT_ONCE;
        }
    }
}
