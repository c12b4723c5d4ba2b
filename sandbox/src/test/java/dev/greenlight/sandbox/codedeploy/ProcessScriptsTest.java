package dev.greenlight.sandbox.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.sandbox.codedeploy.ScriptRunner.Call;
import dev.greenlight.sandbox.codedeploy.ScriptRunner.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.codedeploy.model.LifecycleErrorCode;

class ProcessScriptsTest {

    @TempDir
    private Path archive;

    private Result run(String body, Duration timeout) throws IOException {
        Files.writeString(archive.resolve("script.sh"), body);
        return new ProcessScripts()
                .run(new Call(
                        "i-1", "v1", "ValidateService", "script.sh", archive, Map.of("DEPLOYMENT_ID", "d-1"), timeout));
    }

    @Test
    void a_script_sees_its_variables_and_nothing_else_of_this_process() throws IOException {
        Result result =
                run("env | cut -d= -f1 | sort > names\ntest \"$DEPLOYMENT_ID\" = d-1\n", Duration.ofSeconds(20));

        assertThat(result.ok()).as(result.logTail()).isTrue();
        assertThat(Files.readAllLines(archive.resolve("names")))
                .contains("DEPLOYMENT_ID", "PATH")
                .doesNotContain("HOME");
    }

    @Test
    void a_script_that_exits_1_fails_with_its_output() throws IOException {
        Result result = run("#!/bin/sh -e\necho checking\necho no answer >&2\nexit 1\n", Duration.ofSeconds(20));

        assertThat(result.code()).isEqualTo(LifecycleErrorCode.SCRIPT_FAILED);
        assertThat(result.script()).isEqualTo("script.sh");
        assertThat(result.message()).contains("script.sh", "exit code 1");
        assertThat(result.logTail())
                .contains("LifecycleEvent - ValidateService", "[stdout]checking", "[stderr]no answer");
    }

    @Test
    void only_the_last_two_kilobytes_of_output_are_kept() throws IOException {
        Result result =
                run("i=0\nwhile [ $i -lt 300 ]; do echo line $i; i=$((i+1)); done\nexit 3\n", Duration.ofSeconds(20));

        assertThat(result.logTail())
                .hasSizeLessThanOrEqualTo(2048)
                .contains("line 299")
                .doesNotContain("line 1\n");
    }

    @Test
    void a_script_that_takes_too_long_is_killed_with_its_children() throws IOException {
        Result result = run("sleep 300 & echo $! > child\nwait\n", Duration.ofMillis(700));

        assertThat(result.code()).isEqualTo(LifecycleErrorCode.SCRIPT_TIMED_OUT);
        long child = Long.parseLong(Files.readString(archive.resolve("child")).strip());
        ProcessHandle.of(child)
                .ifPresent(handle ->
                        handle.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    /** The script lives for a moment: of one that ends before anybody has begun to read its output, Java shows an empty one. */
    @Test
    void a_child_that_holds_the_output_open_hangs_the_script_until_its_time_is_up() throws IOException {
        Result result = run("sleep 9 &\nsleep 1\nexit 0\n", Duration.ofSeconds(3));

        assertThat(result.code()).isEqualTo(LifecycleErrorCode.SCRIPT_TIMED_OUT);
    }

    @Test
    void a_daemon_that_closes_its_output_does_not() throws IOException {
        Result result = run("sleep 3 >/dev/null 2>&1 &\nexit 0\n", Duration.ofSeconds(20));

        assertThat(result.ok()).isTrue();
    }

    @Test
    void a_script_that_is_not_there_is_missing() {
        Result result = new ProcessScripts()
                .run(new Call("i-1", "v1", "AfterInstall", "none.sh", archive, Map.of(), Duration.ofSeconds(1)));

        assertThat(result.code()).isEqualTo(LifecycleErrorCode.SCRIPT_MISSING);
    }
}
