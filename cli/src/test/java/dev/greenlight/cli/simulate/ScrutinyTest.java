package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.installed.Blueprint;
import dev.greenlight.cli.installed.Fitted;
import dev.greenlight.service.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must be seen of a bad release depends on what the service's checks ask. */
class ScrutinyTest {

    private static final String SMALLEST = """
            service: hello
            region: eu-central-1
            network: {hosts: [hello.example.com]}
            source: {github: {repository: example/hello}}
            """;

    @TempDir
    private Path folder;

    private Scrutiny of(String checks) throws IOException {
        Path file = Files.writeString(folder.resolve("greenlight.yaml"), SMALLEST + checks);
        return new Scrutiny(Fitted.to(ConfigReader.read(file)).settings().terms());
    }

    private static Set<Quality> those(Predicate<Quality> which) {
        return Arrays.stream(Quality.values())
                .filter(which)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Quality.class)));
    }

    @Test
    void without_checks_only_what_never_runs_must_be_seen() throws IOException {
        Scrutiny nothing = of("");

        assertThat(those(nothing::refuses)).containsExactly(Quality.NEVER_HEALTHY, Quality.CANNOT_BE_INSTALLED);
        assertThat(those(nothing::keepsUsersFrom)).containsExactly(Quality.NEVER_HEALTHY, Quality.CANNOT_BE_INSTALLED);
        assertThat(nothing.leastPerSecond()).isZero();
    }

    @Test
    void the_festivals_checks_let_nothing_bad_pass_but_what_is_a_matter_of_luck() {
        Scrutiny festival = new Scrutiny(Blueprint.festival().settings().terms());

        assertThat(those(festival::refuses))
                .containsExactlyInAnyOrderElementsOf(those(Quality::harmsUsers))
                .doesNotContain(Quality.GOOD, Quality.SLOW_TO_BOOT, Quality.FLAKY);
        assertThat(those(quality -> !festival.keepsUsersFrom(quality)))
                .containsExactly(
                        Quality.GOOD,
                        Quality.FAILS_UNDER_TRAFFIC,
                        Quality.SLOW_TO_BOOT,
                        Quality.FLAKY,
                        Quality.ANSWERS_OTHERWISE);
    }

    @Test
    void a_smoke_test_with_time_to_spare_does_not_see_slow_answers_and_latency_does() throws IOException {
        assertThat(of("checks: {smoke: [{path: /, budget: 5s}]}\n").refuses(Quality.SLOW_ANSWERS))
                .isFalse();
        assertThat(of("checks: {smoke: [{path: /, budget: 3s}]}\n").keepsUsersFrom(Quality.SLOW_ANSWERS))
                .isTrue();
        Scrutiny latency = of("checks: {latency: {ratio: 2}}\n");
        assertThat(latency.refuses(Quality.SLOW_ANSWERS)).isTrue();
        assertThat(latency.keepsUsersFrom(Quality.SLOW_ANSWERS)).isFalse();
    }

    @Test
    void who_asks_for_blues_answers_sees_others() throws IOException {
        assertThat(of("checks: {smoke: [{path: /, sameAsBlue: true}]}\n").keepsUsersFrom(Quality.ANSWERS_OTHERWISE))
                .isTrue();
    }

    @Test
    void what_a_check_lets_pass_need_not_be_seen() throws IOException {
        assertThat(of("checks: {errorShare: {tolerance: 0.2}}\n").refuses(Quality.FAILS_UNDER_TRAFFIC))
                .isFalse();
        assertThat(of("checks: {errorShare: {tolerance: 0.01}}\n").refuses(Quality.FAILS_UNDER_TRAFFIC))
                .isTrue();
    }

    @Test
    void a_check_that_needs_many_requests_needs_a_service_that_has_them() throws IOException {
        assertThat(of("checks: {errorShare: {minimumRequests: 6000, window: 10m}}\n")
                        .leastPerSecond())
                .isEqualTo(10);
    }
}
