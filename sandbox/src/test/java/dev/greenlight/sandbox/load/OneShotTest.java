package dev.greenlight.sandbox.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.sandbox.load.Outcome.Answered;
import dev.greenlight.sandbox.load.Outcome.Lost;
import dev.greenlight.sandbox.load.Outcome.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OneShotTest {

    private static final Duration LONG = Duration.ofSeconds(10);

    @Test
    void a_whole_answer_gives_its_status_and_headers() throws IOException {
        try (RawServer server =
                new RawServer(n -> "HTTP/1.1 200 OK\r\nX-App-Version: v1\r\nContent-Length: 2\r\n\r\nok")) {
            OneShot.Reply reply = OneShot.get(server.port(), "/", Map.of(), LONG);

            assertThat(reply.outcome()).isEqualTo(new Answered(200));
            assertThat(reply.header("x-app-version")).contains("v1");
            assertThat(reply.body()).isEqualTo("ok");
        }
    }

    @Test
    void an_answer_that_ends_in_the_middle_is_broken_by_length_by_chunks_and_by_head() throws IOException {
        String[] halves = {
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n",
            "HTTP/1.1 200 OK\r\nContent-",
            "garbage\r\n\r\n",
            ""
        };
        try (RawServer server = new RawServer(n -> halves[n - 1])) {
            for (String half : halves) {
                assertThat(OneShot.get(server.port(), "/", Map.of(), LONG).outcome())
                        .as(half)
                        .isEqualTo(new Lost(Reason.BROKEN));
            }
        }
    }

    @Test
    void a_closed_port_refuses() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertThat(OneShot.get(port, "/", Map.of(), LONG).outcome()).isEqualTo(new Lost(Reason.REFUSED));
    }

    @Test
    void a_server_that_never_answers_is_given_up_after_the_time_limit() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            OneShot.Reply reply = OneShot.get(silent.getLocalPort(), "/", Map.of(), Duration.ofMillis(100));

            assertThat(reply.outcome()).isEqualTo(new Lost(Reason.TIMED_OUT));
        }
    }
}
