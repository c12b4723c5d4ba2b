package dev.greenlight.cli.compare;

import dev.greenlight.sandbox.load.Outcome;
import dev.greenlight.sandbox.load.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers as a test writes them down: one each second of both clocks. */
final class Visits {

    static final Instant BEGIN = Instant.parse("2026-07-03T10:00:00Z");

    private final List<Sample> samples = new ArrayList<>();

    /** So many good answers of the version. */
    Visits good(String version, int times) {
        return add(times, new Outcome.Answered(200), Optional.of(version));
    }

    /** So many errors of the version's own. */
    Visits bad(String version, int times) {
        return add(times, new Outcome.Answered(500), Optional.of(version));
    }

    /** So many requests that nobody answered. */
    Visits lost(int times) {
        return add(times, new Outcome.Answered(502), Optional.empty());
    }

    private Visits add(int times, Outcome outcome, Optional<String> version) {
        for (int i = 0; i < times; i++) {
            Instant at = at(samples.size());
            samples.add(new Sample(at, at, outcome, version, Duration.ZERO));
        }
        return this;
    }

    /** When the answer of that number came, the first one's being 0. */
    static Instant at(int number) {
        return BEGIN.plusSeconds(number);
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }

    Answers answers() {
        return new Answers(samples);
    }
}
