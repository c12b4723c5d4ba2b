package dev.greenlight.domain.check;

import java.util.List;

/**
 * The answer of one check. No data is never a pass: it is inconclusive.
 *
 * @param check the check's name, as the settings give it
 * @param detail what was measured, with its numbers
 */
public record Verdict(String check, Outcome outcome, String detail) {

    /** What a verdict says, from the best to the worst. */
    public enum Outcome {
        PASS,
        INCONCLUSIVE,
        FAIL
    }

    public static Verdict pass(String check, String detail) {
        return new Verdict(check, Outcome.PASS, detail);
    }

    public static Verdict fail(String check, String detail) {
        return new Verdict(check, Outcome.FAIL, detail);
    }

    public static Verdict inconclusive(String check, String detail) {
        return new Verdict(check, Outcome.INCONCLUSIVE, detail);
    }

    /** The worst of several outcomes; of none, {@code INCONCLUSIVE}. */
    public static Outcome worst(List<Verdict> verdicts) {
        return verdicts.stream().map(Verdict::outcome).max(Outcome::compareTo).orElse(Outcome.INCONCLUSIVE);
    }

    /** The verdicts with this outcome in one line, {@code "smoke: 503 at /health; latency: p99 900 ms"}. */
    public static String summary(List<Verdict> verdicts, Outcome outcome) {
        return String.join(
                "; ",
                verdicts.stream()
                        .filter(v -> v.outcome() == outcome)
                        .map(v -> v.check() + ": " + v.detail())
                        .toList());
    }
}
