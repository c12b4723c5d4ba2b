package dev.greenlight.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenlight.cli.simulate.Findings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A simulation as people and programs see it. */
class SimulationShownTest {

    private static final Terminal PIPE = new Terminal(false, false, 100);
    private static final Terminal SCREEN = new Terminal(true, false, 60);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private static SimulationReport report(Findings findings) {
        return new SimulationReport("services of all kinds", findings, List.of(), List.of(), "./greenlight simulate");
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void the_json_has_exactly_these_keys_in_this_order() throws IOException {
        SimulationJson.write(report(Simulations.broken()), bytes);
        JsonNode root = new ObjectMapper().readTree(shown());

        assertThat(keys(root))
                .containsExactly(
                        "rollouts",
                        "awsCalls",
                        "faults",
                        "rulesChecked",
                        "violations",
                        "worst",
                        "seconds",
                        "rolloutsPerSecond");
        assertThat(root.path("rollouts").asLong()).isEqualTo(2_000);
        assertThat(root.path("awsCalls").asLong()).isEqualTo(845_000);
        assertThat(root.path("faults").asLong()).isEqualTo(2_300);
        assertThat(root.path("rulesChecked").asLong()).isEqualTo(3_100_000);
        assertThat(root.path("seconds").asDouble()).isEqualTo(12.5);
        assertThat(root.path("rolloutsPerSecond").asDouble()).isEqualTo(160);
        JsonNode violation = root.path("violations").path(0);
        assertThat(keys(violation)).containsExactly("seed", "rule", "history", "replay");
        assertThat(violation.path("seed").asLong()).isEqualTo(17);
        assertThat(violation.path("rule").asInt()).isEqualTo(1);
        assertThat(violation.path("history").path(1).asText()).isEqualTo("00:00:00 v2 is merged, a good release");
        assertThat(violation.path("replay").asText()).isEqualTo("./greenlight simulate --seed 17 --rollouts 1");
        JsonNode worst = root.path("worst");
        assertThat(keys(worst)).containsExactly("healthyUnderTraffic", "secondsOnBadVersion");
        assertThat(keys(worst.path("secondsOnBadVersion"))).containsExactly("value", "replay");
        assertThat(worst.path("secondsOnBadVersion").path("value").asDouble()).isEqualTo(250);
    }

    @Test
    void without_violations_their_list_is_empty_and_there() throws IOException {
        SimulationJson.write(report(Simulations.kept()), bytes);

        assertThat(new ObjectMapper().readTree(shown()).path("violations").isArray())
                .isTrue();
        assertThat(shown()).endsWith("}\n");
    }

    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            keys.add(names.next());
        }
        return keys;
    }

    @Test
    void people_read_what_was_tried_what_never_happened_and_how_bad_it_got() {
        new SimulationText(out, PIPE).print(report(Simulations.kept()));

        assertThat(shown())
                .contains(
                        "1,200 lives with 2,000 rollouts, 845,000 calls to AWS, 2,300 things that went wrong; 12 s",
                        "1,500 × a good release                                    90 × a crash",
                        "What had to hold, whatever happened (looked at 3,100,000 times)",
                        "✔  1  users' requests went only to what could answer them",
                        "✔ 11  nothing was without bound",
                        "50%          of the instances that the load needed were healthy",
                        "4 min 10 s   with users on a version that fails some of their requests",
                        "./greenlight simulate --seed 9 --rollouts 1")
                .endsWith("✔ no rule was broken\n");
    }

    @Test
    void a_broken_rule_is_named_among_those_that_held_and_its_story_is_told() {
        new SimulationText(out, PIPE).print(report(Simulations.broken()));

        assertThat(shown())
                .contains(
                        "✘  1  users' requests went only to what could answer them: not so in 1 life",
                        "✔  2  the old fleet stayed whole",
                        "✘ rule 1 broken: users' requests went only to what could answer them",
                        "  fleet B got traffic with 0 of 2 instances healthy",
                        "in the life of seed 17",
                        "    00:00:00 v2 is merged, a good release")
                .endsWith("✘ 1 life broke a rule\n");
    }

    @Test
    void elsewhere_than_on_a_terminal_progress_is_a_line_each_five_seconds() {
        Instant[] now = {Instant.EPOCH};
        try (SimulationProgress progress = new SimulationProgress(out, PIPE, () -> now[0])) {
            for (int second = 1; second <= 12; second++) {
                now[0] = Instant.EPOCH.plusSeconds(second);
                progress.at(second * 100L, 2_000, 0);
            }
        }

        assertThat(shown().lines())
                .containsExactly(
                        "500 of 2,000 lives, 100 a second, 15 s left, no rule broken",
                        "1,000 of 2,000 lives, 100 a second, 10 s left, no rule broken");
    }

    @Test
    void on_a_terminal_progress_is_one_line_that_fits_and_is_wiped_at_the_end() {
        Instant[] now = {Instant.EPOCH};
        try (SimulationProgress progress = new SimulationProgress(out, SCREEN, () -> now[0])) {
            now[0] = Instant.EPOCH.plusSeconds(1);
            progress.at(1_000_000, 2_000_000_000, 17);
            assertThat(shown()).startsWith("\r1,000,000 of 2,000,000,000 lives").doesNotContain("\n");
            assertThat(shown().replace("\r", "").replace("\u001b[K", "")).hasSizeLessThan(60);
        }

        assertThat(shown()).endsWith("\r\u001b[K");
    }
}
