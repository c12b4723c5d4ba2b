package dev.greenlight.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.check.Judge;
import dev.greenlight.domain.check.Probe;
import dev.greenlight.domain.check.SmokeTest;
import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.fleet.FleetName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HttpSmokeProbeTest {

    private static final Duration AMPLE = Duration.ofSeconds(20);

    @Test
    void the_request_is_a_users_but_for_the_secret_header() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            ask(server, "/health?deep=1");
            assertThat(server.requests().getFirst())
                    .startsWith("GET /health?deep=1 HTTP/1.1\r\n")
                    .contains("\r\nHost: checkout.example.com\r\n")
                    .contains("\r\nX-Preview: secret-of-B\r\n");
        }
    }

    @Test
    void an_answer_has_its_status_its_headers_and_its_body() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.answering(
                "HTTP/1.1 503 Service Unavailable\r\nX-App-Version: v2\r\nContent-Length: 4\r\n\r\ndownEXTRA")) {
            Probe.Answered answer = (Probe.Answered) ask(server, "/");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers()).containsEntry("x-app-version", "v2");
            assertThat(answer.body()).isEqualTo("down");
            assertThat(answer.took()).isPositive();
        }
    }

    @Test
    void a_chunked_body_is_put_together() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.answering(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ngree\r\n6;x=y\r\nnlight\r\n0\r\n\r\n")) {
            assertThat(((Probe.Answered) ask(server, "/")).body()).isEqualTo("greenlight");
        }
    }

    @Test
    void a_body_without_a_length_ends_with_the_connection() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.answering("HTTP/1.0 200 OK\r\n\r\nall of it")) {
            assertThat(((Probe.Answered) ask(server, "/")).body()).isEqualTo("all of it");
        }
    }

    @Test
    void an_early_hint_is_not_the_answer() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.answering(
                "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")) {
            assertThat(((Probe.Answered) ask(server, "/")).status()).isEqualTo(204);
        }
    }

    @Test
    void no_more_than_64_kib_of_a_body_are_kept() throws IOException {
        String endless = "HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n" + "x".repeat(100_000);
        try (OneAnswerServer server = OneAnswerServer.stallingAfter(endless)) {
            assertThat(((Probe.Answered) ask(server, "/")).body()).hasSize(64 * 1024);
        }
    }

    @Test
    void a_redirect_is_not_followed() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.answering(
                "HTTP/1.1 302 Found\r\nLocation: http://elsewhere.example.com/\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(((Probe.Answered) ask(server, "/")).status()).isEqualTo(302);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void an_answer_that_takes_longer_than_its_budget_is_an_answer_and_fails_the_check() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        try (OneAnswerServer server =
                OneAnswerServer.answeringAfter(held, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            SmokeTest strict = test("/", Duration.ofNanos(1));
            Thread.ofVirtual().start(() -> {
                server.awaitRequest();
                held.countDown();
            });

            Probe probe = probe(server.url()).ask(FleetName.B, strict);

            assertThat(probe)
                    .isInstanceOfSatisfying(
                            Probe.Answered.class,
                            answer -> assertThat(answer.took()).isGreaterThan(strict.budget()));
            Verdict verdict = Judge.smoke("smoke", strict, Optional.empty(), probe);
            assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.FAIL);
            assertThat(verdict.detail()).startsWith("/ took ").endsWith(" ms, its budget is 0 ms");
        }
    }

    @Test
    void an_answer_that_comes_too_late_is_no_answer() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.stallingAfter("HTTP/1.1 200 OK\r\nX-Slow")) {
            SmokeTest impatient = test("/", Duration.ofMillis(100));
            assertThat(probe(server.url()).ask(FleetName.B, impatient))
                    .isEqualTo(new Probe.NoAnswer("no answer within 1100 ms"));
        }
    }

    @Test
    void a_connection_that_breaks_is_seen_once_and_not_tried_again() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.answering("")) {
            assertThat(ask(server, "/"))
                    .isEqualTo(new Probe.NoAnswer("the connection was closed without a whole answer"));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_body_that_breaks_off_is_no_answer() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")) {
            assertThat(ask(server, "/")).isEqualTo(new Probe.NoAnswer("the answer broke off"));
        }
    }

    @Test
    void what_is_no_http_is_no_answer() throws IOException {
        for (Map.Entry<String, String> broken : Map.of(
                        "SSH-2.0-OpenSSH\r\n\r\n",
                        "the answer is no HTTP/1.1",
                        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
                        "the answer's length cannot be read",
                        "HTTP/1.1 200 OK\r\nX: " + "y".repeat(70_000),
                        "the answer's head is too long")
                .entrySet()) {
            try (OneAnswerServer server = OneAnswerServer.answering(broken.getKey())) {
                assertThat(ask(server, "/")).isEqualTo(new Probe.NoAnswer(broken.getValue()));
            }
        }
    }

    @Test
    void nobody_at_home_is_no_answer() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Probe probe = probe(URI.create("http://127.0.0.1:" + free)).ask(FleetName.A, test("/", AMPLE));
        assertThat(probe).isInstanceOf(Probe.NoAnswer.class);
    }

    private static Probe ask(OneAnswerServer server, String path) {
        return probe(server.url()).ask(FleetName.B, test(path, AMPLE));
    }

    private static SmokeTest test(String path, Duration budget) {
        return new SmokeTest(path, 200, Optional.empty(), Optional.empty(), budget, false);
    }

    private static HttpSmokeProbe probe(URI url) {
        return new HttpSmokeProbe(url, "checkout.example.com", "X-Preview", fleet -> "secret-of-" + fleet);
    }
}
