package dev.greenlight.counterpart;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * moto, another simulation of AWS by other people, behind real HTTP: one server for all tests of a JVM, on a loopback port that the
 * system chooses. It ends with the JVM, however that ends.
 */
public final class Moto {

    /** What a test says that is skipped because moto is not installed. */
    public static final String ABSENT =
            "moto_server is not on the PATH: `pip install 'moto[server]'` and this test runs over it, too";

    /** The server ends when its input does: a JVM that is killed closes the pipe, too, and runs no shutdown hook. */
    private static final String WATCHED =
            "exec 3<&0; \"$0\" \"$@\" & server=$!; (cat <&3 >/dev/null; kill $server) & wait $server";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TRY_MILLIS = 50;

    private static URI running;

    private Moto() {}

    /** Whether {@code moto_server} is on the PATH. */
    public static boolean isInstalled() {
        return command().isPresent();
    }

    /** The server's address; skips the calling test with one clear line where moto is not installed. */
    public static synchronized URI endpoint() {
        Assumptions.assumeTrue(isInstalled(), ABSENT);
        if (running == null) {
            running = start(command().orElseThrow());
        }
        return running;
    }

    private static Optional<Path> command() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory, "moto_server"))
                .filter(file -> file.toFile().canExecute())
                .findFirst();
    }

    private static URI start(Path command) {
        int port = freePort();
        try {
            Process server = new ProcessBuilder(
                            "sh", "-c", WATCHED, command.toString(), "-H", "127.0.0.1", "-p", Integer.toString(port))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            awaitPort(server, port);
        } catch (IOException e) {
            throw new UncheckedIOException("moto_server cannot be started", e);
        }
        return URI.create("http://127.0.0.1:" + port);
    }

    private static int freePort() {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("there is no free port", e);
        }
    }

    private static void awaitPort(Process server, int port) throws IOException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(port)) {
            if (hasEnded(server)) {
                throw new IOException("moto_server ended by itself with status " + server.exitValue());
            }
            if (System.nanoTime() > giveUp) {
                throw new IOException("moto_server did not open its port within " + PATIENCE);
            }
        }
    }

    private static boolean answers(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TRY_MILLIS);
            return true;
        } catch (ConnectException | SocketTimeoutException e) {
            return false;
        }
    }

    /** Waits a little for an end that nobody hopes for. */
    private static boolean hasEnded(Process server) {
        try {
            return server.waitFor(TRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
