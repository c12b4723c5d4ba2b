package dev.greenlight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The root's {@code greenlight} script in a clone of three empty files, with a Maven and a JDK that only say what they were told. */
class LauncherTest {

    private static final List<String> TOOLS = List.of(
            "sh", "sed", "find", "head", "dirname", "readlink", "mktemp", "mv", "rm", "cat", "stty", "mkdir", "touch");

    @TempDir
    private Path folder;

    private Path clone;
    private Path tools;

    @BeforeEach
    void clone_and_tools() throws IOException {
        clone = Files.createDirectories(folder.resolve("a clone"));
        Files.copy(script(), clone.resolve("greenlight"));
        Files.createDirectories(clone.resolve("cli/src/main"));
        Files.writeString(clone.resolve("pom.xml"), "");
        Files.writeString(clone.resolve("cli/pom.xml"), "");
        Files.writeString(clone.resolve("cli/src/main/Main.java"), "");
        tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : TOOLS) {
            executable(tools.resolve(tool), "exec '" + onPath(tool) + "' \"$@\"");
        }
        jdk("21.0.4");
        executable(
                tools.resolve("mvn"),
                "echo \"mvn $*\" >&2; mkdir -p cli/target; touch cli/target/greenlight.jar; exit \"${MVN_STATUS:-0}\"");
    }

    @Test
    void a_new_clone_is_built_and_then_run_with_all_arguments() throws Exception {
        Run run = run("demo", "--page", "my page.html");

        assertThat(run.words).contains("building, once", "mvn -B");
        assertThat(run.results)
                .contains("-jar " + clone.toRealPath() + "/cli/target/greenlight.jar demo --page my page.html")
                .contains("-Dgreenlight.terminal.stdout=false");
        assertThat(run.status).isEqualTo(7);
    }

    @Test
    void what_is_fresh_is_not_built_again() throws Exception {
        run();

        assertThat(run().words).isEmpty();
    }

    @Test
    void a_source_that_is_newer_is_built() throws Exception {
        run();
        Files.setLastModifiedTime(
                clone.resolve("cli/src/main/Main.java"),
                FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(run().words).contains("mvn -B");
    }

    @Test
    void a_build_that_fails_is_said_and_nothing_is_run() throws Exception {
        Run run = run(List.of("MVN_STATUS=1"));

        assertThat(run.words).contains("the build failed");
        assertThat(run.results).isEmpty();
        assertThat(run.status).isEqualTo(3);
        assertThat(run().words).as("the next try builds again").contains("mvn -B");
    }

    @Test
    void a_missing_maven_is_said() throws Exception {
        Files.delete(tools.resolve("mvn"));

        Run run = run();

        assertThat(run.words).contains("Maven is missing", "3.8 or newer");
        assertThat(run.status).isEqualTo(3);
    }

    @Test
    void an_old_JAVA_HOME_is_not_used() throws Exception {
        jdk("17.0.15");

        assertThat(run().results).doesNotContain("fake java");
    }

    @Test
    void native_access_is_allowed_where_java_would_warn() throws Exception {
        assertThat(run().results).doesNotContain("native-access");
        jdk("25");
        assertThat(run().results).contains("--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void the_simulator_gets_the_collector_that_takes_the_least_of_its_time() throws Exception {
        assertThat(run("simulate").results).contains("-XX:+UseParallelGC");
        assertThat(run("demo").results).doesNotContain("-XX:+Use");
    }

    private record Run(int status, String results, String words) {}

    private Run run(String... arguments) throws Exception {
        return run(List.of(), arguments);
    }

    private Run run(List<String> settings, String... arguments) throws Exception {
        Path results = folder.resolve("results");
        Path words = folder.resolve("words");
        ProcessBuilder process = new ProcessBuilder(
                Stream.concat(Stream.of(clone.resolve("greenlight").toString()), Stream.of(arguments))
                        .toList());
        process.environment().clear();
        process.environment().put("PATH", tools.toString());
        process.environment().put("HOME", folder.toString());
        process.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        settings.forEach(setting -> process.environment().put(setting.split("=")[0], setting.split("=")[1]));
        int status = process.redirectOutput(results.toFile())
                .redirectError(words.toFile())
                .start()
                .waitFor();
        return new Run(status, Files.readString(results), Files.readString(words));
    }

    private void jdk(String version) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");
        executable(bin.resolve("java"), "echo \"fake java $*\"; exit 7");
        executable(bin.resolve("javac"), "exit 0");
    }

    private static void executable(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static Path script() {
        Path here = Path.of("greenlight").toAbsolutePath();
        return Files.isRegularFile(here) ? here : here.getParent().resolveSibling("greenlight");
    }

    private static Path onPath(String tool) throws IOException {
        Process which = new ProcessBuilder("sh", "-c", "command -v " + tool).start();
        try (InputStream out = which.getInputStream()) {
            return Path.of(new String(out.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }
}
