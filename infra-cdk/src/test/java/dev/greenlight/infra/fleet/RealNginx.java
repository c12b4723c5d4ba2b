package dev.greenlight.infra.fleet;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An nginx of the system's own package on loopback; it ends with this process, however that ends. */
final class RealNginx implements AutoCloseable {

    /** What a test says that is skipped because it is not there. */
    static final String ABSENT =
            "nginx is not installed: `apt-get install nginx-light` and this test copies real requests with it";

    /** The shell's input ends when this process does, and nginx with it. */
    private static final String UNTIL_INPUT_ENDS = "\"$@\" & nginx=$!; read -r end; kill $nginx; wait $nginx";

    private final Process shell;

    private RealNginx(Process shell) {
        this.shell = shell;
    }

    /** Starts it and waits until it serves; skips the calling test with one clear line where it is not installed. */
    static RealNginx start(Path directory, String configuration) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                        Stream.of("/bin/sh", "-c", UNTIL_INPUT_ENDS, "sh"),
                        command(directory, configuration, "daemon off;"))
                .toList());
        RealNginx started = new RealNginx(builder.redirectErrorStream(true).start());
        BufferedReader told =
                new BufferedReader(new InputStreamReader(started.shell.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder all = new StringBuilder();
        for (String line = told.readLine(); line != null; line = told.readLine()) {
            all.append(line).append('\n');
            if (line.contains("start worker process")) {
                Thread.ofVirtual().start(() -> told.lines().forEach(more -> {}));
                return started;
            }
        }
        throw new IOException("nginx does not start: " + all);
    }

    /** What it says of a configuration; empty if it can be used. */
    static Optional<String> objections(Path directory, String configuration) throws Exception {
        Process test = new ProcessBuilder(command(directory, configuration, "").toList())
                .redirectErrorStream(true)
                .start();
        String said = new String(test.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return test.waitFor() == 0 ? Optional.empty() : Optional.of(said);
    }

    private static Stream<String> command(Path directory, String configuration, String more) throws IOException {
        Optional<Path> nginx = installed();
        assumeTrue(nginx.isPresent(), ABSENT);
        Path file = Files.writeString(directory.resolve("nginx.conf"), asAnyone(configuration, directory));
        List<String> test = more.isEmpty() ? List.of("-t") : List.of();
        return Stream.concat(
                Stream.of(
                        nginx.get().toString(),
                        "-p",
                        directory.toString(),
                        "-c",
                        file.toString(),
                        "-e",
                        "stderr",
                        "-g",
                        "pid nginx.pid; error_log stderr notice; " + more),
                test.stream());
    }

    /** The directories of the package may be root's; nothing of what is tested writes into any. */
    private static String asAnyone(String configuration, Path directory) {
        StringBuilder paths = new StringBuilder("http {\n");
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            paths.append("    %s_temp_path %s/%s;\n".formatted(kind, directory, kind));
        }
        return configuration.replace("http {\n", paths);
    }

    private static Optional<Path> installed() {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator))),
                        Stream.of("/usr/sbin"))
                .map(directory -> Path.of(directory, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A port on which nothing listens now. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        shell.getOutputStream().close();
        try {
            if (!shell.waitFor(10, TimeUnit.SECONDS)) {
                shell.descendants().forEach(ProcessHandle::destroyForcibly);
                shell.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
