package dev.greenlight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.demo.DemoRunner;
import dev.greenlight.cli.show.Reports;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

    private static final DemoRunner KEPT = stage -> {
        stage.chapter("a chapter");
        return Reports.kept();
    };
    private static final DemoRunner BROKEN = stage -> Reports.broken();
    private static final DemoRunner NEVER = stage -> {
        throw new AssertionError("the demo was not asked for");
    };

    private static final DoctorCommand.Consultation NOBODY = (stack, region, profile, progress) -> {
        throw new AssertionError("the doctor was not asked for");
    };

    private static final SimulateCommand.Player UNPLAYED = (service, plan, progress, stopper) -> {
        throw new AssertionError("nobody asked for lives");
    };

    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream words = new ByteArrayOutputStream();

    @Test
    void the_status_is_0_when_every_promise_was_kept() {
        assertThat(status(KEPT, "demo")).isZero();
        assertThat(results()).contains("== a chapter", "✔ kept");
        assertThat(words()).isEmpty();
    }

    @Test
    void the_status_is_1_when_a_promise_was_broken_and_the_words_say_which() {
        assertThat(status(BROKEN, "demo")).isEqualTo(1);
        assertThat(results()).contains("✘ broken: regressed: the way back took 2 writes");
    }

    @Test
    void json_has_stdout_for_itself_also_when_a_promise_was_broken() {
        assertThat(status(BROKEN, "demo", "--json")).isEqualTo(1);
        assertThat(results()).startsWith("{").endsWith("}\n").doesNotContain("broken");
        assertThat(words()).contains("✘ broken");
    }

    @Test
    void a_demo_that_breaks_off_says_why_and_prints_no_result() {
        DemoRunner dies = stage -> {
            throw new IllegalStateException("the proxy did not start");
        };

        assertThat(status(dies, "demo", "--json")).isEqualTo(1);
        assertThat(results()).isEmpty();
        assertThat(words()).contains("greenlight: could not finish", "the proxy did not start");
    }

    @Test
    void the_page_is_written_where_it_was_asked_for(@TempDir Path folder) throws Exception {
        Path page = folder.resolve("demo.html");

        assertThat(status(KEPT, "demo", "--page", page.toString())).isZero();
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>");
        assertThat(results()).contains("page: " + page);
    }

    @Test
    void a_page_that_cannot_be_written_is_refused_before_the_demo_runs(@TempDir Path folder) {
        assertThat(status(NEVER, "demo", "--page", folder.toString())).isEqualTo(2);
        assertThat(status(
                        NEVER,
                        "demo",
                        "--page",
                        folder.resolve("none/demo.html").toString()))
                .isEqualTo(2);
        assertThat(words()).contains("--page: cannot write to " + folder);
    }

    @ParameterizedTest
    @CsvSource({
        "demo --pge x.html, Unknown options: '--pge'",
        "demo --json yes, Unmatched argument",
        "demo --page, Missing required parameter for option '--page'",
        "demo --page a --page b, should be specified only once",
        "demmo, Unmatched argument",
        "'', Missing required subcommand"
    })
    void a_misused_command_says_how_and_ends_with_2(String line, String said) {
        assertThat(status(NEVER, line.isEmpty() ? new String[0] : line.split(" ")))
                .isEqualTo(2);
        assertThat(words()).contains(said, "--help");
        assertThat(results()).isEmpty();
    }

    @Test
    void help_is_a_result() {
        assertThat(status(NEVER, "demo", "--help")).isZero();
        assertThat(results()).contains("--json", "--page=FILE", "Exit status");
    }

    private int status(DemoRunner runner, String... arguments) {
        Streams streams = new Streams(
                new PrintStream(results, false, StandardCharsets.UTF_8),
                new PrintStream(words, false, StandardCharsets.UTF_8));
        int status = Main.command(runner, NOBODY, UNPLAYED, CompareCommandTest.UNMEASURED, streams)
                .execute(arguments);
        streams.flush();
        return status;
    }

    private String results() {
        return results.toString(StandardCharsets.UTF_8);
    }

    private String words() {
        return words.toString(StandardCharsets.UTF_8);
    }
}
