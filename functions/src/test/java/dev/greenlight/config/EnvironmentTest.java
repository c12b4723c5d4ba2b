package dev.greenlight.config;

import static dev.greenlight.config.RequiredVariables.ELB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.domain.check.Check;
import dev.greenlight.domain.check.SmokeTest;
import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.strategy.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The variables of a function become its settings, or all that is wrong with them is told in one message. */
class EnvironmentTest {

    private final Map<String, String> variables = RequiredVariables.all();

    @Test
    void what_is_required_is_enough() {
        Settings settings = read();
        assertThat(settings.service()).isEqualTo("checkout");
        assertThat(settings.region()).isEqualTo("ap-northeast-2");
        assertThat(settings.b())
                .isEqualTo(new Fleet(
                        FleetName.B,
                        "checkout-b",
                        ELB + "targetgroup/checkout-b/943f017f100becff",
                        "checkout-b",
                        Optional.empty()));
        assertThat(settings.preview()).isEmpty();
        assertThat(settings.terms().strategy()).isEqualTo(new Strategy.BlueGreen());
        assertThat(settings.terms().replaceWarm()).isTrue();
        assertThat(settings.terms().firstSize()).isEqualTo(2);
        assertThat(settings.terms().hookFleet()).isEqualTo(FleetName.B);
        assertThat(settings.terms().pace().bake()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.terms().pace().blueLifetime()).isEqualTo(Duration.ofHours(8));
        assertThat(settings.terms().beforeTraffic())
                .containsExactly(new Check.FleetCapacity(), new Check.InstanceStatus(), new Check.TargetHealth());
        assertThat(settings.terms().underTraffic()).containsExactly(new Check.TargetHealth());
    }

    @Test
    void what_a_fleet_is_to_launch_from_is_a_template_and_a_number() {
        variables.put("GREENLIGHT_A_LAUNCH_TEMPLATE", "lt-0a");
        variables.put("GREENLIGHT_A_LAUNCH_VERSION", "12");
        assertThat(read().a().newest()).contains(new LaunchSource.Template("lt-0a", "12"));
        assertThat(read().b().newest()).isEmpty();

        variables.put("GREENLIGHT_A_LAUNCH_VERSION", "$Latest");
        variables.put("GREENLIGHT_B_LAUNCH_TEMPLATE", "lt-0b");
        assertThatThrownBy(this::read)
                .hasMessageContaining("GREENLIGHT_A_LAUNCH_VERSION: not a version's number")
                .hasMessageContaining("GREENLIGHT_B_LAUNCH_VERSION: a template and its version go together");
    }

    @Test
    void everything_can_be_said() {
        sayEverything();
        Settings settings = read();
        assertThat(settings.terms().pace().verifying()).isEqualTo(Duration.ofMinutes(20));
        assertThat(settings.terms().replaceWarm()).isFalse();
        assertThat(settings.terms().alarms()).containsExactly("checkout-5xx", "checkout-latency");
        assertThat(settings.terms().beforeTraffic())
                .contains(new Check.Smoke(List.of(
                        new SmokeTest(
                                "/health",
                                200,
                                Optional.of("ok"),
                                Optional.of("X-App-Version"),
                                Duration.ofSeconds(2),
                                false),
                        new SmokeTest(
                                "/missing?x=1",
                                404,
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ofSeconds(5),
                                false))));
        assertThat(settings.terms().underTraffic())
                .containsExactly(
                        new Check.TargetHealth(),
                        new Check.Alarms(List.of("checkout-5xx", "checkout-latency")),
                        new Check.ErrorShare(0.005, 200, Duration.ofMinutes(10)),
                        new Check.Latency(1.2, 800, 50, Duration.ofMinutes(5)));
        Settings.Preview preview = settings.preview().orElseThrow();
        assertThat(preview.secretFor(FleetName.A)).isEqualTo("fake-secret-of-a");
        assertThat(preview.secretFor(FleetName.B)).isEqualTo("fake-secret-of-b");
        assertThat(settings.schedules().self()).isPresent();
        assertThat(settings.terms().hookFleet()).isEqualTo(FleetName.A);
    }

    private void sayEverything() {
        variables.putAll(Map.of(
                "GREENLIGHT_SELF", "arn:aws:lambda:ap-northeast-2:123456789012:function:checkout-before-allow-traffic",
                "GREENLIGHT_STRATEGY", "blue-green",
                "GREENLIGHT_WHILE_BLUE_WARM", "refuse",
                "GREENLIGHT_FIRST_SIZE", "4",
                "GREENLIGHT_DRAIN", "PT1M",
                "GREENLIGHT_HOOK_FLEET", "A",
                "GREENLIGHT_ALARMS", "checkout-5xx, checkout-latency",
                "GREENLIGHT_ERROR_SHARE", "{\"tolerance\":0.005,\"minimumRequests\":200,\"window\":\"PT10M\"}",
                "GREENLIGHT_LATENCY", "{\"ratio\":1.2,\"ceilingMillis\":800,\"minimumRequests\":50}"));
        variables.put("GREENLIGHT_SMOKE_TESTS", """
                [{"path":"/health","body":"ok","version":"X-App-Version","budget":"PT2S"},
                 {"path":"/missing?x=1","status":404}]""");
        variables.putAll(Map.of(
                "GREENLIGHT_PREVIEW_URL", "https://checkout-1234567890.ap-northeast-2.elb.amazonaws.com",
                "GREENLIGHT_PREVIEW_HOST", "checkout.example.com",
                "GREENLIGHT_PREVIEW_HEADER", "X-Greenlight-Preview",
                "GREENLIGHT_PREVIEW_SECRET_A", "fake-secret-of-a",
                "GREENLIGHT_PREVIEW_SECRET_B", "fake-secret-of-b"));
        variables.putAll(Map.of(
                "GREENLIGHT_PREPARING", "PT20M",
                "GREENLIGHT_INSTALLING", "PT40M",
                "GREENLIGHT_VALIDATING", "PT20M",
                "GREENLIGHT_APPROVAL", "P3D",
                "GREENLIGHT_SHIFTING", "PT5M",
                "GREENLIGHT_VERIFYING", "PT20M",
                "GREENLIGHT_BAKE", "PT10M",
                "GREENLIGHT_BLUE_LIFETIME", "PT24H",
                "GREENLIGHT_COOLDOWN", "PT20M",
                "GREENLIGHT_ORPHANED", "PT30M"));
        variables.putAll(Map.of("GREENLIGHT_STEADY_READS", "5", "GREENLIGHT_READ_SPACING", "PT15S"));
    }

    @Test
    void everything_that_can_be_said_fits_lambdas_limit() {
        sayEverything();
        int bytes = variables.entrySet().stream()
                .mapToInt(e -> e.getKey().length() + e.getValue().length())
                .sum();
        assertThat(bytes).isLessThan(4 * 1024);
    }

    @Test
    void all_missing_variables_are_named_in_one_message() {
        assertThatThrownBy(() -> Environment.read(Map.of()))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContainingAll(
                        "AWS_REGION: missing",
                        "GREENLIGHT_SERVICE: missing",
                        "GREENLIGHT_RULE: missing",
                        "GREENLIGHT_LOAD_BALANCER: missing",
                        "GREENLIGHT_A_ASG: missing",
                        "GREENLIGHT_B_TARGET_GROUP: missing",
                        "GREENLIGHT_TABLE: missing",
                        "GREENLIGHT_RETIRE_FUNCTION: missing");
    }

    @Test
    void a_function_that_answers_codedeploys_own_hooks_needs_no_groups() {
        withoutGroups();
        variables.put("GREENLIGHT_SELF", "arn:aws:lambda:ap-northeast-2:123456789012:function:checkout-before");

        assertThat(read().installs()).isFalse();
    }

    @Test
    void one_of_the_groups_makes_all_of_them_needed() {
        withoutGroups();
        variables.put("GREENLIGHT_SELF", "arn:aws:lambda:ap-northeast-2:123456789012:function:checkout-before");
        variables.put("GREENLIGHT_A_ASG", "checkout-a");

        assertThatThrownBy(this::read)
                .hasMessageContainingAll(
                        "GREENLIGHT_A_DEPLOYMENT_GROUP: missing",
                        "GREENLIGHT_B_ASG: missing",
                        "GREENLIGHT_B_DEPLOYMENT_GROUP: missing",
                        "GREENLIGHT_APPLICATION: missing");
    }

    private void withoutGroups() {
        variables
                .keySet()
                .removeIf(name -> name.endsWith("_ASG")
                        || name.endsWith("_DEPLOYMENT_GROUP")
                        || name.equals("GREENLIGHT_APPLICATION"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "GREENLIGHT_STRATEGY      | canary-ish      | 'canary-ish' is not one of: blue-green, canary, linear",
                "GREENLIGHT_STEPS         | [{\"weight\":10}]  | only for the strategy canary",
                "GREENLIGHT_STEP_WEIGHT   | 51               | not a number from 1 to 50",
                "GREENLIGHT_SERVICE       | check out       | not up to 40 letters, digits and hyphens",
                "GREENLIGHT_RULE          | rule-1          | not the ARN of a listener rule",
                "GREENLIGHT_LOAD_BALANCER | checkout        | not an Application Load Balancer's ARN",
                "GREENLIGHT_SCHEDULE_ROLE | scheduler       | not the ARN of a role",
                "GREENLIGHT_BAKE          | 5 minutes       | not a duration such as PT15M",
                "GREENLIGHT_BAKE          | PT-5M           | not a duration such as PT15M",
                "GREENLIGHT_BAKE          | PT23H           | longer than the 23 hours that a pipeline's action can wait",
                "GREENLIGHT_PREPARING     | PT24H           | longer than PT23H",
                "GREENLIGHT_COOLDOWN      | PT13H           | longer than PT12H",
                "GREENLIGHT_STEADY_READS  | 0               | not a number from 1 to 100",
                "GREENLIGHT_FIRST_SIZE    | two             | not a number from 1 to 1000",
                "GREENLIGHT_WHILE_BLUE_WARM | wait          | 'wait' is not one of: replace, refuse",
                "GREENLIGHT_B_ASG         | checkout-a      | the same as fleet A's",
                "GREENLIGHT_BAEK          | PT5M            | no such setting",
                "GREENLIGHT_ERROR_SHARE   | 0.01            | not a JSON object",
                "GREENLIGHT_ERROR_SHARE   | {\"tolerance\":2}  | tolerance not a share from 0 to 1",
                "GREENLIGHT_ERROR_SHARE   | {\"tolerence\":0}  | tolerence is unknown",
                "GREENLIGHT_LATENCY       | {\"ratio\":0.5}    | ratio not from 1 to 100",
                "GREENLIGHT_LATENCY       | {\"window\":\"5m\"}  | window cannot be read",
                "GREENLIGHT_SMOKE_TESTS   | [{\"status\":200}] | path not a path such as /health",
                "GREENLIGHT_SMOKE_TESTS   | [{\"path\":\"/\",\"sameAsBlue\":\"perhaps\"}] | sameAsBlue neither true nor false",
                "GREENLIGHT_SMOKE_TESTS   | [{\"path\":\"/\",\"budget\":\"PT5M\"}] | budget not between zero and PT20S",
                "GREENLIGHT_CHECKS_BEFORE | latency         | 'latency' is not one of: capacity",
                "GREENLIGHT_CHECKS_UNDER  | error-share     | 'error-share' is asked for, but it is not configured",
                "GREENLIGHT_CHECKS_UNDER  | ,               | at least one check must decide",
                "GREENLIGHT_PREVIEW_URL   | ftp://checkout  | not an address such as",
            })
    void a_fault_names_its_variable_and_what_is_wrong(String name, String value, String fault) {
        variables.put(name, value);
        assertThatThrownBy(this::read)
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining(name + ": ")
                .hasMessageContaining(fault);
    }

    @Test
    void one_fault_is_told_as_one() {
        variables.put("GREENLIGHT_BAKE", "soon");
        assertThatThrownBy(this::read).hasMessageStartingWith("1 setting is wrong: GREENLIGHT_BAKE: not a duration");
        variables.put("GREENLIGHT_DRAIN", "soon");
        assertThatThrownBy(this::read).hasMessageStartingWith("2 settings are wrong: ");
    }

    @Test
    void smoke_tests_must_fit_the_time_that_a_check_has() {
        sayEverything();
        String three = "[{'path':'/a'},{'path':'/b'},{'path':'/c','budget':'PT%sS'}]".replace('\'', '"');
        variables.put("GREENLIGHT_SMOKE_TESTS", three.formatted(7));
        assertThat(read().terms().beforeTraffic()).isNotEmpty();
        variables.put("GREENLIGHT_SMOKE_TESTS", three.formatted(8));
        assertThatThrownBy(this::read)
                .hasMessage("1 setting is wrong: GREENLIGHT_SMOKE_TESTS: one after the other they may wait 21 s,"
                        + " and have 20 s: fewer tests or shorter budgets");
        // Blue is asked before green, and perhaps once more after it.
        variables.put("GREENLIGHT_SMOKE_TESTS", "[{\"path\":\"/a\",\"budget\":\"PT6S\",\"sameAsBlue\":true}]");
        assertThatThrownBy(this::read).hasMessageContaining("they may wait 21 s");
    }

    @Test
    void smoke_tests_need_a_preview_and_a_preview_needs_all_of_its_parts() {
        variables.put("GREENLIGHT_SMOKE_TESTS", "[{\"path\":\"/health\"}]");
        variables.put("GREENLIGHT_PREVIEW_HOST", "checkout.example.com");
        assertThatThrownBy(this::read)
                .hasMessageContainingAll(
                        "GREENLIGHT_PREVIEW_URL: missing",
                        "GREENLIGHT_PREVIEW_HEADER: missing",
                        "GREENLIGHT_PREVIEW_SECRET_A: missing",
                        "GREENLIGHT_PREVIEW_SECRET_B: missing")
                .hasMessageNotContaining("GREENLIGHT_PREVIEW_HOST: missing");
    }

    @Test
    void two_fleets_need_two_secrets_and_no_fault_shows_one() {
        sayEverything();
        variables.put("GREENLIGHT_PREVIEW_SECRET_B", "fake-secret-of-a");
        variables.put("GREENLIGHT_BAKE", "soon");
        assertThatThrownBy(this::read)
                .hasMessageContaining("GREENLIGHT_PREVIEW_SECRET_B: the same as fleet A's")
                .hasMessageNotContaining("fake-secret");
    }

    @Test
    void a_secret_cannot_begin_another_header() {
        sayEverything();
        variables.put("GREENLIGHT_PREVIEW_SECRET_A", "fake-secret\r\nX-Admin: yes");
        assertThatThrownBy(this::read)
                .hasMessageContaining("GREENLIGHT_PREVIEW_SECRET_A: holds a character that it may not")
                .hasMessageNotContaining("fake-secret");
    }

    @Test
    void settings_can_be_shown_without_their_secrets() {
        sayEverything();
        assertThat(read().toString()).contains("checkout.example.com").doesNotContain("fake-secret");
    }

    private Settings read() {
        return Environment.read(variables);
    }
}
