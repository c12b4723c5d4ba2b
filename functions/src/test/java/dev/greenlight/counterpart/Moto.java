package dev.greenlight.counterpart;

import java.io.File;
import java.io.IOException;
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

    /** Set once the server was asked for; empty where it is not installed, or ends by itself. */
    private static Optional<URI> running;

    private static Optional<IllegalStateException> failure = Optional.empty();

    private Moto() {}

    /** Whether {@code moto_server} is on the PATH and runs: a version manager puts one there that only says what is missing. */
    public static boolean isInstalled() {
        return server().isPresent();
    }

    /** The server's address; skips the calling test with one clear line where moto is not installed. */
    public static URI endpoint() {
        Assumptions.assumeTrue(isInstalled(), ABSENT);
        return server().orElseThrow();
    }

    /** Tries once in a JVM: who comes after a failure hears of it at once. */
    private static synchronized Optional<URI> server() {
        if (failure.isPresent()) {
            throw failure.get();
        }
        if (running == null) {
            try {
                Optional<Path> command = command();
                running = command.isPresent() ? start(command.get()) : Optional.empty();
            } catch (IOException e) {
                failure = Optional.of(new IllegalStateException("moto_server cannot be started", e));
                throw failure.get();
            }
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

    /** Empty if the server ends by itself. */
    static Optional<URI> start(Path command) throws IOException {
        int port = freePort();
        Process server = new ProcessBuilder(
                        "sh", "-c", WATCHED, command.toString(), "-H", "127.0.0.1", "-p", Integer.toString(port))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return opens(server, port) ? Optional.of(URI.create("http://127.0.0.1:" + port)) : Optional.empty();
        } catch (IOException e) {
            // Its input ends, and the server with it.
            server.getOutputStream().close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private static boolean opens(Process server, int port) throws IOException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(port)) {
            if (hasEnded(server)) {
                return false;
            }
            if (System.nanoTime() > giveUp) {
                throw new IOException("moto_server did not open its port within " + PATIENCE);
            }
        }
        return true;
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
