package dev.greenlight.adapter.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads everything that this module's tests have printed: no credential of the sample events is in it. Runs in {@code verify}. */
class NoSecretInAnyLogIT {

    private static final Path REPORTS = Path.of("target", "surefire-reports");

    @Test
    void of_all_tests_tells_a_credential_of_the_sample_events() throws IOException {
        List<Path> reports;
        try (Stream<Path> files = Files.walk(REPORTS)) {
            reports = files.filter(Files::isRegularFile).toList();
        }

        assertThat(reports).isNotEmpty();
        assertThat(reports)
                .allSatisfy(report -> assertThat(EventFiles.CREDENTIALS)
                        .as(report.toString())
                        .noneMatch(secret -> text(report).contains(secret)));
    }

    private static String text(Path report) {
        try {
            return new String(Files.readAllBytes(report), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
