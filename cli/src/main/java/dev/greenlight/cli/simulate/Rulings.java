package dev.greenlight.cli.simulate;

import dev.greenlight.sandbox.fault.Call;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Counts each time that a rule was held against what is true, and keeps those times when it did not hold. */
public final class Rulings {

    /** As many as docs/rules.md has. */
    private static final int RULES = 11;

    private final List<Broken> broken = new ArrayList<>();
    private final long[] asked = new long[RULES + 1];

    /** What broke a rule, in the order in which it was seen; empty is what should be. */
    public synchronized List<Broken> broken() {
        return List.copyOf(broken);
    }

    /** How many single questions were asked of each rule, whatever the answer; a rule that nothing was asked of is absent. */
    public synchronized Map<Integer, Long> asked() {
        Map<Integer, Long> times = new TreeMap<>();
        for (int rule = 1; rule <= RULES; rule++) {
            if (asked[rule] > 0) {
                times.put(rule, asked[rule]);
            }
        }
        return times;
    }

    /** Asks whether the rule holds after the call. */
    void holds(int rule, boolean kept, Call call, Supplier<String> what) {
        holds(
                rule,
                kept,
                call.at(),
                what,
                () -> "%s (call %d of %s, %s)".formatted(call.action(), call.sequence(), call.invocation(), call.at()));
    }

    /** Asks whether the rule holds at a moment that has a name. */
    void holds(int rule, boolean kept, Instant at, Supplier<String> what, String moment) {
        holds(rule, kept, at, what, () -> moment);
    }

    private synchronized void holds(int rule, boolean kept, Instant at, Supplier<String> what, Supplier<String> after) {
        asked[rule]++;
        if (!kept) {
            broken.add(new Broken(rule, at, what.get(), after.get()));
        }
    }
}
