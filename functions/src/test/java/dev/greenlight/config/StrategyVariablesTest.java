package dev.greenlight.config;

import static dev.greenlight.config.RequiredVariables.ELB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Strategy;
import dev.greenlight.domain.strategy.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each strategy has variables of its own, and what they cannot mean is refused with their names. */
class StrategyVariablesTest {

    private final Map<String, String> variables = RequiredVariables.all();

    @Test
    void a_shadow_is_a_time_and_a_rule_of_its_own() {
        String rule = ELB + "listener-rule/app/checkout/50dc6c495c0c9188/f2f7dc8efc522ab2/00000000000000aa";
        variables.put("GREENLIGHT_STRATEGY", "shadow");
        variables.put("GREENLIGHT_SHADOW_RULE", rule);
        assertThat(read().terms().strategy()).isEqualTo(new Strategy.Shadow(Duration.ofMinutes(30)));
        variables.put("GREENLIGHT_SHADOW_WATCH", "PT22H");
        assertThat(read().terms().strategy().shadow()).contains(Duration.ofHours(22));
        assertThat(read().shadowRule()).contains(rule);
        variables.put("GREENLIGHT_STRATEGY", "blue-green");
        variables.remove("GREENLIGHT_SHADOW_WATCH");
        assertThat(read().shadowRule())
                .as("a rollout that began with another strategy has it to close")
                .contains(rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PT30M   |                | GREENLIGHT_SHADOW_RULE: missing",
                "PT30M   | a rule         | GREENLIGHT_SHADOW_RULE: not the ARN of a listener rule",
                "PT0S    | a rule         | GREENLIGHT_SHADOW_WATCH: not above zero",
                "PT22H30M | a rule        | with twice GREENLIGHT_VALIDATING and GREENLIGHT_SHIFTING it may take PT23H10M",
            })
    void a_shadow_that_cannot_be_is_refused(String watch, String rule, String fault) {
        variables.put("GREENLIGHT_STRATEGY", "shadow");
        variables.put("GREENLIGHT_SHADOW_WATCH", watch);
        if (rule != null) {
            variables.put("GREENLIGHT_SHADOW_RULE", rule);
        }
        assertThatThrownBy(this::read).hasMessageContaining(fault);
        variables.put("GREENLIGHT_STRATEGY", "blue-green");
        assertThatThrownBy(this::read).hasMessageContaining("GREENLIGHT_SHADOW_WATCH: only for the strategy shadow");
    }

    @Test
    void a_canary_is_a_list_of_shares() {
        variables.put("GREENLIGHT_STRATEGY", "canary");
        variables.put("GREENLIGHT_STEPS", """
                [{"weight":10},{"weight":50,"bake":"PT1H","pause":"PT4H","otherwise":"go-on"}]""");

        assertThat(Environment.read(variables).terms().strategy())
                .isEqualTo(new Strategy.Canary(List.of(
                        new Step(10, Duration.ofMinutes(5), Optional.empty()),
                        new Step(
                                50,
                                Duration.ofHours(1),
                                Optional.of(new Step.Pause(Duration.ofHours(4), Step.Otherwise.GO_ON))))));
    }

    private void rolling() {
        variables.put("GREENLIGHT_STRATEGY", "rolling");
        variables.put("GREENLIGHT_ROLLING_CONFIG", "zone-by-zone");
        variables.put("GREENLIGHT_ROLLING_BACK_CONFIG", "and-back");
    }

    @Test
    void rolling_goes_from_zone_to_zone_by_configurations_of_codedeploy() {
        rolling();
        variables.put("GREENLIGHT_ROLLING_BAKE", "PT10M");
        variables.put("GREENLIGHT_ROLLING_FIRST_BAKE", "PT1H");
        variables.put("GREENLIGHT_ROLLING_KEEP", "66");
        variables.put("GREENLIGHT_ROLLING_KEEP_IN_ZONE", "30");
        variables.put("GREENLIGHT_ROLLING_PAUSE", "PT4H");
        variables.put("GREENLIGHT_ROLLING_OTHERWISE", "go-on");

        Settings settings = Environment.read(variables);
        assertThat(settings.terms().strategy())
                .isEqualTo(new Strategy.Rolling(
                        Duration.ofHours(1),
                        Duration.ofMinutes(10),
                        66,
                        30,
                        Optional.of(new Step.Pause(Duration.ofHours(4), Step.Otherwise.GO_ON))));
        assertThat(settings.byZone()).contains(new Settings.ByZone("zone-by-zone", "and-back"));
    }

    @Test
    void rolling_needs_little_to_be_said() {
        rolling();
        Duration five = Duration.ofMinutes(5);
        assertThat(Environment.read(variables).terms().strategy())
                .isEqualTo(new Strategy.Rolling(five, five, 50, 0, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GREENLIGHT_ROLLING_BAKE | PT0S | not above zero",
                "GREENLIGHT_ROLLING_BAKE | PT9H | a pipeline's action can wait",
                "GREENLIGHT_ROLLING_KEEP | 100 | not a number from 1 to 99",
                "GREENLIGHT_ROLLING_OTHERWISE | go-on | is only for a pause",
                "GREENLIGHT_STRATEGY | linear | only for the strategy rolling",
            })
    void a_rolling_release_that_cannot_be_is_refused(String name, String value, String fault) {
        rolling();
        variables.put(name, value);
        assertThatThrownBy(() -> Environment.read(variables))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining(fault);
    }

    @Test
    void linear_is_a_share_and_an_interval() {
        variables.put("GREENLIGHT_STRATEGY", "linear");
        variables.put("GREENLIGHT_STEP_WEIGHT", "40");
        variables.put("GREENLIGHT_STEP_INTERVAL", "PT2M");

        assertThat(Environment.read(variables).terms().strategy().steps())
                .extracting(Step::greenShare)
                .containsExactly(40, 80, 100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "[]                                     | a canary needs at least one step",
                "[{\"weight\":0}]                       | weight not from 1 to 99",
                "[{\"weight\":50},{\"weight\":10}]      | step 2 gives green 10%",
                "[{\"weight\":5,\"bake\":\"PT0S\"}]       | bake not above zero",
                "[{\"weight\":5,\"otherwise\":\"go-on\"}] | otherwise is only for a pause",
                "[{\"weight\":5,\"pause\":\"PT1H\",\"otherwise\":\"hope\"}] | otherwise is not one of: roll-back, go-on",
                "[{\"weight\":5,\"bake\":\"PT23H\"}] | its steps may take PT23H20M",
                "[{\"wait\":5}]                         | wait is unknown",
            })
    void a_canary_whose_steps_cannot_be_is_refused(String steps, String fault) {
        variables.put("GREENLIGHT_STRATEGY", "canary");
        variables.put("GREENLIGHT_STEPS", steps);

        assertThatThrownBy(() -> Environment.read(variables))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining(fault);
    }

    @Test
    void an_a_b_test_has_its_share_its_time_and_what_it_compares() {
        variables.put("GREENLIGHT_STRATEGY", "a-b");
        variables.put("GREENLIGHT_TEST", """
                {"share":20,"sticks":"P7D","runs":"P7D","end":"wait","within":"P2D","otherwise":"go-on",
                 "errorShare":0.005,"latencyRatio":1.2,"minimumRequests":10000}""");
        variables.put("GREENLIGHT_TEST_METRIC", """
                {"namespace":"Shop","name":"Basket","compared":"average","better":"lower","tolerance":0.1}""");
        variables.put("GREENLIGHT_TEST_DIMENSIONS", "{\"Stage\":\"prod\"}");

        assertThat(Environment.read(variables).terms().strategy())
                .isEqualTo(new Strategy.AbTest(new Step(
                        20,
                        Duration.ofDays(7),
                        Optional.of(new Step.Pause(Duration.ofDays(2), Step.Otherwise.GO_ON)),
                        Optional.of(new Trial(
                                Optional.of(Duration.ofDays(7)),
                                Trial.End.WAIT,
                                new Trial.Bar(0.005, 1.2, 10_000),
                                Optional.of(new Trial.Metric(
                                        "Shop",
                                        "Basket",
                                        "AutoScalingGroupName",
                                        Map.of("Stage", "prod"),
                                        Trial.Counted.AVERAGE,
                                        false,
                                        0.1,
                                        100)))))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{}                                          | share or audience says who tries green, one of them",
                "{\"share\":5,\"audience\":true}            | share or audience says who tries green, one of them",
                "{\"audience\":true}                         | audience needs GREENLIGHT_AUDIENCE_RULE",
                "{\"audience\":true,\"sticks\":\"PT1H\"}      | sticks is for a share",
                "{\"share\":51}                              | share not from 1 to 50",
                "{\"share\":5,\"sticks\":\"P8D\",\"runs\":\"P9D\"} | sticks not from PT1S to PT168H",
                "{\"share\":5,\"sticks\":\"PT25H\"}          | sticks is longer than the test runs",
                "{\"share\":5,\"runs\":\"P31D\"}             | runs not from PT1M to PT720H",
                "{\"share\":5,\"end\":\"hope\"}              | end not promote, roll-back or wait",
                "{\"share\":5,\"otherwise\":\"hope\"}        | otherwise not roll-back or go-on",
                "{\"share\":5,\"latencyRatio\":0.9}         | latencyRatio not from 1 to 100",
                "{\"share\":5,\"errorShare\":\"NaN\"}        | errorShare not a share from 0 to 1",
                "{\"share\":5,\"crowd\":true}               | crowd is unknown",
                "[]                                          | an A/B test without an audience",
            })
    void an_a_b_test_that_cannot_be_is_refused(String test, String fault) {
        variables.put("GREENLIGHT_STRATEGY", "a-b");
        variables.put("GREENLIGHT_TEST", test);

        assertThatThrownBy(() -> Environment.read(variables))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining(fault);
    }

    @Test
    void an_audience_has_a_rule_of_its_own_and_may_be_everybody() {
        variables.put("GREENLIGHT_STRATEGY", "a-b");
        variables.put("GREENLIGHT_TEST", "{\"audience\":true}");
        variables.put("GREENLIGHT_AUDIENCE_RULE", variables.get("GREENLIGHT_RULE") + "7");

        Settings settings = Environment.read(variables);
        assertThat(settings.audienceRule()).contains(variables.get("GREENLIGHT_AUDIENCE_RULE"));
        assertThat(settings.terms().strategy().steps().getFirst().hasAudience()).isTrue();
        assertThat(settings.terms().strategy().steps()).extracting(Step::isLast).containsExactly(false, true);
    }

    private Settings read() {
        return Environment.read(variables);
    }
}
