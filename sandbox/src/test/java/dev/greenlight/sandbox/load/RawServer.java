package dev.greenlight.sandbox.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A server that writes to each connection exactly the bytes that it is told to, and then closes it. */
public final class RawServer implements AutoCloseable {

    private final ServerSocket listening;
    private final AtomicInteger requests = new AtomicInteger();
    private final IntFunction<String> answer;
    private volatile String lastHead = "";

    /** The answer to the n-th request, counted from 1; an empty one closes the connection without a word. */
    public RawServer(IntFunction<String> answer) {
        this.answer = answer;
        try {
            this.listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::acceptAll);
    }

    public int port() {
        return listening.getLocalPort();
    }

    public int requests() {
        return requests.get();
    }

    /** The request line and the headers of the latest request, one a line. */
    public String lastHead() {
        return lastHead;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void acceptAll() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            StringBuilder head = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                head.append(line).append('\n');
            }
            lastHead = head.toString();
            String bytes = answer.apply(requests.incrementAndGet());
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
