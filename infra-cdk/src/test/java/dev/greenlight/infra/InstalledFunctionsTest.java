package dev.greenlight.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.config.Environment;
import dev.greenlight.config.Settings;
import dev.greenlight.domain.rollout.Pace;
import dev.greenlight.infra.hook.HookName;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The functions of an installation can be started, understand their own settings, and are where they have to be. */
class InstalledFunctionsTest {

    private static final String ELB = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:";

    static Stream<String> examples() {
        return Project.examples().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_handler_is_a_class_that_lambda_can_make(String example) {
        List<JsonNode> functions = Synthesized.example(example).properties("AWS::Lambda::Function");
        int unasked = List.of("festival", "everything").contains(example) ? 0 : 1;
        assertThat(functions).hasSize(HookName.values().length - unasked);
        for (JsonNode function : functions) {
            String handler = function.path("Handler").asText();
            assertThatCode(() -> Class.forName(handler).getConstructor())
                    .as(handler)
                    .doesNotThrowAnyException();
            assertThat(function.path("Runtime").asText()).isEqualTo("java25");
            assertThat(function.path("Architectures").get(0).asText()).isEqualTo("arm64");
            assertThat(function.has("ReservedConcurrentExecutions")).isFalse();
        }
    }

    /** Lambda puts a version with a snapshot to sleep that nobody called for 14 days, and refuses its next call. */
    @ParameterizedTest
    @MethodSource("examples")
    void only_what_is_called_every_minute_starts_from_a_snapshot(String example) {
        assertThat(Synthesized.example(example).properties("AWS::Lambda::Function").stream()
                        .filter(function -> function.has("SnapStart"))
                        .map(function -> function.path("FunctionName").asText()))
                .singleElement()
                .asString()
                .endsWith("-sweep");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_function_understands_its_own_settings(String example) {
        for (JsonNode function : Synthesized.example(example).properties("AWS::Lambda::Function")) {
            if (function.has("Environment")) {
                assertThatCode(() -> settings(function))
                        .as(function.path("FunctionName").asText())
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void settings_say_what_the_file_says() {
        JsonNode function = Synthesized.example("everything")
                .only(
                        "AWS::Lambda::Function",
                        f -> f.path("FunctionName").asText().endsWith("-sweep"));
        Settings settings = settings(function);
        assertThat(settings.service()).isEqualTo("everything");
        assertThat(settings.terms().replaceWarm()).isFalse();
        assertThat(settings.terms().firstSize()).isEqualTo(3);
        assertThat(settings.terms().alarms()).containsExactly("everything-5xx", "everything-orders-stopped");
        assertThat(settings.terms().pace().blueLifetime()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.terms().pace().bake()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.terms().drain()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.terms().underTraffic()).hasSize(4);
    }

    @Test
    void no_user_comes_before_all_instances_have_warmed_up_and_validation_has_the_time_for_it() {
        Synthesized everything = Synthesized.example("everything");
        Pace pace = settings(everything.only(
                        "AWS::Lambda::Function",
                        f -> f.path("FunctionName").asText().endsWith("-before-allow-traffic")))
                .terms()
                .pace();

        assertThat(everything.properties("AWS::ElasticLoadBalancingV2::TargetGroup"))
                .allSatisfy(
                        group -> assertThat(group.path("TargetGroupAttributes").findValuesAsText("Key"))
                                .contains("slow_start.duration_seconds"));
        assertThat(pace.readSpacing().multipliedBy(pace.steadyReads() - 1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(pace.validating()).isEqualTo(Duration.ofMinutes(16));
    }

    @Test
    void smoke_tests_that_the_reader_just_lets_pass_are_just_understood() throws IOException {
        Synthesized made = Synthesized.text(
                "slow",
                Files.readString(Project.example("smallest"))
                        + "checks: {smoke: [{path: /1}, {path: /2}, {path: /3}, {path: /4, budget: PT1S}]}\n");
        JsonNode function = made.only(
                "AWS::Lambda::Function", f -> f.path("FunctionName").asText().endsWith("-sweep"));
        Map<String, String> variables = variables(function);
        assertThatCode(() -> Environment.read(variables)).doesNotThrowAnyException();

        variables.compute("GREENLIGHT_SMOKE_TESTS", (name, tests) -> tests.replace("PT1S", "PT1.001S"));
        assertThatThrownBy(() -> Environment.read(variables)).hasMessageContaining("one after the other");
    }

    private static Settings settings(JsonNode function) {
        return Environment.read(variables(function));
    }

    private static Map<String, String> variables(JsonNode function) {
        Map<String, String> variables = new HashMap<>(Map.of("AWS_REGION", "eu-central-1"));
        function.path("Environment")
                .path("Variables")
                .properties()
                .forEach(v -> variables.put(
                        v.getKey(), v.getValue().isTextual() ? v.getValue().asText() : deployed(v.getKey())));
        return variables;
    }

    /** What a reference would have become. */
    private static String deployed(String variable) {
        return switch (variable) {
            case "GREENLIGHT_RULE", "GREENLIGHT_AUDIENCE_RULE", "GREENLIGHT_SHADOW_RULE" ->
                ELB + "listener-rule/app/x/1/2/3";
            case "GREENLIGHT_LOAD_BALANCER" -> ELB + "loadbalancer/app/x/1";
            case "GREENLIGHT_A_TARGET_GROUP" -> ELB + "targetgroup/x-a/1";
            case "GREENLIGHT_B_TARGET_GROUP" -> ELB + "targetgroup/x-b/2";
            case "GREENLIGHT_SCHEDULE_ROLE" -> "arn:aws:iam::123456789012:role/x";
            case "GREENLIGHT_RETIRE_FUNCTION", "GREENLIGHT_SELF" ->
                "arn:aws:lambda:eu-central-1:123456789012:function:x:live";
            case "GREENLIGHT_A_LAUNCH_VERSION", "GREENLIGHT_B_LAUNCH_VERSION" -> "7";
            case "GREENLIGHT_PREVIEW_URL" -> "https://x.elb.amazonaws.com";
            default -> variable.toLowerCase(java.util.Locale.ROOT);
        };
    }

    @ParameterizedTest
    @MethodSource("examples")
    void what_dies_with_a_job_is_handed_to_a_function(String example) {
        List<JsonNode> configs = Synthesized.example(example).properties("AWS::Lambda::EventInvokeConfig");
        assertThat(configs)
                .hasSize(5)
                .allSatisfy(config -> assertThat(config.path("DestinationConfig")
                                .path("OnFailure")
                                .toString())
                        .contains("answer-lost-job"));
    }

    @Test
    void only_the_probing_functions_join_the_vpc_and_only_for_an_internal_load_balancer() {
        assertThat(Synthesized.example("festival").properties("AWS::Lambda::Function"))
                .noneMatch(f -> f.has("VpcConfig"));
        assertThat(Synthesized.example("everything").properties("AWS::Lambda::Function").stream()
                        .filter(f -> f.has("VpcConfig"))
                        .map(f -> f.path("FunctionName").asText()))
                .containsExactlyInAnyOrder(
                        "greenlight-everything-before-allow-traffic", "greenlight-everything-validate-instance");
    }
}
