package dev.greenlight.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.compare.Contender;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonProgressTest {

    private static final List<Contender> TWO = List.of(
            Contender.named("blue-green").orElseThrow(),
            Contender.named("canary").orElseThrow());

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void a_pipe_gets_a_line_for_each_turn() {
        try (ComparisonProgress progress = progress(new Terminal(false, false, 100))) {
            progress.at("canary", "a good release");
            progress.over(Comparisons.canary(50).strategies().getFirst());
        }

        assertThat(shown().lines())
                .containsExactly(
                        "canary      a good release",
                        "canary      ✔ 2,000 requests sent, 0 lost; 20 min from merge to promoted");
    }

    @Test
    void a_window_shows_each_strategy_once_in_place_and_is_left_empty() {
        try (ComparisonProgress progress = progress(new Terminal(true, false, 40))) {
            progress.at("blue-green", "a good release");
            progress.at("canary", "a good release with much to say of itself");
        }

        assertThat(shown())
                .startsWith("blue-green  a good release\ncanary      waits for its turn\n\r\u001b[2A\u001b[Jblue-green")
                .endsWith("\n\r\u001b[2A\u001b[J");
        assertThat(shown().replaceAll("\r?\u001b\\[[0-9]*[A-Z]", "").lines()).allMatch(line -> line.length() < 40);
    }

    private ComparisonProgress progress(Terminal terminal) {
        return new ComparisonProgress(new PrintStream(out, true, StandardCharsets.UTF_8), terminal, TWO);
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
