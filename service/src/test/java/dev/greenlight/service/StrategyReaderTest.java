package dev.greenlight.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategyReaderTest {

    private static Config.Strategy read(String strategy) {
        return ConfigReader.read("greenlight.yaml", """
                service: hello
                region: eu-central-1
                network: {hosts: [hello.example.com]}
                source: {github: {repository: example/hello}}
                strategy: %s
                """.formatted(strategy)).strategy();
    }

    @Test
    void all_traffic_moves_at_once_where_nothing_is_said() {
        assertThat(read("{}")).isEqualTo(new Config.Strategy(new Config.Traffic.BlueGreen(), Duration.ofMinutes(5)));
    }

    @Test
    void a_canary_has_shares_of_which_each_may_wait_for_a_person() {
        assertThat(read("{kind: canary, steps: [{weight: 5}, {weight: 50, bake: 1h, pause: 8h, otherwise: go-on}]}")
                        .traffic())
                .isInstanceOfSatisfying(
                        Config.Traffic.Canary.class,
                        canary -> assertThat(canary.steps())
                                .containsExactly(
                                        new Config.Step(5, Duration.ofMinutes(5), Optional.empty(), false),
                                        new Config.Step(
                                                50, Duration.ofHours(1), Optional.of(Duration.ofHours(8)), true)));
    }

    @Test
    void linear_has_a_weight_and_an_interval() {
        assertThat(read("{kind: linear, weight: 25, interval: 2m}").traffic())
                .isEqualTo(new Config.Traffic.Linear(25, Duration.ofMinutes(2)));
    }

    @Test
    void an_a_b_test_has_a_share_of_users_who_stick_to_a_side_as_long_as_it_runs() {
        assertThat(read("{kind: a-b, share: 20, runs: 12h, end: wait, within: 3d, otherwise: go-on}")
                        .traffic())
                .isEqualTo(new Config.Traffic.AbTest(new Trial(
                        20,
                        Duration.ofHours(12),
                        Duration.ofHours(12),
                        Trial.End.WAIT,
                        Duration.ofDays(3),
                        true,
                        new Trial.Bar(0.01, 1.5, 1_000),
                        Optional.empty())));
    }

    @Test
    void nobody_sticks_to_a_side_for_more_than_a_week() {
        assertThat(read("{kind: a-b, share: 20, runs: 20d}").traffic())
                .isInstanceOfSatisfying(
                        Config.Traffic.AbTest.class,
                        tried -> assertThat(tried.test().sticks()).isEqualTo(Duration.ofDays(7)));
    }

    /** A wrong combination is refused with its reason, before anything is installed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{kind: canary} | steps: a canary needs at least one step before green gets everything",
                "{kind: canary, steps: [{bake: 5m}]} | steps[].weight: missing",
                "{kind: canary, steps: [{weight: 100}]} | steps[].weight: not a number from 1 to 99",
                "{kind: canary, steps: [{weight: 50}, {weight: 50}]} | steps: weight 50 does not come after 50",
                "{kind: canary, steps: [{weight: 5, otherwise: go-on}]} | steps[].otherwise: only a pause has it",
                "{kind: canary, steps: [{weight: 5, bake: 0s}]} | steps[].bake: not a time such as 8h",
                "{kind: canary, steps: [{weight: 5, bake: 12h, pause: 12h}]} | kind: its steps may take 1460m",
                "{kind: canary, weight: 10, steps: [{weight: 5}]} | strategy.weight: only the kind linear has it",
                "{kind: linear, steps: [{weight: 5}]} | strategy.steps: only the kind canary has it",
                "{kind: linear, weight: 51} | strategy.weight: not a number from 1 to 50",
                "{kind: linear, weight: 1, interval: 10m} | kind: its steps may take 1990m",
                "{kind: in-place, interval: 5m} | strategy.interval: only the kind linear has it",
                "{interval: 5m} | strategy.interval: only the kind linear has it",
                "{kind: a-canary} | strategy.kind: not one of: blue-green, canary, linear",
                "{kind: a-b} | kind: an A/B test without an audience",
                "{kind: a-b, share: 51} | strategy.share: not a number from 1 to 50",
                "{kind: a-b, share: 5, sticks: 8d} | strategy.sticks: not a time such as 8h or PT8H, from 1s to 7d",
                "{kind: a-b, share: 5, runs: 6h, sticks: 7h} | sticks: 7h outlives the test, which runs 6h",
                "{kind: a-b, share: 5, runs: 31d} | strategy.runs: not a time such as 8h or PT8H, from 1h to 30d",
                "{kind: a-b, share: 5, runs: 10m} | strategy.runs: not a time such as 8h or PT8H, from 1h to 30d",
                "{kind: a-b, share: 5, end: ask} | strategy.end: not one of: promote, roll-back, wait",
                "{kind: a-b, share: 5, metric: {name: Orders}} | strategy.metric.namespace: missing",
                "{kind: a-b, share: 5, compare: {latencyRatio: 0.5}} | strategy.compare.latencyRatio: not a number from 1.0",
                "{kind: canary, share: 5, steps: [{weight: 5}]} | strategy.share: only the kind a-b has it",
                "{runs: 1d} | strategy.runs: only the kind a-b has it",
            })
    void what_cannot_be_is_refused(String strategy, String fault) {
        assertThatThrownBy(() -> read(strategy)).isInstanceOf(ConfigFault.class).hasMessageContaining(fault);
    }

    @Test
    void in_place_there_is_nothing_to_set() {
        assertThat(read("{kind: in-place}").traffic()).isEqualTo(new Config.Traffic.InPlace());
    }

    /** Each of them asks for a second fleet. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "blueLifetime: 1h | blueLifetime: in place there is no blue",
                "whileBlueWarm: replace | whileBlueWarm: in place there is no blue",
                "'approvals: {beforeTraffic: true}' | approvals.beforeTraffic: in place users are on a release",
                "'checks: {smoke: [{path: /health, sameAsBlue: true}]}' | checks.smoke: in place there is no blue",
                "'checks: {onInstance: true}' | checks.onInstance: in place what comes back would ask as well",
            })
    void what_needs_a_second_fleet_is_refused_in_place(String more, String fault) {
        assertThatThrownBy(() -> ConfigReader.read("greenlight.yaml", """
                service: hello
                region: eu-central-1
                network: {hosts: [hello.example.com]}
                source: {github: {repository: example/hello}}
                strategy: {kind: in-place}
                %s
                """.formatted(more)))
                .isInstanceOf(ConfigFault.class)
                .hasMessageContaining(fault);
    }
}
