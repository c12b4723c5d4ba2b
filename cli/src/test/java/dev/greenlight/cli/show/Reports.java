package dev.greenlight.cli.show;

import dev.greenlight.cli.demo.DemoReport;
import dev.greenlight.cli.demo.Frame;
import dev.greenlight.cli.demo.Outcome;
import dev.greenlight.cli.demo.Plan;
import dev.greenlight.cli.demo.Release;
import dev.greenlight.cli.theatre.Told;
import dev.greenlight.cli.theatre.WeightsWritten;
import dev.greenlight.sandbox.receipt.Bucket;
import dev.greenlight.sandbox.receipt.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Made-up reports: four releases as the demo should play them, and single ones to bend. */
public final class Reports {

    public static final Instant MERGE = Instant.parse("2026-03-01T10:00:00Z");
    static final Instant SANDBOX = Instant.parse("2026-03-01T08:00:00Z");

    private static final Duration SLICE = Duration.ofMillis(250);

    private Reports() {}

    /** All four, with every promise kept. */
    public static DemoReport kept() {
        return new DemoReport(List.of(good(), rejected(), regressed(), byHand()), 81.4);
    }

    /** The same, but that the regressed one took two writes to come back. */
    public static DemoReport broken() {
        return new DemoReport(List.of(good(), rejected(), regressed(2), byHand()), 81.4);
    }

    static Release good() {
        return new Release(
                "good",
                "v2",
                Optional.of("v1"),
                Plan.PROMOTED,
                Outcome.PROMOTED,
                "baked for 10 minutes with every check passed",
                MERGE,
                receipt(traffic(18, new Turn(0, "v1", 0), new Turn(9.5, "v2", 0)), 0.31, null),
                2,
                0,
                34,
                Optional.empty(),
                412,
                List.of(
                        told(
                                0.4,
                                0,
                                "begin",
                                "v2 takes fleet B, which is empty; blue is fleet A with v1",
                                "A 100% B 0%"),
                        told(0.6, 1, "scale", "fleet B to 1 of 4 instances", "A 100% B 0%"),
                        told(1.5, 3, "hold", "waiting for green's first instance", "A 100% B 0%"),
                        told(2.1, 4, "hold", "waiting for green's first instance", "A 100% B 0%"),
                        told(3.2, 6, "installing", "1 of 4 instances in service, the others follow", "A 100% B 0%"),
                        told(5.8, 12, "validating", "the revision is on all 4 instances", "A 100% B 0%"),
                        told(7.4, 15, "hold", "all checks passed 1 of 3 times", "A 100% B 0%"),
                        told(8.6, 17, "hold", "all checks passed 2 of 3 times", "A 100% B 0%"),
                        told(9.5, 19, "shift", "green has 4 healthy of 4, this step needs 4", "A 100% B 0%"),
                        told(9.9, 20, "verifying", "all 1 steps are on the rule", "A 0% B 100%"),
                        told(16.8, 34, "promote", "baked for 10 minutes with every check passed", "A 0% B 100%")),
                List.of(write(0.5, 100, 0), write(9.5, 0, 100)));
    }

    static Release rejected() {
        return new Release(
                "rejected",
                "v3",
                Optional.of("v2"),
                Plan.REJECTED,
                Outcome.REJECTED,
                "smoke test GET /health on fleet A answered 500 instead of 200, 3 of 3 times",
                MERGE,
                receipt(traffic(12, new Turn(0, "v2", 0)), null, null),
                1,
                0,
                21,
                Optional.empty(),
                287,
                List.of(
                        told(
                                0.3,
                                40,
                                "begin",
                                "v3 replaces the warm fleet A; the way back to v1 is lost",
                                "A 0% B 100%"),
                        told(6.2, 52, "validating", "the revision is on all 4 instances", "A 0% B 100%"),
                        told(10.1, 60, "reject", "smoke test GET /health on fleet A answered 500", "A 0% B 100%")),
                List.of(write(0.4, 0, 100)));
    }

    static Release regressed() {
        return regressed(1);
    }

    static Release regressed(int wayBackWrites) {
        return new Release(
                "regressed",
                "v4",
                Optional.of("v2"),
                Plan.TAKES_ITSELF_BACK,
                Outcome.ROLLED_BACK,
                "5xx of green is 18.2 % of 214 answers, blue's was 0.0 % of 1,120: more than 1 point worse",
                MERGE,
                receipt(
                        traffic(17, new Turn(0, "v2", 0), new Turn(8.2, "v4", 0.18), new Turn(12.4, "v2", 0)),
                        0.28,
                        0.37),
                3,
                wayBackWrites,
                29,
                Optional.of(false),
                398,
                List.of(
                        told(0.3, 70, "begin", "v4 takes fleet A, blue is fleet B with v2", "A 0% B 100%"),
                        told(6.0, 82, "validating", "the revision is on all 4 instances", "A 0% B 100%"),
                        told(8.2, 87, "shift", "green has 4 healthy of 4, this step needs 4", "A 0% B 100%"),
                        told(8.6, 88, "verifying", "all 1 steps are on the rule", "A 100% B 0%"),
                        told(9.6, 90, "hold", "5xx: 12 of 30 samples", "A 100% B 0%"),
                        told(
                                12.4,
                                95,
                                "roll back",
                                "5xx of green is 18.2 % of 214 answers, blue's was 0.0 %: more than 1 point worse",
                                "A 100% B 0%")),
                List.of(write(0.4, 0, 100), write(8.2, 100, 0), write(12.4, 0, 100)));
    }

    static Release byHand() {
        return new Release(
                "by-hand",
                "v5",
                Optional.of("v2"),
                Plan.TAKEN_BACK_BY_HAND,
                Outcome.ROLLED_BACK,
                "asked for by ada: totals are off by a cent",
                MERGE,
                receipt(traffic(24, new Turn(0, "v2", 0), new Turn(8.4, "v5", 0), new Turn(20.6, "v2", 0)), 0.3, 0.33),
                3,
                1,
                33,
                Optional.of(true),
                455,
                List.of(
                        told(0.3, 110, "begin", "v5 takes fleet A, blue is fleet B with v2", "A 0% B 100%"),
                        told(8.4, 127, "shift", "green has 4 healthy of 4, this step needs 4", "A 0% B 100%"),
                        told(15.1, 141, "promote", "baked for 10 minutes with every check passed", "A 100% B 0%"),
                        told(20.6, 330, "roll back", "asked for by ada: totals are off by a cent", "A 100% B 0%")),
                List.of(write(0.4, 0, 100), write(8.4, 100, 0), write(20.6, 0, 100)));
    }

    /** {@link #good()} with other words in every place where words can come from outside. */
    static Release saying(String words) {
        Release good = good();
        return new Release(
                words,
                words,
                Optional.of(words),
                good.expected(),
                good.outcome(),
                words,
                good.from(),
                receipt(traffic(3, new Turn(0, words, 0.5)), 0.2, null),
                1,
                0,
                30,
                Optional.empty(),
                10,
                List.of(new Told(at(1), SANDBOX, words, words, words)),
                List.of());
    }

    static Told told(double second, double sandboxMinute, String decision, String reason, String routing) {
        return new Told(at(second), SANDBOX.plusMillis(Math.round(sandboxMinute * 60_000)), decision, reason, routing);
    }

    static Frame frame(double seconds, List<Frame.FleetLine> fleets) {
        return new Frame(
                seconds,
                SANDBOX.plusSeconds(Math.round(seconds * 120)),
                "good",
                "Rollout: AllowTraffic",
                fleets,
                "A 100% B 0%",
                Map.of("v1", 1.0),
                Math.round(seconds * 60),
                0,
                List.of());
    }

    /** From a second on, this version answers, and this share of its answers is bad. */
    private record Turn(double second, String version, double bad) {}

    private static WeightsWritten write(double second, int a, int b) {
        return new WeightsWritten(at(second), a, b);
    }

    private static Instant at(double second) {
        return MERGE.plusMillis(Math.round(second * 1000));
    }

    /** 60 requests a second, answered by whose turn it is; the one before answers a little longer. */
    private static List<Bucket> traffic(double seconds, Turn... turns) {
        List<Bucket> buckets = new ArrayList<>();
        for (double at = 0; at < seconds; at += SLICE.toMillis() / 1000.0) {
            Map<String, Long> answered = new TreeMap<>();
            Map<String, Long> failed = new TreeMap<>();
            for (Turn turn : turns) {
                if (turn.second() <= at) {
                    answered.clear();
                    failed.clear();
                    answered.put(turn.version(), 15L);
                    long bad = Math.round(15 * turn.bad());
                    if (bad > 0) {
                        failed.put(turn.version(), bad);
                    }
                }
            }
            buckets.add(new Bucket(at(at), answered, failed));
        }
        return buckets;
    }

    private static Receipt receipt(List<Bucket> buckets, Double switched, Double wentBack) {
        Map<String, Long> answered = new TreeMap<>();
        Map<String, Long> failed = new TreeMap<>();
        for (Bucket bucket : buckets) {
            bucket.requestsByVersion().forEach((version, n) -> answered.merge(version, n, Long::sum));
            bucket.failedByVersion().forEach((version, n) -> failed.merge(version, n, Long::sum));
        }
        return new Receipt(
                answered.values().stream().mapToLong(n -> n).sum(),
                failed.values().stream().mapToLong(n -> n).sum(),
                answered,
                failed,
                OptionalDouble.of(4.2),
                OptionalDouble.of(21.7312),
                switched == null ? OptionalDouble.empty() : OptionalDouble.of(switched),
                wentBack == null ? OptionalDouble.empty() : OptionalDouble.of(wentBack),
                buckets);
    }
}
