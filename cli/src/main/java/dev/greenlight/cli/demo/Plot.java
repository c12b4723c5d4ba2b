package dev.greenlight.cli.demo;

import dev.greenlight.sandbox.app.Behaviour;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One release as the demo plays it.
 *
 * @param title what the audience is told before it
 * @param rolledBackAfter sandbox time from promotion until a person rolls it back; empty where nobody does
 */
record Plot(
        String name,
        String version,
        Behaviour behaviour,
        Plan expected,
        String title,
        Optional<Duration> rolledBackAfter) {

    /** One request in this many fails in the regressed release, which its health checks do not see. */
    private static final double REGRESSION = 0.08;

    static final List<Plot> ALL = List.of(
            new Plot(
                    "good",
                    "v2",
                    Behaviour.good(),
                    Plan.PROMOTED,
                    "a good release: v2 replaces v1 under load",
                    Optional.empty()),
            new Plot(
                    "rejected",
                    "v3",
                    Behaviour.good().failing("/checkout", 1),
                    Plan.REJECTED,
                    "a broken release: v3 is healthy, but cannot check out; no visitor may meet it",
                    Optional.empty()),
            new Plot(
                    "regressed",
                    "v4",
                    Behaviour.good().failing("/checkout", REGRESSION),
                    Plan.TAKES_ITSELF_BACK,
                    "a regressed release: v4 passes every test, then fails one visitor in twelve",
                    Optional.empty()),
            new Plot(
                    "by-hand",
                    "v5",
                    Behaviour.good(),
                    Plan.TAKEN_BACK_BY_HAND,
                    "a release that a person takes back three hours later, long after its pipeline",
                    Optional.of(Duration.ofHours(3))));
}
