package dev.greenlight.service;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the checks. Their bounds are those of the functions' own settings, so that a fault shows here and not at night. */
final class ChecksReader {

    private static final Form<Integer> MINIMUM = Form.number(1, 1_000_000);
    private static final Form<Duration> WINDOW = Form.duration(Duration.ofMinutes(1), Duration.ofHours(3));

    /** All smoke tests together, each with its budget and a second more, as the functions wait for them. */
    private static final Duration SMOKE_LIMIT = Duration.ofSeconds(20);

    private static final Duration SLACK = Duration.ofSeconds(1);
    private static final Duration BUDGET = Duration.ofSeconds(5);

    private ChecksReader() {}

    /** @param paths what the load balancer takes for the service's; all paths where it is empty */
    static Config.Checks read(Section checks, List<String> paths) {
        List<Config.SmokeTest> smoke =
                checks.sections("smoke").stream().map(ChecksReader::smokeTest).toList();
        for (Config.SmokeTest test : smoke) {
            if (!paths.isEmpty() && paths.stream().noneMatch(pattern -> covers(pattern, test.path()))) {
                checks.fault(
                        "smoke",
                        "%s is none of network.paths: the load balancer would never send it to green"
                                .formatted(Excerpt.of(test.path())));
            }
        }
        Duration together = smoke.stream().map(ChecksReader::longest).reduce(Duration.ZERO, Duration::plus);
        if (together.compareTo(SMOKE_LIMIT) > 0) {
            checks.fault(
                    "smoke",
                    "one after the other they may wait %s s, and have %d s: fewer tests or shorter budgets"
                            .formatted(seconds(together), SMOKE_LIMIT.toSeconds()));
        }
        List<String> alarms =
                checks.list("alarms", Form.matching("[^,\\s][^,]{0,254}", "an alarm's name without a comma"), 50);
        Section share = checks.section("errorShare");
        Config.Comparison errorShare = new Config.Comparison(
                share.optional("tolerance", Form.decimal(0, 0.99)),
                Optional.empty(),
                share.optional("minimumRequests", MINIMUM),
                share.optional("window", WINDOW));
        Section slow = checks.section("latency");
        Config.Comparison latency = new Config.Comparison(
                slow.optional("ratio", Form.decimal(1, 100)),
                slow.optional("ceilingMillis", Form.number(1, 600_000)),
                slow.optional("minimumRequests", MINIMUM),
                slow.optional("window", WINDOW));
        return new Config.Checks(
                smoke,
                alarms,
                share.present() ? Optional.of(errorShare) : Optional.empty(),
                slow.present() ? Optional.of(latency) : Optional.empty(),
                checks.value("onInstance", Form.FLAG, false));
    }

    /** As "Condition types for listener rules" has it: the query is not looked at, {@code *} is any characters, {@code ?} is one. */
    private static boolean covers(String pattern, String path) {
        String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return path.replaceFirst("\\?.*", "").matches(regex);
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    /** Blue is asked right before green, and once more where their answers differ. */
    private static Duration longest(Config.SmokeTest test) {
        return test.budget().orElse(BUDGET).plus(SLACK).multipliedBy(test.sameAsBlue() ? 3 : 1);
    }

    private static Config.SmokeTest smokeTest(Section test) {
        return new Config.SmokeTest(
                test.required("path", Form.matching("/[!-~]*", "a path such as /health"), "/"),
                test.optional("status", Form.number(100, 599)),
                test.optional("body", Form.TEXT),
                test.optional("version", Form.matching("[A-Za-z0-9-]{1,40}", "a header's name")),
                test.optional("budget", Form.duration(Duration.ofMillis(1), Duration.ofSeconds(19))),
                test.value("sameAsBlue", Form.FLAG, false));
    }
}
