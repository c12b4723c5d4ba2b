package dev.greenlight.cli.simulate;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a run found.
 *
 * @param lives lives that were played, random and systematic
 * @param rollouts rollouts that began in them
 * @param awsCalls calls to AWS that were made in them
 * @param faults mishaps that really happened
 * @param rulesChecked single questions whether a rule holds
 * @param tried how often each kind of scene and mishap was in a life, by its words
 * @param violations the lives that broke a rule, shrunk, in the order of their seeds
 * @param worst the worst that was seen in the other lives
 * @param complete false when the run was stopped
 */
public record Findings(
        long lives,
        long rollouts,
        long awsCalls,
        long faults,
        long rulesChecked,
        Map<String, Long> tried,
        List<Violation> violations,
        Worst worst,
        Duration took,
        boolean complete) {

    public Findings {
        tried = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(tried));
        violations = List.copyOf(violations);
    }
}
