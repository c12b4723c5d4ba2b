package dev.greenlight.config;

import dev.greenlight.domain.check.Check;
import dev.greenlight.domain.check.SmokeTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads which checks are made before users reach green, and which while they are on it. */
final class ConfiguredChecks {

    static final String ALARMS = "GREENLIGHT_ALARMS";
    static final String SMOKE_TESTS = "GREENLIGHT_SMOKE_TESTS";
    static final String ERROR_SHARE = "GREENLIGHT_ERROR_SHARE";
    static final String LATENCY = "GREENLIGHT_LATENCY";
    static final String BEFORE = "GREENLIGHT_CHECKS_BEFORE";
    static final String UNDER = "GREENLIGHT_CHECKS_UNDER";

    private static final List<String> KNOWN =
            List.of("capacity", "instance-status", "target-health", "smoke", "alarms", "error-share", "latency");

    /** No traffic, no figures: these two make sense only under traffic. */
    private static final Set<String> UNDER_TRAFFIC_ONLY = Set.of("error-share", "latency");

    private static final Set<String> BEFORE_BY_DEFAULT =
            Set.of("capacity", "instance-status", "target-health", "smoke");
    private static final Set<String> UNDER_BY_DEFAULT = Set.of("target-health", "alarms", "error-share", "latency");

    private static final Set<String> FLAGS = Set.of("true", "false");

    private static final Duration LONGEST_BUDGET = Check.LIMIT;

    private final Variables variables;
    private final List<String> alarms;
    private final Map<String, Check> configured = new LinkedHashMap<>();

    ConfiguredChecks(Variables variables) {
        this.variables = variables;
        this.alarms = variables.list(ALARMS).orElse(List.of());
        configured.put("capacity", new Check.FleetCapacity());
        configured.put("instance-status", new Check.InstanceStatus());
        configured.put("target-health", new Check.TargetHealth());
        List<SmokeTest> tests = smokeTests();
        if (!tests.isEmpty()) {
            configured.put("smoke", new Check.Smoke(tests));
        }
        if (!alarms.isEmpty()) {
            configured.put("alarms", new Check.Alarms(alarms));
        }
        one(ERROR_SHARE).flatMap(this::errorShare).ifPresent(c -> configured.put("error-share", c));
        one(LATENCY).flatMap(this::latency).ifPresent(c -> configured.put("latency", c));
    }

    List<String> alarms() {
        return alarms;
    }

    boolean smokes() {
        return configured.containsKey("smoke");
    }

    List<Check> before() {
        return moment(BEFORE, BEFORE_BY_DEFAULT, UNDER_TRAFFIC_ONLY);
    }

    List<Check> under() {
        return moment(UNDER, UNDER_BY_DEFAULT, Set.of());
    }

    private List<Check> moment(String variable, Set<String> byDefault, Set<String> senseless) {
        Optional<List<String>> named = variables.list(variable);
        List<String> names =
                named.orElseGet(() -> KNOWN.stream().filter(byDefault::contains).toList());
        List<Check> checks = new ArrayList<>();
        for (String name : names) {
            if (!KNOWN.contains(name) || senseless.contains(name)) {
                List<String> possible =
                        KNOWN.stream().filter(k -> !senseless.contains(k)).toList();
                variables.fault(variable, "'%s' is not one of: %s".formatted(name, String.join(", ", possible)));
            } else if (configured.containsKey(name)) {
                checks.add(configured.get(name));
            } else if (named.isPresent()) {
                variables.fault(variable, "'%s' is asked for, but it is not configured".formatted(name));
            }
        }
        if (checks.isEmpty()) {
            variables.fault(variable, "at least one check must decide");
        }
        return checks;
    }

    private Optional<Fields> one(String variable) {
        List<Map<String, String>> objects = variables.objects(variable);
        if (objects.size() > 1) {
            variables.fault(variable, "one object, not %d".formatted(objects.size()));
        }
        return objects.stream().findFirst().map(o -> new Fields(variables, variable, o));
    }

    private List<SmokeTest> smokeTests() {
        List<SmokeTest> tests = new ArrayList<>();
        variables
                .objects(SMOKE_TESTS)
                .forEach(o -> smokeTest(new Fields(variables, SMOKE_TESTS, o)).ifPresent(tests::add));
        Duration together = tests.stream().map(SmokeTest::longest).reduce(Duration.ZERO, Duration::plus);
        if (together.compareTo(Check.LIMIT) > 0) {
            variables.fault(
                    SMOKE_TESTS,
                    "one after the other they may wait %d s, and have %d s: fewer tests or shorter budgets"
                            .formatted(together.toSeconds(), Check.LIMIT.toSeconds()));
        }
        return tests;
    }

    private Optional<SmokeTest> smokeTest(Fields fields) {
        String path = fields.value("path", "", text -> text);
        int status = fields.value("status", 200, Integer::valueOf);
        Optional<String> body = fields.value("body", Optional.empty(), Optional::of);
        Optional<String> version = fields.value("version", Optional.empty(), Optional::of);
        Duration budget = fields.value("budget", Duration.ofSeconds(5), Duration::parse);
        String same = fields.value("sameAsBlue", "false", text -> text);
        fields.check(
                path.startsWith("/") && path.chars().allMatch(c -> c > ' ' && c < 127),
                "path",
                "not a path such as /health");
        fields.check(status >= 100 && status <= 599, "status", "not an HTTP status");
        fields.check(
                budget.isPositive() && budget.compareTo(LONGEST_BUDGET) <= 0,
                "budget",
                "not between zero and " + LONGEST_BUDGET);
        fields.check(FLAGS.contains(same), "sameAsBlue", "neither true nor false");
        return fields.result(() -> new SmokeTest(path, status, body, version, budget, same.equals("true")));
    }

    private Optional<Check> errorShare(Fields fields) {
        double tolerance = fields.value("tolerance", 0.01, Double::valueOf);
        long minimum = fields.value("minimumRequests", 100L, Long::valueOf);
        Duration window = fields.value("window", Duration.ofMinutes(5), Duration::parse);
        fields.check(tolerance >= 0 && tolerance < 1, "tolerance", "not a share from 0 to 1");
        checkEvidence(fields, minimum, window);
        return fields.result(() -> new Check.ErrorShare(tolerance, minimum, window));
    }

    private Optional<Check> latency(Fields fields) {
        double ratio = fields.value("ratio", 1.5, Double::valueOf);
        long ceiling = fields.value("ceilingMillis", 2_000L, Long::valueOf);
        long minimum = fields.value("minimumRequests", 100L, Long::valueOf);
        Duration window = fields.value("window", Duration.ofMinutes(5), Duration::parse);
        fields.check(ratio >= 1 && ratio <= 100, "ratio", "not from 1 to 100");
        fields.check(ceiling > 0, "ceilingMillis", "not above zero");
        checkEvidence(fields, minimum, window);
        return fields.result(() -> new Check.Latency(ratio, ceiling, minimum, window));
    }

    private static void checkEvidence(Fields fields, long minimum, Duration window) {
        fields.check(minimum > 0, "minimumRequests", "not above zero");
        fields.check(
                window.compareTo(Duration.ofMinutes(1)) >= 0 && window.compareTo(Duration.ofHours(3)) <= 0,
                "window",
                "not from PT1M to PT3H");
    }
}
