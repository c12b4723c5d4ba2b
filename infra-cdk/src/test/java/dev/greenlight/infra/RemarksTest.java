package dev.greenlight.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.service.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemarksTest {

    @TempDir
    private Path directory;

    private List<String> remarks(String more) throws IOException {
        return remarks("{github: {repository: example/hello}}", more);
    }

    private List<String> remarks(String source, String more) throws IOException {
        Path file = Files.writeString(directory.resolve("greenlight.yaml"), """
                service: hello
                region: eu-central-1
                network: {hosts: [hello.example.com]}
                source: %s
                %s""".formatted(source, more));
        return Remarks.on(ConfigReader.read(file));
    }

    @Test
    void a_warm_blue_costs_so_much_a_day_and_so_much_a_release() throws IOException {
        assertThat(remarks("""
                fleet: {instanceType: c7g.large, maximum: 24, pricePerHour: 0.0816}
                blueLifetime: 12h
                """))
                .contains("hello: blue stays warm for 12 h after each release: up to 24 × c7g.large, "
                        + "47.00 USD per day, 23.50 USD per release");
    }

    @Test
    void where_no_fleet_is_warm_it_costs_minutes_and_no_money() throws IOException {
        for (String kind : List.of("in-place", "rolling", "recreate")) {
            assertThat(remarks("strategy: {kind: %s}\n".formatted(kind)).getFirst())
                    .isEqualTo("hello: no second fleet is warm, or costs anything: the way back takes minutes");
        }
    }

    @Test
    void another_currency_has_its_own_digits() throws IOException {
        assertThat(remarks("fleet: {pricePerHour: 31, currency: KRW}\nblueLifetime: 90m\n")
                        .getFirst())
                .endsWith("blue stays warm for 90 min after each release: up to 4 × t4g.small, "
                        + "2976 KRW per day, 186 KRW per release");
    }

    @Test
    void without_a_price_hours_are_told_and_the_key_that_makes_them_money() throws IOException {
        assertThat(remarks("blueLifetime: 7d\n").getFirst())
                .endsWith(
                        "for 7 days after each release: up to 4 × t4g.small, 96 instance-hours per day, 672 per release; "
                                + "with fleet.pricePerHour this is money");
    }

    @Test
    void a_bucket_that_is_not_the_stacks_has_to_be_set_up_by_its_owner() throws IOException {
        assertThat(remarks("{s3: {bucket: builds, key: app.zip}}", ""))
                .anyMatch(remark -> remark.contains("bucket builds must be versioned and send its events"));
        assertThat(remarks("")).noneMatch(remark -> remark.contains("bucket"));
    }

    @Test
    void a_fleet_without_smoke_tests_or_encryption_is_named() throws IOException {
        assertThat(remarks(""))
                .contains(
                        "hello: no smoke test asks green anything before users do",
                        "hello: no certificate: requests travel unencrypted");
    }
}
