package dev.greenlight.cli.simulate;

import java.time.Instant;

/**
 * A rule of docs/rules.md that did not hold.
 *
 * @param rule its number, 1 to 11
 * @param at sandbox time
 * @param what what was seen, in words
 * @param after the call to AWS after which it was seen, or the moment
 */
public record Broken(int rule, Instant at, String what, String after) {

    @Override
    public String toString() {
        return "rule %d: %s after %s".formatted(rule, what, after);
    }
}
