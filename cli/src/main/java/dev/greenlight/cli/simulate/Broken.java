package dev.greenlight.cli.simulate;

import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A rule of docs/rules.md that did not hold.
 *
 * @param rule its number, 1 to 11
 * @param at sandbox time
 * @param what what was seen, in words
 * @param after the call to AWS after which it was seen, or the moment
 */
public record Broken(int rule, Instant at, String what, String after) {

    private static final Pattern PARTICULAR = Pattern.compile("\\b[0-9a-f-]{36}\\b|\\bv?\\d+\\b");
    private static final int WORDS = 5;

    /** Whether it is the same thing that broke, whatever the numbers and names. */
    boolean like(Broken other) {
        return rule == other.rule && outline().equals(other.outline());
    }

    private String outline() {
        String[] words = PARTICULAR.matcher(what).replaceAll("").split("\\s+");
        return String.join(" ", Arrays.asList(words).subList(0, Math.min(WORDS, words.length)));
    }

    @Override
    public String toString() {
        return "rule %d: %s after %s".formatted(rule, what, after);
    }
}
