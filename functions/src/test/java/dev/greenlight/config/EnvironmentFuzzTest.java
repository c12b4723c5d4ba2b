package dev.greenlight.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged settings are read or refused with their names, in no time, and a secret among them is never repeated. */
class EnvironmentFuzzTest {

    private static final int ENVIRONMENTS = 5_000;
    private static final String SECRET = "a-preview-secret-never-to-be-repeated";

    private static final List<String> ODD = List.of(
            "",
            " ",
            "-1",
            "0",
            "999999999999999999999999",
            "NaN",
            "1e400",
            "PT0S",
            "PT-5M",
            "PT2562047788015215H",
            "P106751991167300D",
            "PT1S PT1S",
            "{}",
            "[]",
            "[{}]",
            "[{},{},{}]",
            "{\"path\":\"/health\"}",
            "[{\"path\":\"/a\\r\\nHost: b\"}]",
            "{\"tolerance\":-0.0}",
            "{\"tolerance\":1e-400,\"minimumRequests\":9223372036854775807}",
            "{\"ratio\":1e309,\"window\":\"PT2562047788015215H\"}",
            "{\"budget\":\"PT2562047788015215H\",\"path\":\"/\"}",
            "[".repeat(5_000),
            "{\"a\":".repeat(5_000),
            ",,,,",
            "a,a,a",
            "capacity,capacity",
            "smoke,alarms,error-share,latency",
            "https://user:word@example.com",
            "https://[::1",
            "http://",
            "file:///etc/passwd",
            "arn:aws:elasticloadbalancing:::listener-rule/app/",
            "\u0000\r\n\u202e",
            "x".repeat(4_000));

    private static Map<String, String> whole() {
        String elb = "arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:";
        Map<String, String> whole = new HashMap<>();
        whole.put("AWS_REGION", "ap-northeast-2");
        whole.put("GREENLIGHT_SERVICE", "checkout");
        whole.put("GREENLIGHT_STRATEGY", "blue-green");
        whole.put("GREENLIGHT_RULE", elb + "listener-rule/app/checkout/1/2/3");
        whole.put("GREENLIGHT_LOAD_BALANCER", elb + "loadbalancer/app/checkout/1");
        whole.put("GREENLIGHT_APPLICATION", "checkout");
        whole.put("GREENLIGHT_TABLE", "greenlight");
        whole.put("GREENLIGHT_SCHEDULE_GROUP", "greenlight");
        whole.put("GREENLIGHT_SCHEDULE_ROLE", "arn:aws:iam::123456789012:role/scheduler");
        whole.put("GREENLIGHT_RETIRE_FUNCTION", "arn:aws:lambda:ap-northeast-2:123456789012:function:retire-blue");
        whole.put("GREENLIGHT_SELF", "arn:aws:lambda:ap-northeast-2:123456789012:function:self");
        for (String fleet : List.of("A", "B")) {
            whole.put("GREENLIGHT_" + fleet + "_ASG", "checkout-" + fleet);
            whole.put("GREENLIGHT_" + fleet + "_TARGET_GROUP", elb + "targetgroup/checkout-" + fleet + "/1");
            whole.put("GREENLIGHT_" + fleet + "_DEPLOYMENT_GROUP", "checkout-" + fleet);
            whole.put("GREENLIGHT_" + fleet + "_LAUNCH_TEMPLATE", "lt-1");
            whole.put("GREENLIGHT_" + fleet + "_LAUNCH_VERSION", "1");
            whole.put("GREENLIGHT_PREVIEW_SECRET_" + fleet, SECRET + fleet);
        }
        whole.put("GREENLIGHT_PREVIEW_URL", "https://example.com");
        whole.put("GREENLIGHT_PREVIEW_HOST", "example.com");
        whole.put("GREENLIGHT_PREVIEW_HEADER", "X-Preview");
        whole.put("GREENLIGHT_SMOKE_TESTS", "[{\"path\":\"/health\",\"budget\":\"PT2S\"}]");
        whole.put("GREENLIGHT_ERROR_SHARE", "{\"tolerance\":0.01}");
        whole.put("GREENLIGHT_LATENCY", "{\"ratio\":1.5}");
        whole.put("GREENLIGHT_ALARMS", "one,two");
        whole.put("GREENLIGHT_CHECKS_BEFORE", "capacity,smoke");
        whole.put("GREENLIGHT_CHECKS_UNDER", "alarms,latency");
        whole.put("GREENLIGHT_WHILE_BLUE_WARM", "replace");
        whole.put("GREENLIGHT_HOOK_FLEET", "A");
        whole.put("GREENLIGHT_FIRST_SIZE", "4");
        whole.put("GREENLIGHT_STEADY_READS", "3");
        for (String time : List.of(
                "PREPARING",
                "INSTALLING",
                "VALIDATING",
                "APPROVAL",
                "SHIFTING",
                "VERIFYING",
                "BAKE",
                "READ_SPACING",
                "BLUE_LIFETIME",
                "ORPHANED",
                "DRAIN",
                "COOLDOWN")) {
            whole.put("GREENLIGHT_" + time, "PT5M");
        }
        return whole;
    }

    @Test
    void the_whole_ones_are_read() {
        assertThat(Environment.read(whole()).preview()).isPresent();
    }

    @Test
    void each_variable_may_be_missing_or_odd() {
        for (String name : whole().keySet()) {
            Map<String, String> without = whole();
            without.remove(name);
            assertThat(outcome(without)).as("without " + name).isEmpty();
            for (String odd : ODD) {
                Map<String, String> changed = whole();
                changed.put(name, odd);
                assertThat(outcome(changed)).as(name + " as " + odd).isEmpty();
            }
        }
    }

    /** Guards against adding up what was refused already: together the two are longer than any time can be. */
    @Test
    void two_times_may_be_endless() {
        Map<String, String> endless = whole();
        endless.put("GREENLIGHT_BAKE", "PT2562047788015215H");
        endless.put("GREENLIGHT_VERIFYING", "PT2562047788015215H");

        assertThat(outcome(endless)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 20260105})
    void several_may_be(long seed) {
        Random random = new Random(seed);
        List<String> names = whole().keySet().stream().sorted().toList();
        for (int i = 0; i < ENVIRONMENTS; i++) {
            Map<String, String> changed = whole();
            for (int times = random.nextInt(5); times >= 0; times--) {
                String name = names.get(random.nextInt(names.size()));
                if (random.nextInt(4) == 0) {
                    changed.put(name.toLowerCase(Locale.ROOT), changed.remove(name) + "");
                } else {
                    changed.put(name, ODD.get(random.nextInt(ODD.size())));
                }
            }
            assertThat(outcome(changed)).as(changed.toString()).isEmpty();
        }
    }

    /** What came of it that may not; empty where the settings were read and can be worked with, or refused. */
    private static Optional<String> outcome(Map<String, String> variables) {
        try {
            return unusable(Environment.read(variables));
        } catch (ConfigurationFault refused) {
            return refused.getMessage().contains(SECRET) ? Optional.of("a secret is told") : Optional.empty();
        } catch (RuntimeException uncaught) {
            return Optional.of(uncaught + " at " + uncaught.getStackTrace()[0]);
        }
    }

    /** Times that can be added to a clock, to one another, and waited for. */
    private static Optional<String> unusable(Settings settings) {
        List<Duration> times = new ArrayList<>(List.of(
                settings.terms().drain(),
                settings.terms().cooldown(),
                settings.terms().pace().bake(),
                settings.terms().pace().verifying(),
                settings.terms().pace().approval(),
                settings.terms().pace().blueLifetime(),
                settings.terms().pace().orphaned()));
        return times.stream()
                .filter(time -> time.compareTo(Duration.ofDays(31)) > 0)
                .findFirst()
                .map(time -> "a time of " + time);
    }
}
