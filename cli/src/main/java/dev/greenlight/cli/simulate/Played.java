package dev.greenlight.cli.simulate;

import java.util.List;
import java.util.Map;

/**
 * What came of a life.
 *
 * @param end how both fleets, the rule and the store were left
 * @param broken what broke a rule, in the order in which it was seen
 * @param asked how often each rule was held against what was true
 * @param worst the worst of each kind
 * @param history what happened around the first breakage, in lines; empty where nothing broke
 */
record Played(
        Life life,
        String end,
        List<Broken> broken,
        long rollouts,
        long awsCalls,
        long faults,
        Map<Integer, Long> asked,
        Map<Worst.Kind, Double> worst,
        List<String> history) {

    /** Whether something was to go wrong in this life, and did not. */
    boolean idle() {
        return faults < life.mishaps().size();
    }

    /** Whether the first thing that broke is this one. */
    boolean breaks(Broken same) {
        return !broken.isEmpty() && broken.getFirst().like(same);
    }
}
