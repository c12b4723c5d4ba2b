package dev.greenlight.sandbox.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the template's buildspec makes of a source: an artifact, and the digest that quarantine goes by. */
class TemplateBuildTest {

    @TempDir
    private Path first;

    @TempDir
    private Path second;

    @Test
    void the_same_content_has_the_same_digest_wherever_and_whenever_it_is_built()
            throws IOException, InterruptedException {
        TemplateRepository one =
                TemplateRepository.begun(first).with("app/b", "1").with("app/a", "2");
        TemplateRepository other =
                TemplateRepository.begun(second).with("app/a", "2").with("app/b", "1");
        Files.setLastModifiedTime(second.resolve("app/a"), FileTime.from(Instant.EPOCH));

        String digest = one.build("v1").digest();

        assertThat(digest).matches("[0-9a-f]{64}").isEqualTo(one.build("v1").digest());
        assertThat(other.build("v1").digest()).isEqualTo(digest);
        assertThat(other.build("v1", TemplateRepository.STAND_INS, TemplateRepository.BACKWARDS)
                        .digest())
                .isEqualTo(digest);
    }

    @Test
    void a_merge_that_changes_nothing_has_the_digest_of_what_it_repeats() throws IOException, InterruptedException {
        TemplateRepository app = TemplateRepository.begun(first);

        assertThat(app.build("v2").digest()).isEqualTo(app.build("v1").digest());
    }

    @Test
    void other_bytes_another_name_or_another_setting_has_another_digest() throws IOException, InterruptedException {
        TemplateRepository app = TemplateRepository.begun(first);
        List<String> digests = new ArrayList<>(List.of(app.build("v1").digest()));

        digests.add(app.with("src/app", "the app, mended").build("v1").digest());
        digests.add(app.with("app/x", "1").build("v1").digest());
        Files.move(first.resolve("app/x"), first.resolve("app/y"));
        digests.add(app.build("v1").digest());
        digests.add(app.setting("PORT", "9000").build("v1").digest());

        assertThat(digests).doesNotHaveDuplicates();
    }

    @Test
    void the_artifact_holds_what_an_instance_needs_and_nothing_else() throws IOException, InterruptedException {
        Zip artifact = TemplateRepository.begun(first).build("v1").artifact();

        assertThat(artifact.names())
                .containsExactlyInAnyOrder(
                        "appspec.yml",
                        "service.env",
                        "version",
                        "app/run",
                        "app/app.jar",
                        "app/behaviour",
                        "scripts/stop.sh",
                        "scripts/install.sh",
                        "scripts/start.sh",
                        "scripts/validate.sh",
                        "systemd/app.service");
    }

    @Test
    void a_link_in_a_revision_fails_the_build_because_its_target_is_not_in_it() throws IOException {
        TemplateRepository app = TemplateRepository.begun(first);
        Files.createSymbolicLink(first.resolve("app/link"), Path.of("run"));

        assertThatThrownBy(() -> app.build("v1")).hasMessageContaining("files and folders only");
    }

    @Test
    void shellcheck_finds_nothing_in_the_scripts() throws IOException, InterruptedException {
        assumeTrue(onThePath("shellcheck"), "shellcheck is not installed: its package has the same name");
        List<String> command = new ArrayList<>(List.of("shellcheck"));
        for (Path folder :
                List.of(TemplateRepository.TEMPLATE, TemplateRepository.STAND_INS, TemplateRepository.BACKWARDS)) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.filter(Files::isRegularFile)
                        .filter(TemplateBuildTest::isScript)
                        .map(Path::toString)
                        .sorted()
                        .forEach(command::add);
            }
        }

        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String findings = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(findings).isZero();
        assertThat(command).hasSizeGreaterThan(10);
    }

    private static boolean isScript(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().orElse("").startsWith("#!");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean onThePath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
