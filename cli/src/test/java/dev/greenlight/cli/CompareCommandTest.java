package dev.greenlight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.compare.Comparison;
import dev.greenlight.cli.compare.Contender;
import dev.greenlight.cli.show.Comparisons;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {

    static final CompareCommand.Measurer UNMEASURED = (contenders, runs, spectator, stopper) -> {
        throw new AssertionError("nobody asked for a comparison");
    };

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream words = new ByteArrayOutputStream();
    private final List<String> compared = new ArrayList<>();
    private final List<Integer> repeated = new ArrayList<>();

    private final CompareCommand.Measurer measured = (contenders, runs, spectator, stopper) -> {
        contenders.forEach(contender -> {
            compared.add(contender.name());
            spectator.at(contender.name(), "a good release");
        });
        repeated.add(runs);
        return Comparisons.all();
    };

    @Test
    void all_strategies_are_compared_once_unless_somebody_says_otherwise() {
        assertThat(status(measured)).isZero();
        assertThat(compared).isEqualTo(Contender.names());
        assertThat(repeated).containsExactly(1);
        assertThat(results()).contains("blue-green", "two versions", "Where people say otherwise");
        assertThat(words()).contains("canary      a good release");
    }

    @Test
    void some_can_be_asked_for_and_more_runs() {
        assertThat(status(measured, "--only", "linear,canary", "--runs", "20")).isZero();
        assertThat(compared).containsExactly("linear", "canary");
        assertThat(repeated).containsExactly(20);
    }

    @Test
    void json_has_stdout_for_itself() {
        assertThat(status(measured, "--json")).isZero();
        assertThat(results()).startsWith("{").endsWith("}\n");
        assertThat(words()).contains("a good release");
    }

    @Test
    void what_is_wrong_is_said_all_at_once_before_anything_runs() {
        Path nowhere = folder.resolve("missing").resolve("page.html");

        int status = status(
                UNMEASURED,
                "--only",
                "canary,green-blue,",
                "--runs",
                "many",
                "--page",
                nowhere.toString(),
                "--document",
                folder.toString());

        assertThat(status).isEqualTo(2);
        assertThat(words())
                .contains(
                        "--only: there is no strategy 'green-blue'; there are in-place, recreate, rolling, blue-green, canary, linear, a-b, shadow",
                        "--only: there is no strategy ''",
                        "--runs: not a number from 1 to 100: 'many'",
                        "--page: cannot write to " + nowhere,
                        "--document: cannot write to " + folder);
        assertThat(results()).isEmpty();
    }

    @Test
    void the_page_and_the_document_are_written_where_they_are_asked_for() throws Exception {
        Path page = folder.resolve("page.html");
        Path document = folder.resolve("strategies.md");

        assertThat(status(measured, "--page", page.toString(), "--document", document.toString()))
                .isZero();
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").contains("Strategies, measured");
        assertThat(Files.readString(document)).startsWith("# Strategies, measured");
        assertThat(words()).contains("page: " + page, "document: " + document);
    }

    @Test
    void a_release_that_goes_astray_takes_its_strategy_out_of_the_table_and_no_other() {
        int status = status(
                (contenders, runs, spectator, stopper) ->
                        Comparisons.without("canary: the good release v2 was not promoted: no data"),
                "--json");

        assertThat(status).isEqualTo(1);
        assertThat(results()).contains("\"name\"").doesNotContain("canary");
        assertThat(words()).contains("not measured: canary: the good release v2 was not promoted: no data");
    }

    @Test
    void who_stops_it_gets_no_table_and_is_told_that_nothing_is_left() {
        int status = status((contenders, runs, spectator, stopper) -> {
            throw new Comparison.Stopped();
        });

        assertThat(status).isEqualTo(1);
        assertThat(results()).isEmpty();
        assertThat(words()).contains("stopped before the table was measured; nothing is left behind");
    }

    private int status(CompareCommand.Measurer measurer, String... arguments) {
        Streams streams = new Streams(
                new PrintStream(results, false, StandardCharsets.UTF_8),
                new PrintStream(words, false, StandardCharsets.UTF_8));
        List<String> all = new ArrayList<>(List.of("compare"));
        all.addAll(List.of(arguments));
        int status = Main.command(
                        stage -> {
                            throw new AssertionError("the demo was not asked for");
                        },
                        (stack, region, profile, progress) -> {
                            throw new AssertionError("the doctor was not asked for");
                        },
                        (service, plan, progress, stopper) -> {
                            throw new AssertionError("nobody asked for lives");
                        },
                        measurer,
                        streams)
                .execute(all.toArray(new String[0]));
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
