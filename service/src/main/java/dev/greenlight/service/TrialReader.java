package dev.greenlight.service;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads an A/B test. Its bounds are those of the functions' own settings, so that a fault shows here and not at night. */
final class TrialReader {

    static final String KIND = "a-b";
    static final String[] KEYS = {
        "share", "audience", "sticks", "runs", "end", "within", "otherwise", "compare", "metric"
    };

    private static final Form<Integer> SHARE = Form.number(1, 50);

    /** A target group's cookie holds no longer ("TargetGroupStickinessConfig"). */
    private static final Duration LONGEST_STICKING = Duration.ofDays(7);

    private static final Form<Duration> STICKS = Form.duration(Duration.ofSeconds(1), LONGEST_STICKING);

    /** Less says nothing that a canary would not; more is two versions for good. */
    private static final Form<Duration> RUNS = Form.duration(Duration.ofHours(1), Duration.ofDays(30));

    private static final Form<Duration> WITHIN = Form.duration(Duration.ofMinutes(1), Duration.ofDays(14));
    private static final Form<String> END =
            Form.word(Stream.of(Trial.End.values()).map(Trial.End::word).toArray(String[]::new));
    private static final Form<String> OTHERWISE = Form.word("roll-back", "go-on");
    private static final Form<Integer> MINIMUM = Form.number(1, 1_000_000_000);
    private static final Form<String> NAME =
            Form.matching("[!-9;-~][ -9;-~]{0,254}", "a name in plain characters, without a colon");

    private TrialReader() {}

    /** What the file says of a test, whatever its kind: keys that are of another kind are refused by whoever knows it. */
    static Trial read(Section strategy) {
        Duration runs = strategy.value("runs", RUNS, Duration.ofDays(1));
        Optional<Duration> sticks = strategy.optional("sticks", STICKS);
        sticks.filter(time -> time.compareTo(runs) > 0)
                .ifPresent(time -> strategy.fault(
                        "sticks",
                        "%s outlives the test, which runs %s: a user would come to the next one on the side that this one drew"
                                .formatted(Form.words(time), Form.words(runs))));
        int share = strategy.value("share", SHARE, 1);
        Optional<Audience> audience = AudienceReader.read(strategy);
        if (audience.isPresent() && strategy.has("sticks")) {
            strategy.fault("sticks", "an audience's requests say each time on which side they are");
        }
        Section compare = strategy.section("compare");
        Section metric = strategy.section("metric");
        String end = strategy.value("end", END, Trial.End.PROMOTE.word());
        return new Trial(
                audience.<Trial.Who>map(named -> named)
                        .orElseGet(() -> new Trial.Share(
                                share, sticks.orElse(runs.compareTo(LONGEST_STICKING) < 0 ? runs : LONGEST_STICKING))),
                runs,
                Stream.of(Trial.End.values())
                        .filter(known -> known.word().equals(end))
                        .findFirst()
                        .orElseThrow(),
                strategy.value("within", WITHIN, Duration.ofDays(1)),
                strategy.value("otherwise", OTHERWISE, "roll-back").equals("go-on"),
                new Trial.Bar(
                        compare.value("errorShare", Form.decimal(0, 0.99), 0.01),
                        compare.value("latencyRatio", Form.decimal(1, 100), 1.5),
                        compare.value("minimumRequests", MINIMUM, 1_000)),
                Optional.of(metric(metric)).filter(named -> metric.present()));
    }

    /** Whoever asks for a test says who tries green. */
    static Config.Traffic traffic(Section strategy, Trial test) {
        boolean audience = test.who() instanceof Audience;
        if (!strategy.has("share") && !audience) {
            strategy.fault(
                    "kind",
                    "an A/B test without an audience: it needs share, the percentage of users who try green, or audience");
        }
        if (strategy.has("share") && audience) {
            strategy.fault("share", "who tries green is said by audience already: one of them");
        }
        return new Config.Traffic.AbTest(test);
    }

    private static Trial.Metric metric(Section metric) {
        String side = metric.value("side", NAME, "AutoScalingGroupName");
        Map<String, String> dimensions = metric.texts("dimensions", NAME, Form.TEXT, 29);
        if (dimensions.containsKey(side)) {
            metric.fault("dimensions", "%s tells the sides apart, and has another value on each".formatted(side));
        }
        return new Trial.Metric(
                metric.required("namespace", NAME, "-"),
                metric.required("name", NAME, "-"),
                side,
                dimensions,
                metric.value("compared", Form.word("per-request", "average"), "per-request")
                        .equals("per-request"),
                metric.value("better", Form.word("higher", "lower"), "higher").equals("higher"),
                metric.value("tolerance", Form.decimal(0, 0.99), 0.05),
                metric.value("minimumSamples", MINIMUM, 100));
    }
}
