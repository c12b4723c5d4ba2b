package dev.greenlight.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another reader of templates than CDK's own. Where it is not installed the test is skipped. */
class CfnLintTest {

    /** CDK writes every dependency out, also those that a reference makes. */
    private static final String REDUNDANT_DEPENDENCY = "W3005";

    @Test
    void cfn_lint_has_nothing_to_say(@TempDir Path out) throws Exception {
        assumeTrue(isInstalled(), "cfn-lint is not on the PATH: pip install cfn-lint");
        List<String> command = new ArrayList<>(List.of("cfn-lint", "-i", REDUNDANT_DEPENDENCY, "--"));
        for (String example : Project.examples()) {
            command.add(Synthesized.written(example).toString());
        }
        Path log = out.resolve("log.txt");
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertThat(status).as(Files.readString(log)).isZero();
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, "cfn-lint")));
    }
}
