package dev.greenlight.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.check.Probe;
import dev.greenlight.domain.check.SmokeTest;
import dev.greenlight.domain.fleet.FleetName;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A green that answers anything at all is an answer or none, in time and in little memory. */
class HostileAnswersTest {

    private static final Duration BUDGET = Duration.ofMillis(100);

    /** The budget, the second that a late answer is given to be seen to be late, and a slow machine's share. */
    private static final Duration LONGEST = Duration.ofSeconds(6);

    private static final int ANSWERS = 150;

    /** Writes bytes for as long as somebody reads them. */
    private interface Speech {
        void speak(OutputStream to) throws IOException, InterruptedException;
    }

    /** Speaks to everybody who asks; loopback only. */
    private static final class Speaker implements AutoCloseable {

        private final ServerSocket server;
        private final Speech speech;
        private final AtomicInteger heard = new AtomicInteger();
        private final Thread speaking;

        Speaker(Speech speech) throws IOException {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            this.speech = speech;
            this.speaking = Thread.ofVirtual().start(this::serve);
        }

        private void serve() {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    client.getInputStream().read(new byte[8 * 1024]);
                    heard.incrementAndGet();
                    speech.speak(client.getOutputStream());
                } catch (IOException gone) {
                    // The probe has heard enough, or the test is over.
                } catch (InterruptedException over) {
                    return;
                }
            }
        }

        /** How many have asked. */
        int heard() {
            return heard.get();
        }

        Probe asked() {
            URI url = URI.create("http://127.0.0.1:" + server.getLocalPort());
            return new HttpSmokeProbe(url, "example.com", "X-Preview", fleet -> "secret")
                    .ask(FleetName.B, new SmokeTest("/", 200, Optional.empty(), Optional.empty(), BUDGET, false));
        }

        @Override
        public void close() throws IOException {
            server.close();
            speaking.interrupt();
        }
    }

    private record Hostile(String name, Speech speech) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Hostile> endless() {
        return List.of(
                new Hostile("status lines", to -> always(to, "HTTP/1.1 100 Continue\r\n\r\n")),
                new Hostile("one header", to -> {
                    say(to, "HTTP/1.1 200 OK\r\nX: ");
                    always(to, "x");
                }),
                new Hostile("headers", to -> {
                    say(to, "HTTP/1.1 200 OK\r\n");
                    always(to, "X: y\r\n");
                }),
                new Hostile("body", to -> {
                    say(to, "HTTP/1.1 200 OK\r\n\r\n");
                    always(to, "x".repeat(1_000));
                }),
                new Hostile("long body", to -> {
                    say(to, "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n");
                    always(to, "x".repeat(1_000));
                }),
                new Hostile("chunks", to -> {
                    say(to, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    always(to, "1\r\nx\r\n");
                }),
                new Hostile("chunk's length", to -> {
                    say(to, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    always(to, "0");
                }),
                new Hostile("chunk's extension", to -> {
                    say(to, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;");
                    always(to, "x");
                }),
                new Hostile("nothing", to -> {
                    say(to, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab");
                    new CountDownLatch(1).await();
                }),
                new Hostile("empty lines", to -> always(to, "\r\n")));
    }

    private static void say(OutputStream to, String text) throws IOException {
        to.write(text.getBytes(StandardCharsets.ISO_8859_1));
        to.flush();
    }

    private static void always(OutputStream to, String text) throws IOException {
        long until = System.nanoTime() + LONGEST.multipliedBy(2).toNanos();
        while (System.nanoTime() < until) {
            say(to, text);
        }
    }

    @ParameterizedTest
    @MethodSource("endless")
    void what_never_ends_is_cut_short(Hostile hostile) throws IOException {
        try (Speaker green = new Speaker(hostile.speech())) {
            long began = System.nanoTime();
            Probe probe = green.asked();

            assertThat(green.heard()).isPositive();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONGEST);
            if (probe instanceof Probe.Answered answered) {
                assertThat(answered.body().length()).isLessThanOrEqualTo(64 * 1024);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 20260105})
    void damaged_answers_are_answers_or_none(long seed) throws IOException {
        Random random = new Random(seed);
        Function<Random, byte[]> answers = HostileAnswersTest::damaged;
        try (Speaker green = new Speaker(to -> to.write(answers.apply(random)))) {
            for (int i = 0; i < ANSWERS; i++) {
                assertThat(green.asked()).isNotNull();
            }
            assertThat(green.heard()).isGreaterThanOrEqualTo(ANSWERS);
        }
    }

    private static byte[] damaged(Random random) {
        List<String> pieces = List.of(
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200\n",
                "HTTP/1.0 999 \r\n",
                "HTTP/2 200\r\n",
                "HTTP/1.1 2000 OK\r\n",
                "Content-Length: 3\r\n",
                "Content-Length: -3\r\n",
                "Content-Length: 3, 3\r\n",
                "content-length: 3e2\r\n",
                "Transfer-Encoding: chunked\r\n",
                "Transfer-Encoding: gzip, chunked\r\n",
                ": nameless\r\n",
                "X\r\n",
                "\r\n",
                "\n",
                "abc",
                "3\r\nabc\r\n",
                "0\r\n\r\n",
                "ffffffffffffffff\r\n",
                "-1\r\n",
                "\u00c3\u0028",
                "\u00ff\u00fe\u0000",
                "é",
                "\r");
        StringBuilder answer = new StringBuilder(random.nextInt(4) == 0 ? "" : "HTTP/1.1 200 OK\r\n");
        for (int times = random.nextInt(9); times > 0; times--) {
            answer.append(pieces.get(random.nextInt(pieces.size())));
        }
        byte[] bytes = answer.toString().getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length > 0 && random.nextInt(3) == 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }
}
