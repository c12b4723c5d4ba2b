package dev.greenlight.cli.compare;

import java.util.Optional;

/**
 * What the table that everyone copies says of one strategy in one column.
 *
 * @param words as short as there
 * @param from the least that would bear it out, in the column's unit
 * @param to the most that would
 * @param why where the measurement says otherwise, how that comes; empty where nobody expects it to
 */
public record Claim(String words, double from, double to, Optional<String> why) {

    private static final double MOST = Double.MAX_VALUE;

    /** What no number decides. */
    static Claim said(String words) {
        return new Claim(words, -MOST, MOST, Optional.empty());
    }

    static Claim atLeast(double from, String words) {
        return new Claim(words, from, MOST, Optional.empty());
    }

    static Claim atMost(double to, String words) {
        return new Claim(words, -MOST, to, Optional.empty());
    }

    static Claim between(double from, double to, String words) {
        return new Claim(words, from, to, Optional.empty());
    }

    /** The same, with the reason why it is not so. */
    Claim but(String reason) {
        return new Claim(words, from, to, Optional.of(reason));
    }

    /** Whether what was measured bears it out. */
    public boolean holds(double measured) {
        return measured >= from && measured <= to;
    }
}
