package dev.greenlight.infra.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the checks. Their bounds are those of the functions' own settings, so that a fault shows here and not at night. */
final class ChecksReader {

    private static final Form<Integer> MINIMUM = Form.number(1, 1_000_000);
    private static final Form<Duration> WINDOW = Form.duration(Duration.ofMinutes(1), Duration.ofHours(3));

    private ChecksReader() {}

    static Config.Checks read(Section checks) {
        List<Config.SmokeTest> smoke =
                checks.sections("smoke").stream().map(ChecksReader::smokeTest).toList();
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

    private static Config.SmokeTest smokeTest(Section test) {
        return new Config.SmokeTest(
                test.required("path", Form.matching("/[!-~]*", "a path such as /health"), "/"),
                test.optional("status", Form.number(100, 599)),
                test.optional("body", Form.TEXT),
                test.optional("version", Form.matching("[A-Za-z0-9-]{1,40}", "a header's name")),
                test.optional("budget", Form.duration(Duration.ofMillis(1), Duration.ofSeconds(19))));
    }
}
