package dev.greenlight.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo and the stories run from the festival's template as it lies in the sandbox: it is the one that is synthesized. */
class FestivalTemplateTest {

    private static final String REWRITE = "mvn -B -ntp -pl infra-cdk -am test -Dtest=FestivalTemplateTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dgreenlight.write-festival-template=true";

    /** The functions' zip has its digest for a name. */
    private static final Pattern ZIP = Pattern.compile("\"[0-9a-f]{64}\\.zip\"");

    /** A version's logical id ends with a digest of the function's zip and settings. */
    private static final Pattern VERSION = Pattern.compile("(FunctionCurrentVersion[0-9A-F]{8})[0-9a-f]{32}");

    @Test
    void the_sandboxs_template_is_the_one_that_is_synthesized(@TempDir Path out) throws IOException {
        Path committed = Project.sandboxTemplate("festival");
        String fresh = withoutDigests(Files.readString(Synthesized.written("festival")));
        if (Boolean.getBoolean("greenlight.write-festival-template")) {
            Files.writeString(committed, fresh);
        }
        assertThat(Files.writeString(out.resolve("fresh.json"), fresh))
                .as("if this is meant, run %s and commit %s", REWRITE, committed.getFileName())
                .hasSameTextualContentAs(committed);
    }

    @Test
    void nothing_but_digests_of_the_build_is_left_out_of_the_comparison() throws IOException {
        String written = Files.readString(Synthesized.written("festival"));
        String left = withoutDigests(written);
        assertThat(ZIP.matcher(written).results().count()).isPositive();
        assertThat(VERSION.matcher(written).results().count()).isPositive();
        assertThat(left).doesNotContainPattern("[0-9a-f]{32}").hasLineCount((int)
                written.lines().count());
    }

    private static String withoutDigests(String template) {
        return VERSION.matcher(ZIP.matcher(template).replaceAll("\"functions.zip\""))
                .replaceAll("$1");
    }
}
