package dev.greenlight.cli.show;

import dev.greenlight.cli.compare.ComparisonReport;
import dev.greenlight.cli.compare.Contender;
import dev.greenlight.cli.compare.Exposure;
import dev.greenlight.cli.compare.Measured;
import dev.greenlight.cli.compare.Picture;
import dev.greenlight.sandbox.receipt.Bucket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Tables as they might be measured. */
public final class Comparisons {

    private static final Instant MERGE = Instant.parse("2026-07-03T10:00:00Z");

    private Comparisons() {}

    /** Every strategy that there is, with numbers that are all different. */
    public static ComparisonReport all() {
        List<String> names = Contender.names();
        return report(names.stream()
                .map(name -> measured(name, 1000 + names.indexOf(name), "asked for"))
                .toList());
    }

    /** Some of them, while another one went astray. */
    public static ComparisonReport without(String astray) {
        ComparisonReport all = all();
        return new ComparisonReport(
                all.strategies().subList(0, 1), List.of(astray), all.perSecond(), all.factor(), all.seconds());
    }

    /** One whose words are somebody else's. */
    static ComparisonReport saying(String words) {
        return report(List.of(measured("blue-green", 5, words)));
    }

    /** A canary whose bad version met such a share of its users, of 5 %. */
    static ComparisonReport canary(long bad) {
        Measured usual = measured("canary", 636, "asked for");
        return report(List.of(new Measured(
                usual.name(),
                1,
                usual.requests(),
                0,
                0,
                600,
                1,
                new Exposure(1000, bad, OptionalDouble.of(0.05)),
                20,
                5.2,
                636,
                usual.good(),
                usual.bad())));
    }

    private static ComparisonReport report(List<Measured> strategies) {
        return new ComparisonReport(strategies, List.of(), 200, 60, 93);
    }

    private static Measured measured(String name, long calls, String words) {
        return new Measured(
                name,
                1,
                2000,
                3,
                12.3456,
                0.05,
                1.021,
                new Exposure(200, 200, OptionalDouble.of(1)),
                10.486,
                4.6389,
                calls,
                picture("v1", "v2", 0, words),
                picture("v2", "v3", 17, words));
    }

    private static Picture picture(String before, String version, long failed, String words) {
        return new Picture(
                version,
                before,
                MERGE,
                400,
                failed,
                1,
                words,
                List.of(
                        new Bucket(MERGE, Map.of(before, 50L), Map.of()),
                        new Bucket(
                                MERGE.plusMillis(250),
                                Map.of(before, 20L, version, 30L),
                                failed == 0 ? Map.of() : Map.of(version, failed)),
                        new Bucket(MERGE.plusMillis(500), Map.of(version, 50L), Map.of()),
                        new Bucket(MERGE.plusMillis(750), Map.of(version, 5L), Map.of())));
    }
}
