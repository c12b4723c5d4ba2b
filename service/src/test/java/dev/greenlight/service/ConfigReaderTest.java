package dev.greenlight.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {

    private static final String SMALLEST = """
            service: hello
            region: eu-central-1
            network:
              hosts: [hello.example.com]
            source:
              github:
                repository: example/hello
            """;

    @Test
    void the_smallest_file_gets_sensible_defaults() {
        Config config = ConfigReader.read("greenlight.yaml", SMALLEST);
        assertThat(config.blueLifetime()).isEqualTo(Duration.ofHours(8));
        assertThat(config.replaceWarm()).isTrue();
        assertThat(config.cooldown()).isZero();
        assertThat(config.fleet().instanceType()).isEqualTo("t4g.small");
        assertThat(config.fleet().image()).endsWith("-arm64");
        assertThat(config.source().mode()).isEqualTo("SUPERSEDED");
        assertThat(config.source().from())
                .isEqualTo(new Source.GitHub("example/hello", "PROD", Optional.empty(), Optional.empty()));
        assertThat(config.approval().beforeTraffic()).isFalse();
        assertThat(config.network().vpc()).isEmpty();
    }

    @Test
    void times_are_written_short_or_as_iso() {
        assertThat(ConfigReader.read("f", SMALLEST + "blueLifetime: 7d\n").blueLifetime())
                .isEqualTo(Duration.ofDays(7));
        assertThat(ConfigReader.read("f", SMALLEST + "blueLifetime: PT90M\n").blueLifetime())
                .isEqualTo(Duration.ofMinutes(90));
    }

    /** A release of a larger one would hold until its time is up: what is on the last instances is never seen. */
    @Test
    void a_fleet_is_no_larger_than_can_be_proven() {
        assertThat(ConfigReader.read("f", SMALLEST + "fleet: {maximum: 100}\n")
                        .fleet()
                        .maximum())
                .isEqualTo(100);
        assertThatThrownBy(() -> ConfigReader.read("f", SMALLEST + "fleet: {maximum: 101}\n"))
                .hasMessageContaining("fleet.maximum: not a number from 1 to 100");
    }

    @Test
    void tags_are_a_mapping_of_the_files_own() {
        assertThat(ConfigReader.read("f", SMALLEST).tags()).isEmpty();
        assertThat(ConfigReader.read("f", SMALLEST + "tags: {team: shop, cost-centre: '4711'}\n")
                        .tags())
                .containsOnly(Map.entry("team", "shop"), Map.entry("cost-centre", "4711"));
    }

    @Test
    void tags_that_cannot_be_are_told_each_with_its_line() {
        String file = SMALLEST + "tags:\n  Name: shop\n  AWS:team: shop\n  team: [shop]\n  team: twice\n";
        assertThatThrownBy(() -> ConfigReader.read("f", file))
                .isInstanceOfSatisfying(
                        ConfigFault.class,
                        fault -> assertThat(fault.getMessage())
                                .contains("f:9:3: tags: not a tag's key")
                                .contains("f:10:3: tags: not a tag's key")
                                .contains("f:11:9: tags.team: not a tag's value")
                                .contains("f:12:3: tags.team: given twice"));
    }

    @Test
    void an_image_fits_the_instance_type() {
        String file = SMALLEST + "fleet: {instanceType: m7i.large}\n";
        assertThat(ConfigReader.read("f", file).fleet().image()).endsWith("-x86_64");
    }

    @Test
    void ten_kinds_of_mistake_come_in_one_list_with_their_lines() throws IOException {
        String broken = Files.readString(Project.testResource("broken.yaml"));
        List<String> expected = Files.readAllLines(Project.testResource("broken.txt"));
        assertThat(faults(broken)).containsExactlyElementsOf(expected);
    }

    @Test
    void the_message_is_the_list() {
        assertThatThrownBy(() -> ConfigReader.read("greenlight.yaml", "service: Hello\n"))
                .hasMessageStartingWith("greenlight.yaml: 4 things are wrong")
                .hasMessageContaining("greenlight.yaml:1:10: service: not up to 27 small letters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "# nothing\n", "- a\n- b\n", "just words", "a: b: c", "service: [unclosed", "? {a: 1}\n: b\n"
            })
    void what_is_no_mapping_is_told_with_its_place(String text) {
        assertThat(faults(text)).isNotEmpty().allMatch(fault -> fault.matches("greenlight\\.yaml:\\d+:\\d+: .+"));
    }

    @Test
    void one_source_is_needed_and_one_is_enough() {
        assertThat(faults(SMALLEST + "  s3: {bucket: my-bucket, key: app.zip}\n"))
                .containsExactly("greenlight.yaml:6:3: source: give one of github and s3");
    }

    @Test
    void a_rule_has_room_for_four_values_beside_the_secret_header() {
        String crowded =
                SMALLEST.replace("[hello.example.com]", "[a.example.com, b.example.com]\n  paths: [/a, /b, /c]");
        assertThat(faults(crowded)).anyMatch(fault -> fault.contains("room for"));
    }

    @Test
    void a_price_is_an_amount_and_a_currency_is_one_of_the_worlds() {
        assertThat(ConfigReader.read("f", SMALLEST + "fleet: {pricePerHour: 0.0816}\n")
                        .fleet()
                        .price())
                .contains(new Config.Price(new BigDecimal("0.0816"), Currency.getInstance("USD")));
        assertThat(faults(SMALLEST + "fleet:\n  pricePerHour: 0\n  currency: GOLD\n"))
                .containsExactly(
                        "greenlight.yaml:9:17: fleet.pricePerHour: not a price such as 0.0725: '0'",
                        "greenlight.yaml:10:13: fleet.currency: not a currency's code such as USD: 'GOLD'");
        assertThat(faults(SMALLEST + "fleet: {currency: EUR}\n"))
                .containsExactly("greenlight.yaml:8:19: fleet.currency: of which price? give pricePerHour as well");
    }

    /** The functions would refuse them when they are first called. */
    @Test
    void smoke_tests_that_take_too_long_together_are_refused_with_their_line() {
        String file = SMALLEST + "checks:\n  smoke:\n";
        String four = "    - {path: /1}\n    - {path: /2}\n    - {path: /3}\n    - {path: /4, budget: 1ms}\n";
        assertThat(faults(file + four.replace("1ms", "PT1S"))).isEmpty();
        assertThat(faults(file + four.replace("1ms", "PT1.001S")))
                .containsExactly("greenlight.yaml:10:5: checks.smoke: one after the other they may wait 20.001 s, "
                        + "and have 20 s: fewer tests or shorter budgets");
        assertThat(faults(file + "    - {path: /1, budget: 6s, sameAsBlue: true}\n"))
                .containsExactly("greenlight.yaml:10:5: checks.smoke: one after the other they may wait 21 s, "
                        + "and have 20 s: fewer tests or shorter budgets");
    }

    /** Every release would be rejected: the preview rule has the service's paths, too. */
    @Test
    void a_smoke_test_that_no_rule_leads_to_green_is_refused() {
        String file = SMALLEST.replace("]\n", "]\n  paths: [/shop/*, /api/v?/orders]\n") + "checks:\n  smoke:\n";
        assertThat(faults(file + "    - {path: /shop/health}\n    - {path: '/api/v2/orders?all=yes'}\n"))
                .isEmpty();
        assertThat(faults(file + "    - {path: /health}\n    - {path: /shop}\n"))
                .containsExactly(
                        "greenlight.yaml:11:5: checks.smoke: /health is none of network.paths: the load balancer would"
                                + " never send it to green",
                        "greenlight.yaml:11:5: checks.smoke: /shop is none of network.paths: the load balancer would"
                                + " never send it to green");
    }

    @Test
    void slow_start_is_what_a_target_group_takes() {
        assertThat(faults(SMALLEST + "fleet: {slowStart: 30s}\n")).isEmpty();
        assertThat(faults(SMALLEST + "fleet: {slowStart: 20m}\n"))
                .singleElement()
                .asString()
                .contains("fleet.slowStart")
                .contains("20m");
    }

    private static List<String> faults(String text) {
        try {
            ConfigReader.read("greenlight.yaml", text);
            return List.of();
        } catch (ConfigFault fault) {
            return fault.faults();
        }
    }
}
