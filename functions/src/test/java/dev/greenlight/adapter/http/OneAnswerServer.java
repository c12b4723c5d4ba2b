package dev.greenlight.adapter.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;

/** Answers every connection with the same bytes, or with none, and remembers what it was asked. Loopback only. */
final class OneAnswerServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ServerSocket server;
    private final byte[] answer;
    private final boolean thenClose;
    private final CountDownLatch held;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private OneAnswerServer(ServerSocketFactory sockets, String answer, boolean thenClose, CountDownLatch held)
            throws IOException {
        this.held = held;
        this.server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
        this.thenClose = thenClose;
        Thread.ofVirtual().start(this::serve);
    }

    static OneAnswerServer answering(String answer) throws IOException {
        return answering(ServerSocketFactory.getDefault(), answer);
    }

    static OneAnswerServer answering(ServerSocketFactory sockets, String answer) throws IOException {
        return new OneAnswerServer(sockets, answer, true, new CountDownLatch(0));
    }

    /** Has the request and keeps the answer back until it is let go. */
    static OneAnswerServer answeringAfter(CountDownLatch held, String answer) throws IOException {
        return new OneAnswerServer(ServerSocketFactory.getDefault(), answer, true, held);
    }

    /** Sends this much and then nothing any more, with the connection open. */
    static OneAnswerServer stallingAfter(String answer) throws IOException {
        return new OneAnswerServer(ServerSocketFactory.getDefault(), answer, false, new CountDownLatch(0));
    }

    URI url() {
        return url("http");
    }

    URI url(String scheme) {
        return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort());
    }

    List<String> requests() {
        return requests;
    }

    /** Returns once a request has come; fails if none comes. */
    void awaitRequest() {
        try {
            if (!asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("no request came within " + PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        try {
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> answer(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void answer(Socket client) {
        // A socket that nobody holds is closed by whoever collects garbage.
        clients.add(client);
        try {
            requests.add(head(client.getInputStream()));
            asked.countDown();
            held.await();
            OutputStream out = client.getOutputStream();
            out.write(answer);
            out.flush();
            if (thenClose) {
                client.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException givenUp) {
            // The other side went away first, as some of the tests want it to.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
