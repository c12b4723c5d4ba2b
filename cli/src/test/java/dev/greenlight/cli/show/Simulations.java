package dev.greenlight.cli.show;

import dev.greenlight.cli.simulate.Breakdown;
import dev.greenlight.cli.simulate.Findings;
import dev.greenlight.cli.simulate.Violation;
import dev.greenlight.cli.simulate.Worst;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What simulations might find. */
public final class Simulations {

    /** As often as each rule was asked; nobody asked rule 9. */
    private static final Map<Integer, Long> EVERY_RULE = Map.of(
            1,
            1_000_000L,
            2,
            600_000L,
            3,
            100_000L,
            4,
            500_000L,
            5,
            600_000L,
            6,
            100_000L,
            7,
            100_000L,
            8,
            50_000L,
            10,
            25_000L,
            11,
            25_000L);

    private Simulations() {}

    public static Findings kept() {
        return findings(List.of(), true);
    }

    public static Findings broken() {
        return findings(
                List.of(new Violation(
                        "seed 17",
                        17,
                        1,
                        "fleet B got traffic with 0 of 2 instances healthy",
                        List.of("a service with 2 instances", "00:00:00 v2 is merged, a good release"),
                        "--seed 17 --rollouts 1")),
                true);
    }

    public static Findings stopped() {
        return findings(List.of(), false);
    }

    /** Ended before its first life was over. */
    public static Findings nothing(Optional<Breakdown> breakdown) {
        return new Findings(
                0,
                0,
                0,
                0,
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                Worst.NOTHING,
                Duration.ofSeconds(1),
                false,
                breakdown);
    }

    public static Breakdown breakdown() {
        return new Breakdown("seed 5", "--seed 5 --rollouts 1", new StackOverflowError("of the simulator"));
    }

    private static Findings findings(List<Violation> violations, boolean complete) {
        return new Findings(
                1_200,
                2_000,
                845_000,
                2_300,
                EVERY_RULE,
                Map.of("a good release", 1_500L, "a crash", 90L),
                List.of(),
                violations,
                new Worst(Map.of(
                        Worst.Kind.HEALTHY_UNDER_TRAFFIC,
                        new Worst.Seen(0.5, "seed 4", "--seed 4 --rollouts 1"),
                        Worst.Kind.SECONDS_ON_BAD_VERSION,
                        new Worst.Seen(250, "seed 9", "--seed 9 --rollouts 1"))),
                Duration.ofMillis(12_500),
                complete,
                Optional.empty());
    }
}
