package dev.greenlight.cli.show;

import dev.greenlight.cli.simulate.Findings;
import dev.greenlight.cli.simulate.Violation;
import dev.greenlight.cli.simulate.Worst;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What simulations might find. */
public final class Simulations {

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

    private static Findings findings(List<Violation> violations, boolean complete) {
        return new Findings(
                1_200,
                2_000,
                845_000,
                2_300,
                3_100_000,
                Map.of("a good release", 1_500L, "a crash", 90L),
                violations,
                new Worst(Map.of(
                        Worst.Kind.HEALTHY_UNDER_TRAFFIC,
                        new Worst.Seen(0.5, "seed 4", "--seed 4 --rollouts 1"),
                        Worst.Kind.SECONDS_ON_BAD_VERSION,
                        new Worst.Seen(250, "seed 9", "--seed 9 --rollouts 1"))),
                Duration.ofMillis(12_500),
                complete);
    }
}
