package dev.greenlight.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
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
                        new Trial.Share(20, Duration.ofHours(12)),
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
                        tried -> assertThat(tried.test().who()).isEqualTo(new Trial.Share(20, Duration.ofDays(7))));
    }

    @Test
    void an_audience_is_what_a_rule_asks_of_a_request() {
        assertThat(read("""
                                {kind: a-b, audience: {headers: {X-Beta: [internal-*]}, cookies: {beta: [yes]}, queries: {beta: [on]},
                                  addresses: ['2001:db8::/32']}}""").traffic())
                .isInstanceOfSatisfying(
                        Config.Traffic.AbTest.class,
                        tried -> assertThat(tried.test().who())
                                .isEqualTo(new Audience(List.of(
                                        new Audience.Condition(Audience.Field.HEADER, "X-Beta", List.of("internal-*")),
                                        new Audience.Condition(Audience.Field.HEADER, "Cookie", List.of("*beta=yes*")),
                                        new Audience.Condition(Audience.Field.QUERY, "beta", List.of("on")),
                                        new Audience.Condition(Audience.Field.SOURCE, "", List.of("2001:db8::/32"))))));
    }

    /** A fault of a key that the file chose has its own line. */
    @Test
    void an_audiences_faults_are_told_with_their_lines() {
        assertThatThrownBy(() -> ConfigReader.read("greenlight.yaml", """
                service: hello
                region: eu-central-1
                network: {hosts: [hello.example.com]}
                source: {github: {repository: example/hello}}
                strategy:
                  kind: a-b
                  audience:
                    headers:
                      X-Beta: [yes]
                      X Beta: [yes]
                    addresses:
                      - 203.0.113.0/24
                      - 203.0.113.0
                """))
                .isInstanceOf(ConfigFault.class)
                .hasMessageContaining("greenlight.yaml:10:7")
                .hasMessageContaining("greenlight.yaml:13:9");
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
                "{kind: recreate, steps: [{weight: 5}]} | strategy.steps: only the kind canary has it",
                "{kind: recreate, watch: 5m} | strategy.watch: only the kind shadow has it",
                "{kind: recreate, closedType: image/png} | strategy.closedType: not one of: text/plain",
                "{closed: later} | strategy.closed: only the kind recreate has it",
                "{interval: 5m} | strategy.interval: only the kind linear has it",
                "{kind: a-canary} | strategy.kind: not one of: blue-green, canary, linear",
                "{kind: a-b} | kind: an A/B test without an audience",
                "{kind: a-b, share: 5, audience: {headers: {X-Beta: [y]}}} | strategy.share: who tries green is said by audience already",
                "{kind: a-b, audience: {}} | strategy.audience: it is nobody's",
                "{kind: a-b, audience: {people: [me]}} | strategy.audience.people: unknown",
                "{kind: a-b, audience: {headers: {X-Beta: [y]}}, sticks: 1h} | strategy.sticks: an audience's requests say each time",
                "{kind: a-b, audience: {headers: {X-Beta: []}}} | strategy.audience.headers.X-Beta: a list with at least one value",
                "{kind: a-b, audience: {headers: {X-Beta: y}}} | strategy.audience.headers.X-Beta: not a list",
                "{kind: a-b, audience: {headers: {X-*: [y]}}} | strategy.audience.headers: not a header's name",
                "{kind: a-b, audience: {headers: {Host: [y]}}} | strategy.audience.headers: Host leads to a service",
                "{kind: a-b, audience: {headers: {x-greenlight-preview: [y]}}} | strategy.audience.headers: x-greenlight-preview leads to",
                "{kind: a-b, audience: {headers: {X-Beta: [a, b, c, d]}}} | strategy.audience.headers.X-Beta: more than 3",
                "{kind: a-b, audience: {headers: {X-Beta: [a, b, c], X-More: [a, b]}}} | audience: with network.hosts and paths it has 6 values",
                "{kind: a-b, audience: {cookies: {beta: ['1', '2', '3']}}} | audience: with network.hosts and paths it has 6 wildcards",
                "{kind: a-b, audience: {cookies: {beta: [a b]}}} | strategy.audience.cookies.beta: not a cookie's value",
                "{kind: a-b, audience: {cookies: {be=ta: [a]}}} | strategy.audience.cookies: not a cookie's name",
                "{kind: a-b, audience: {queries: {'': [a]}}} | strategy.audience.queries: not a key",
                "{kind: a-b, audience: {addresses: [203.0.113.7]}} | strategy.audience.addresses: not a CIDR block",
                "{kind: a-b, audience: {addresses: [office.example.com/32]}} | strategy.audience.addresses: not a CIDR block",
                "{kind: a-b, audience: {addresses: [300.0.113.7/32]}} | strategy.audience.addresses: not a CIDR block",
                "{kind: a-b, audience: {addresses: [0.0.0.0/0]}} | strategy.audience.addresses: not a CIDR block",
                "{kind: a-b, audience: {addresses: [255.255.255.255/32]}} | strategy.audience.addresses: not a CIDR block",
                "{kind: canary, audience: {headers: {X-Beta: [y]}}, steps: [{weight: 5}]} | strategy.audience: only the kind a-b has it",
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
                "{kind: rolling, keep: 0} | strategy.keep: not a number from 1 to 99",
                "{kind: rolling, keepInZone: 100} | strategy.keepInZone: not a number from 0 to 99",
                "{kind: rolling, zoneBake: 10s} | strategy.zoneBake: not a time such as 8h or PT8H, from 1m to 12h",
                "{kind: rolling, pause: {otherwise: go-on}} | strategy.pause.within: missing",
                "{kind: rolling, zoneBake: 7h} | 3 zones may be watched for",
                "{zoneBake: 5m} | strategy.zoneBake: only the kind rolling has it",
                "{kind: canary, steps: [{weight: 5}], pause: {within: 1h}} | strategy.pause: only the kind rolling has it",
            })
    void what_cannot_be_is_refused(String strategy, String fault) {
        assertThatThrownBy(() -> read(strategy)).isInstanceOf(ConfigFault.class).hasMessageContaining(fault);
    }

    @Test
    void zone_by_zone_all_has_a_usual_value() {
        Duration five = Duration.ofMinutes(5);
        assertThat(read("{kind: rolling}").traffic())
                .isEqualTo(new Config.Traffic.Rolling(five, five, 50, 0, Optional.empty(), false));
    }

    @Test
    void zone_by_zone_the_first_zone_may_be_watched_for_longer_and_a_person_be_asked_after_it() {
        String all = "{kind: rolling, zoneBake: 10m, firstZoneBake: 1h, keep: 66, keepInZone: 30,"
                + " pause: {within: 4h, otherwise: go-on}}";
        assertThat(read(all).traffic())
                .isEqualTo(new Config.Traffic.Rolling(
                        Duration.ofHours(1), Duration.ofMinutes(10), 66, 30, Optional.of(Duration.ofHours(4)), true));
    }

    @Test
    void the_first_zone_is_watched_as_long_as_each_other_one_unless_it_says_otherwise() {
        Config.Traffic.Rolling read =
                (Config.Traffic.Rolling) read("{kind: rolling, zoneBake: 20m}").traffic();
        assertThat(read.firstBake()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void two_configurations_of_codedeploy_say_in_their_names_what_is_in_them() {
        Config.Traffic.Rolling rolling = (Config.Traffic.Rolling)
                read("{kind: rolling, zoneBake: 10m, keepInZone: 30}").traffic();
        assertThat(ZoneConfiguration.forward("shop", rolling))
                .isEqualTo(new ZoneConfiguration("greenlight-shop-zones-50-30-840-840", 840, 840, 50, 30));
        assertThat(ZoneConfiguration.back("shop", rolling))
                .isEqualTo(new ZoneConfiguration("greenlight-shop-zones-50-30-0-0", 0, 0, 50, 30));
    }

    @Test
    void in_place_there_is_nothing_to_set() {
        assertThat(read("{kind: in-place}").traffic()).isEqualTo(new Config.Traffic.InPlace());
    }

    @Test
    void who_is_shut_out_is_told_something() {
        assertThat(read("{kind: recreate, closed: '<p>Back soon</p>', closedType: text/html}")
                        .traffic())
                .isEqualTo(new Config.Traffic.Recreate(Optional.of("<p>Back soon</p>"), Optional.of("text/html")));
        assertThat(read("{kind: recreate}").traffic())
                .isEqualTo(new Config.Traffic.Recreate(Optional.empty(), Optional.empty()));
    }

    @Test
    void a_load_balancers_own_answer_has_an_end() {
        assertThat(read("{kind: recreate, closed: %s}".formatted("é".repeat(512)))
                        .traffic())
                .isInstanceOf(Config.Traffic.Recreate.class);
        assertThatThrownBy(() -> read("{kind: recreate, closed: %s}".formatted("é".repeat(513))))
                .isInstanceOf(ConfigFault.class)
                .hasMessageContaining("closed: not a text of at most 1,024 bytes");
    }

    /** Each of them asks for a fleet that runs beside the one that serves. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "blueLifetime: 1h | blueLifetime: only one fleet runs at a time",
                "whileBlueWarm: refuse | whileBlueWarm: only one fleet runs at a time",
                "'approvals: {beforeTraffic: true}' | approvals.beforeTraffic: users are shut out",
                "'checks: {smoke: [{path: /a, sameAsBlue: true}]}' | checks.smoke: blue is gone",
            })
    void what_needs_both_at_once_is_refused_where_only_one_may_run(String more, String fault) {
        assertThatThrownBy(() -> ConfigReader.read("greenlight.yaml", """
                service: hello
                region: eu-central-1
                network: {hosts: [hello.example.com]}
                source: {github: {repository: example/hello}}
                strategy: {kind: recreate}
                %s
                """.formatted(more)))
                .isInstanceOf(ConfigFault.class)
                .hasMessageContaining(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "blueLifetime: 1h | blueLifetime: zone by zone there is no blue",
                "'approvals: {beforeTraffic: true}' | approvals.beforeTraffic: zone by zone users are on a release",
            })
    void what_needs_a_second_fleet_is_refused_zone_by_zone(String more, String fault) {
        assertThatThrownBy(() -> ConfigReader.read("greenlight.yaml", """
                service: hello
                region: eu-central-1
                network: {hosts: [hello.example.com]}
                source: {github: {repository: example/hello}}
                strategy: {kind: rolling}
                %s
                """.formatted(more)))
                .isInstanceOf(ConfigFault.class)
                .hasMessageContaining(fault);
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
