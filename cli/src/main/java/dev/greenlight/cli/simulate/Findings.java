package dev.greenlight.cli.simulate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run found.
 *
 * @param lives lives that were played, random and systematic
 * @param rollouts rollouts that began in them
 * @param awsCalls calls to AWS that were made in them
 * @param faults mishaps that really happened
 * @param asked how often each rule was held against what was true; a rule that nothing in these lives concerned is absent
 * @param tried how often each kind of scene and mishap was in a life, by its words
 * @param idle the systematic lives in which what was to go wrong never came
 * @param violations the lives that broke a rule, shrunk, in the order in which they were played
 * @param worst the worst that was seen in the other lives
 * @param complete false when the run was stopped, or broke off
 * @param breakdown the life that the simulator itself broke off in
 */
public record Findings(
        long lives,
        long rollouts,
        long awsCalls,
        long faults,
        Map<Integer, Long> asked,
        Map<String, Long> tried,
        List<String> idle,
        List<Violation> violations,
        Worst worst,
        Duration took,
        boolean complete,
        Optional<Breakdown> breakdown) {

    public Findings {
        tried = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(tried));
        asked = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(asked));
        idle = List.copyOf(idle);
        violations = List.copyOf(violations);
        Objects.requireNonNull(breakdown, "breakdown");
    }

    /** Single questions whether a rule holds. */
    public long rulesChecked() {
        return asked.values().stream().mapToLong(Long::longValue).sum();
    }
}
