package dev.greenlight.counterpart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MotoTest {

    /** The server that ends is played by a shell script, which Windows does not run. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_server_that_ends_by_itself_counts_as_not_installed(@TempDir Path directory) throws IOException {
        Path shim = directory.resolve("moto_server");
        Files.writeString(shim, "#!/bin/sh\necho 'the package is not installed in this version' >&2\nexit 127\n");
        Files.setPosixFilePermissions(shim, PosixFilePermissions.fromString("rwx------"));

        assertThat(Moto.start(shim)).isEmpty();
    }
}
