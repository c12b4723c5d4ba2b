package dev.greenlight.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private static final Map<String, String> PERSON = Map.of("TERM", "xterm-256color");

    @Test
    void a_person_at_a_terminal_sees_it_live_and_in_colour() {
        assertThat(Terminal.of(Terminal.STDOUT, PERSON, told("true", "132"))).isEqualTo(new Terminal(true, true, 132));
    }

    @Test
    void each_stream_is_asked_for_itself() {
        assertThat(Terminal.of(Terminal.STDERR, PERSON, told("true", "132")).live())
                .isFalse();
    }

    @Test
    void without_the_launcher_nobody_looks() {
        assertThat(Terminal.of(Terminal.STDOUT, PERSON, new Properties())).isEqualTo(new Terminal(false, false, 100));
    }

    @Test
    void NO_COLOR_takes_the_colour_only() {
        Map<String, String> environment = Map.of("TERM", "xterm", "NO_COLOR", "1");

        assertThat(Terminal.of(Terminal.STDOUT, environment, told("true", "80")))
                .isEqualTo(new Terminal(true, false, 80));
    }

    @Test
    void a_CI_and_a_dumb_terminal_get_lines() {
        assertThat(Terminal.of(Terminal.STDOUT, Map.of("TERM", "xterm", "CI", "true"), told("true", "80"))
                        .live())
                .isFalse();
        assertThat(Terminal.of(Terminal.STDOUT, Map.of("TERM", "dumb"), told("true", "80"))
                        .live())
                .isFalse();
    }

    @Test
    void an_unknown_width_is_a_usual_one() {
        assertThat(new Terminal(true, true, 0).columns()).isEqualTo(100);
        assertThat(Terminal.of(Terminal.STDOUT, PERSON, told("true", "wide")).columns())
                .isEqualTo(100);
    }

    @Test
    void a_line_is_cut_by_what_is_seen_of_it() {
        Paint paint = new Paint(true);

        assertThat(Paint.cut(paint.bold("promoted"), 8)).isEqualTo(paint.bold("promoted"));
        assertThat(Paint.cut(paint.bold("promoted") + " at once", 5)).isEqualTo("\u001b[1mprom\u001b[0m…");
    }

    private static Properties told(String stdout, String columns) {
        Properties properties = new Properties();
        properties.setProperty("greenlight.terminal.stdout", stdout);
        properties.setProperty("greenlight.terminal.stderr", "false");
        properties.setProperty("greenlight.terminal.columns", columns);
        return properties;
    }
}
