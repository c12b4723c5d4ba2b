package dev.greenlight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/troubles.md promises that a test plays each of its rows: here is who looks whether that is so. */
class TroublesTest {

    private static final Path ROOT = Path.of("..");
    private static final List<String> MODULES = List.of("service", "sandbox", "functions", "cli", "infra-cdk");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (?!what goes wrong|---).*\\|$");
    private static final Pattern NAMED = Pattern.compile("`(\\w+)\\.(\\w+)` \\|$");

    @Test
    void each_row_names_a_test_and_the_test_is_there() throws IOException {
        Map<String, List<Path>> classes = testClasses();
        List<String> rows = rows();

        assertThat(rows).hasSizeGreaterThan(40);
        assertThat(rows)
                .allSatisfy(row -> assertThat(named(row))
                        .as(row)
                        .hasValueSatisfying(test -> assertThat(holds(classes, test.group(1), test.group(2)))
                                .isTrue()));
    }

    @Test
    void what_is_not_there_or_is_no_test_is_noticed() throws IOException {
        Map<String, List<Path>> classes = testClasses();
        assertThat(holds(classes, "TroublesTest", "what_is_not_there_or_is_no_test_is_noticed"))
                .isTrue();
        assertThat(holds(classes, "TroublesTest", "holds")).isFalse();
        assertThat(holds(classes, "NobodysTest", "holds")).isFalse();
    }

    private static List<String> rows() throws IOException {
        return ROW.matcher(Files.readString(ROOT.resolve("docs/troubles.md")))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static Optional<MatchResult> named(String row) {
        return NAMED.matcher(row).results().findFirst();
    }

    /** Whether a class of that name has such a test: a method with an annotation that JUnit runs. */
    private static boolean holds(Map<String, List<Path>> classes, String name, String method) {
        Pattern test =
                Pattern.compile("@(Test|ParameterizedTest|TestFactory|RepeatedTest)\\b[^;]*?\\bvoid " + method + "\\(");
        return classes.getOrDefault(name, List.of()).stream()
                .anyMatch(file -> test.matcher(source(file)).find());
    }

    private static String source(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, List<Path>> testClasses() throws IOException {
        Map<String, List<Path>> classes = new HashMap<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> classes.computeIfAbsent(
                                        file.getFileName().toString().replace(".java", ""), name -> new ArrayList<>())
                                .add(file));
            }
        }
        return classes;
    }
}
