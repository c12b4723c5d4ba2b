package dev.greenlight.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenlight.cli.simulate.Findings;
import dev.greenlight.cli.simulate.Progress.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
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
                        "–  9  %s: nothing in these lives asked for it".formatted(Promised.words(9)),
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
                progress.at(Part.ROLLOUTS, second * 100L, 2_000, 0);
            }
        }

        assertThat(shown().lines())
                .containsExactly(
                        "500 of 2,000 rollouts, 100 a second, 15 s left, no rule broken",
                        "1,000 of 2,000 rollouts, 100 a second, 10 s left, no rule broken");
    }

    @Test
    void each_part_has_its_own_rate_and_says_what_it_counts() {
        Instant[] now = {Instant.EPOCH};
        try (SimulationProgress progress = new SimulationProgress(out, PIPE, () -> now[0])) {
            now[0] = Instant.EPOCH.plusSeconds(10);
            progress.at(Part.ROLLOUTS, 2_000, 2_000, 0);
            now[0] = Instant.EPOCH.plusSeconds(20);
            progress.at(Part.SINGLES, 500, 1_500, 0);
            now[0] = Instant.EPOCH.plusSeconds(30);
            progress.at(Part.PAIRS, 300, 30_000, 1);
        }

        assertThat(shown().lines())
                .containsExactly(
                        "2,000 of 2,000 rollouts, 200 a second, 0 s left, no rule broken",
                        "500 of 1,500 lives with one thing wrong, 50 a second, 20 s left, no rule broken",
                        "300 of 30,000 lives with two crashes, 30 a second, 16 min 30 s left, 1 broke a rule");
    }

    @Test
    void a_run_in_which_nothing_was_played_does_not_say_that_all_is_well() {
        new SimulationText(out, PIPE).print(report(Simulations.nothing(Optional.empty())));

        assertThat(shown()).doesNotContain("✔").endsWith("no life was played to its end\n");
    }

    @Test
    void a_simulator_that_broke_off_says_so_and_where() {
        new SimulationText(out, PIPE).print(report(Simulations.nothing(Optional.of(Simulations.breakdown()))));

        assertThat(shown())
                .doesNotContain("✔")
                .contains("the simulator broke off in the life of seed 5: java.lang.StackOverflowError")
                .endsWith("✘ the simulator broke off: this says nothing of the rules\n");
    }

    @Test
    void on_a_terminal_progress_is_one_line_that_fits_and_is_wiped_at_the_end() {
        Instant[] now = {Instant.EPOCH};
        try (SimulationProgress progress = new SimulationProgress(out, SCREEN, () -> now[0])) {
            now[0] = Instant.EPOCH.plusSeconds(1);
            progress.at(Part.ROLLOUTS, 1_000_000, 2_000_000_000, 17);
            assertThat(shown())
                    .startsWith("\r1,000,000 of 2,000,000,000 rollouts")
                    .doesNotContain("\n");
            assertThat(shown().replace("\r", "").replace("\u001b[K", "")).hasSizeLessThan(60);
        }

        assertThat(shown()).endsWith("\r\u001b[K");
    }
}
