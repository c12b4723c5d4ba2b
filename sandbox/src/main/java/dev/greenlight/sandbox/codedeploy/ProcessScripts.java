package dev.greenlight.sandbox.codedeploy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Scripts as real processes, in the folder that the bundle is unpacked to, with nothing of this JVM's environment but the PATH.
 *
 * <p>Follows the page "AppSpec 'hooks' section": a script ends when it has exited <em>and</em> closed its output; one that leaves a
 * child behind which holds the output open hangs until its time is up. Then the script and all its descendants are killed. Time limits are
 * wall time.
 */
public final class ProcessScripts implements ScriptRunner {

    private final String path;

    /** Scripts find the programs of this machine. */
    public ProcessScripts() {
        this(List.of());
    }

    /** Scripts find the programs in these folders before those of this machine: stand-ins for what an instance has. */
    public ProcessScripts(List<Path> programs) {
        this.path = Stream.concat(
                        programs.stream().map(folder -> folder.toAbsolutePath().toString()),
                        Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    public boolean needsDisk() {
        return true;
    }

    @Override
    public Result run(Call call) {
        Path script = call.archive().resolve(call.location()).normalize();
        if (!script.startsWith(call.archive()) || !Files.isRegularFile(script)) {
            return Result.missing(call.location());
        }
        OutputTail tail = new OutputTail("LifecycleEvent - " + call.event() + "\nScript - " + call.location() + "\n");
        try {
            Process process = start(call, script);
            Thread out = Thread.ofVirtual().start(() -> tail.follow("[stdout]", process.getInputStream()));
            Thread err = Thread.ofVirtual().start(() -> tail.follow("[stderr]", process.getErrorStream()));
            long deadline = System.nanoTime() + call.timeout().toNanos();
            boolean ended = process.waitFor(call.timeout().toNanos(), TimeUnit.NANOSECONDS)
                    && closed(out, deadline)
                    && closed(err, deadline);
            if (!ended) {
                kill(process);
                return Result.timedOut(call.location(), call.timeout(), tail.text(), Duration.ZERO);
            }
            int exit = process.exitValue();
            return exit == 0 ? Result.succeeded() : Result.failed(call.location(), exit, tail.text());
        } catch (IOException e) {
            return Result.broken(
                    "Script at specified location: " + call.location() + " could not be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.broken("interrupted while " + call.location() + " ran");
        }
    }

    private Process start(Call call, Path script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(script))
                .directory(call.archive().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().putAll(call.environment());
        return builder.start();
    }

    /** The interpreter is called by name: executing a file that was just written fails now and then while another process forks. */
    private static List<String> command(Path script) throws IOException {
        List<String> command = new ArrayList<>();
        String first;
        try (Stream<String> lines = Files.lines(script, StandardCharsets.ISO_8859_1)) {
            first = lines.findFirst().orElse("");
        }
        if (first.startsWith("#!")) {
            command.addAll(List.of(first.substring(2).strip().split("\\s+", 2)));
        } else {
            command.add("/bin/sh");
        }
        command.add(script.toString());
        return command;
    }

    private static boolean closed(Thread reader, long deadline) throws InterruptedException {
        long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
        reader.join(left);
        return !reader.isAlive();
    }

    private static void kill(Process process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
